"""Regions, offices, agencies and bodies for the administrator; what forms a tree is changed by services."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest  # noqa: TID251  the admin hands over requests

from neutrality.organisations.models import (
    Agency,
    Office,
    ReferralBody,
    ReferralTerritory,
    Region,
    Unit,
)

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[models.Model]
    _Inline = admin.TabularInline[models.Model, models.Model]
else:
    _Admin, _Inline = admin.ModelAdmin, admin.TabularInline


class Kept(_Admin):
    """Rows that others point to: nobody adds or deletes one here; `corrected` may be changed."""

    corrected: tuple[str, ...] = ()
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nothing is added here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:  # noqa: ARG002
        """Nothing is deleted anywhere: rows end."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Rows without a column to correct are only shown."""
        return bool(self.corrected) and super().has_change_permission(request, obj)

    def get_readonly_fields(
        self,
        request: HttpRequest,  # noqa: ARG002
        obj: models.Model | None = None,
    ) -> list[str]:
        """Lock every column of a stored row but those to correct."""
        if obj is None:
            return []
        fields = [field.name for field in obj._meta.concrete_fields if field.editable]  # noqa: SLF001
        return [name for name in fields if name not in self.corrected and name != "id"]


@admin.register(Region)
class RegionAdmin(Kept):
    """Regions, as the ministry names them."""

    list_display = ("code", "name", "level", "time_zone")
    list_filter = ("level", "time_zone")
    search_fields = ("code", "name")


@admin.register(Office)
class OfficeAdmin(Kept):
    """Offices: their own codes, addresses and number of members."""

    corrected = (
        "code_bawaslu",
        "code_certainty",
        "address",
        "phone",
        "email",
        "members",
        "members_certainty",
    )
    list_display = ("name", "code_bawaslu", "code_certainty", "members", "valid_until")
    list_filter = ("level", "code_certainty")
    search_fields = ("name", "path", "code_bawaslu")


@admin.register(Agency)
class AgencyAdmin(Kept):
    """Agencies; a new one begins without units."""

    corrected = ("name", "appointing_authority", "hr_email", "valid_until")
    list_display = ("name", "code", "kind", "valid_from", "valid_until")
    list_filter = ("kind",)
    search_fields = ("name", "code")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """An agency stands on its own, so it may be entered here."""
        return admin.ModelAdmin.has_add_permission(self, request)

    def save_model(
        self,
        request: HttpRequest,
        obj: models.Model,
        form: Any,  # noqa: ANN401
        change: bool,  # noqa: FBT001
    ) -> None:
        """Save with the path that the code gives."""
        if isinstance(obj, Agency):
            obj.path = obj.code
        super().save_model(request, obj, form, change)


@admin.register(Unit)
class UnitAdmin(Kept):
    """Units, to look at."""

    list_display = ("name", "path", "kind", "valid_from", "valid_until")
    list_filter = ("kind",)
    search_fields = ("name", "path")


class TerritoryInline(_Inline):
    """The regions that a body answers for."""

    model = ReferralTerritory
    raw_id_fields = ("region",)
    extra = 0
    can_delete = False


@admin.register(ReferralBody)
class ReferralBodyAdmin(Kept):
    """Referral bodies: address, legal basis, and how sure we are."""

    corrected = ("address", "email", "legal_basis", "certainty")
    inlines = (TerritoryInline,)
    list_display = ("name", "path", "kind", "valid_from", "valid_until", "certainty")
    list_filter = ("kind", "certainty")
    search_fields = ("name", "path")
