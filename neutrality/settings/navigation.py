"""The menu of the staff pages: one row per entry, shown to the roles it names."""

from django.utils.translation import gettext_lazy as _

from neutrality.ui.navigation import NavigationItem

STAFF_NAVIGATION: tuple[NavigationItem, ...] = (
    NavigationItem(
        _("Penerusan"),
        "staff:items",
        "send",
        frozenset({"intake", "handler", "commissioner", "supervisor"}),
    ),
    NavigationItem(_("Penerusan masuk"), "liaison:items", "inbox", frozenset({"liaison"})),
    NavigationItem(_("Disiplin"), "hr:items", "gavel", frozenset({"hr_discipline", "examiner"})),
    NavigationItem(_("Pakta"), "pledges_hr:rounds", "pencil", frozenset({"hr_pledges"})),
)
