"""Elections, contests and stages for the administrator."""

from django.contrib import admin
from django.http import HttpRequest  # noqa: TID251  the admin hands over requests

from neutrality.elections.models import Contest, Election, Stage
from neutrality.organisations.admin import Kept


@admin.register(Election)
class ElectionAdmin(Kept):
    """Elections."""

    corrected = ("name", "polling_on", "valid_from", "valid_until")
    list_display = ("name", "regime", "polling_on", "valid_from", "valid_until", "is_demo")
    list_filter = ("regime",)


@admin.register(Contest)
class ContestAdmin(Kept):
    """Contests: number codes, and the day on which candidates were determined."""

    corrected = ("number_code", "number_code_certainty", "candidates_determined_on", "decree")
    list_display = ("name", "election", "number_code", "candidates_determined_on")
    list_filter = ("election", "kind")
    list_select_related = ("election",)
    search_fields = ("name", "region__code")


@admin.register(Stage)
class StageAdmin(Kept):
    """Stages; one of a single contest or region (a repeated vote) is entered here."""

    corrected = ("starts_on", "ends_on", "decree", "certainty")
    list_display = ("kind", "election", "contest", "region", "starts_on", "ends_on")
    list_filter = ("election", "kind")
    list_select_related = ("election", "contest", "region")
    raw_id_fields = ("contest", "region")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Stages are added when a vote is repeated."""
        return admin.ModelAdmin.has_add_permission(self, request)
