"""The application accounts."""

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, role grants, second factors, relations."""

    name = "neutrality.accounts"
    verbose_name = "Akun"

    def ready(self) -> None:
        """Register the system checks."""
        import_module("neutrality.accounts.checks")
