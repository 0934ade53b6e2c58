"""The admin site: reference tables only, administrators only."""

from typing import Any, Final

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect  # noqa: TID251  the door of the admin
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from neutrality.accounts.http import allowed, has_second_factor, identify
from neutrality.accounts.models import User
from neutrality.accounts.roles import Role

REFERENCE_APPS: Final = frozenset({"accounts", "organisations", "elections", "law"})


class ReferenceAdminSite(AdminSite):
    """Shows nothing but the tables of `REFERENCE_APPS`: no case, no person, no identity."""

    site_header = _("Administrasi sistem")
    site_title = _("Administrasi sistem")
    index_title = _("Tabel acuan")
    site_url = "/"

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the administrator's role is held today and the second factor is there.

        Somebody without the role finds no page (404). Opens the reference tables for this request only; `User.has_perm` reads it.
        """
        if not isinstance(request.user, User):
            return False
        identify(request, request.user)
        if not allowed(request.actor, (Role.ADMIN,)):  # type: ignore[attr-defined]
            raise Http404
        may = has_second_factor(request)
        request.user.open_apps = REFERENCE_APPS if may else frozenset()
        return may

    def login(
        self,
        request: HttpRequest,
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002  Django's signature
    ) -> HttpResponse:
        """Send people to the one login page, or to set up the second factor they lack."""
        target = request.GET.get("next") or reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(target)
        return HttpResponseRedirect(
            f"{reverse('account_second_factor')}?{urlencode({'next': target})}"
        )
