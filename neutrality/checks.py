"""What `manage.py check` says about the wiring."""

from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

from celery import current_app
from django.apps import AppConfig
from django.conf import settings
from django.core import checks

from neutrality.schedule import SCHEDULE

DEMO_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})


class WiringConfig(AppConfig):
    """Registers the checks below once all applications are there."""

    name = "neutrality"
    label = "neutrality"
    verbose_name = "Netralitas ASN"

    def ready(self) -> None:
        """Register the checks."""
        checks.register(schedule_names_tasks)
        checks.register(demo_stays_at_home)


def schedule_names_tasks(
    app_configs: Sequence[AppConfig] | None,
    **_kwargs: object,
) -> list[checks.CheckMessage]:
    """Every periodic task exists."""
    if app_configs is not None:
        return []
    # The worker's own way of importing them would run these checks again, for ever.
    for module in {entry["task"].rpartition(".")[0] for entry in SCHEDULE.values()}:
        with suppress(ModuleNotFoundError):
            import_module(module)
    return [
        checks.Error(
            f"The schedule names {entry['task']}, and no such task exists.", id="neutrality.E001"
        )
        for entry in SCHEDULE.values()
        if entry["task"] not in current_app.tasks
    ]


def demo_stays_at_home(
    app_configs: Sequence[AppConfig] | None,
    **_kwargs: object,
) -> list[checks.CheckMessage]:
    """The demo, whose keys and passwords are public, answers on this machine only."""
    strangers = sorted(set(settings.ALLOWED_HOSTS) - DEMO_HOSTS)
    if app_configs is not None or not settings.DEMO or not strangers:
        return []
    return [checks.Warning(f"The demo answers to {', '.join(strangers)}.", id="neutrality.W001")]
