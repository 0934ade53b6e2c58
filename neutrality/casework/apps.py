"""The application casework."""

from importlib import import_module

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """The workflow engine: transitions, clocks, refusals."""

    name = "neutrality.casework"
    verbose_name = "Penanganan"

    def ready(self) -> None:
        """Register the system checks of the tables."""
        import_module("neutrality.casework.checks")
