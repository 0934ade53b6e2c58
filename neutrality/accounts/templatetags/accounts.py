"""Tags of the account pages."""

from typing import Any, Final

from django import template
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from neutrality.accounts.selectors import demo_accounts as list_demo_accounts

register = template.Library()

_WAYS: Final[dict[str, Promise]] = {
    "reauthenticate": _("Pakai kata sandi"),
    "mfa_reauthenticate": _("Pakai kode autentikator atau kode pemulihan"),
    "mfa_reauthenticate:webauthn": _("Pakai kunci sandi"),
}


@register.inclusion_tag("account/demo_accounts.html")
def demo_accounts() -> dict[str, Any]:
    """The accounts of the demo, by place; nothing anywhere else."""
    if not settings.DEMO:
        return {"groups": [], "password": ""}
    return {"groups": list_demo_accounts(), "password": settings.DEMO_PASSWORD}


@register.simple_tag
def reauthentication_words(way: str) -> str:
    """How to confirm that it is you, as a link."""
    return str(_WAYS.get(way, way))
