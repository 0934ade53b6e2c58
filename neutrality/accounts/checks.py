"""Nothing of the demo in production."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from neutrality.accounts.models import User

DEMO_ACCOUNTS = "accounts.E001"
WEAK_DOOR = "accounts.E002"


@register(Tags.database)
def no_demo_accounts(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001  Django's signature
    databases: Sequence[str] | None = None,
    **kwargs: Any,  # noqa: ANN401, ARG001  Django's signature
) -> list[CheckMessage]:
    """Refuse a database with demo accounts outside the demo (also when migrating it)."""
    if settings.DEMO:
        return []
    found = [alias for alias in databases or () if has_demo_accounts(alias)]
    return [
        Error(
            f"The database '{alias}' holds demo accounts.",
            hint="Demo data must not be loaded here; start from an empty database.",
            id=DEMO_ACCOUNTS,
        )
        for alias in found
    ]


def has_demo_accounts(alias: str) -> bool:
    """Whether the database holds an account of the demo; an empty database holds none."""
    connection = connections[alias]
    if "accounts_user" not in connection.introspection.table_names():
        return False
    return User.objects.using(alias).filter(is_demo=True).exists()


@register(Tags.security, deploy=True)
def the_door_is_shut(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001  Django's signature
    **kwargs: Any,  # noqa: ANN401, ARG001  Django's signature
) -> list[CheckMessage]:
    """In an installation, no demo, and staff have a second factor."""
    if settings.DEMO or not settings.SECOND_FACTOR_REQUIRED:
        return [Error("DEMO is on or SECOND_FACTOR_REQUIRED is off.", id=WEAK_DOOR)]
    return []
