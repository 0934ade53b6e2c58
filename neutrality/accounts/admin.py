"""Accounts and grants to look at in the admin site; they change on the pages under /akun/."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest  # noqa: TID251  the admin hands over requests

from neutrality.accounts.models import RoleGrant, User


class LookOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that only the services write."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ANN401, ARG002
        """Nothing is added here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ANN401, ARG002
        """Nothing is changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ANN401, ARG002
        """Nothing is deleted anywhere."""
        return False


@admin.register(User)
class UserAdmin(LookOnly):
    """Accounts."""

    fields = ("email", "name", "language", "is_active", "is_demo", "created_at", "last_login")
    list_display = ("email", "name", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("email", "name")


@admin.register(RoleGrant)
class RoleGrantAdmin(LookOnly):
    """Grants."""

    list_display = ("user", "role", "place", "starts_on", "ends_on")
    list_filter = ("role",)
    search_fields = ("user__email", "user__name")
    list_select_related = ("user", "office", "agency", "unit", "body")
