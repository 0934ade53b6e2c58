"""The menu of the staff pages: one row per entry, shown to the roles it names."""

from neutrality.ui.navigation import NavigationItem

STAFF_NAVIGATION: tuple[NavigationItem, ...] = ()
