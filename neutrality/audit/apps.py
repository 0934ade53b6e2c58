"""The application audit."""

from importlib import import_module

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The append-only, hash-chained record of who did what."""

    name = "neutrality.audit"
    verbose_name = "Audit"

    def ready(self) -> None:
        """Register the system checks."""
        import_module("neutrality.audit.checks")
