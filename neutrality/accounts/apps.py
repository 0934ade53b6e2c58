"""The application accounts."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy

from neutrality.vault.texts import KEEPERS


class AccountsConfig(AppConfig):
    """Users, role grants, second factors, relations."""

    name = "neutrality.accounts"
    verbose_name = pgettext_lazy("aplikasi", "Akun")

    def ready(self) -> None:
        """Register the system checks, and the seeds of second factors for `rotate_keys`."""
        import_module("neutrality.accounts.checks")
        KEEPERS.append(import_module("neutrality.accounts.sealed_factors").SecondFactors())
