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
        """Register the checks, the message of a lost factor, and the seeds for `rotate_keys`."""
        from neutrality.accounts.lost_factor import FACTORS_TAKEN  # noqa: PLC0415  the apps come first
        from neutrality.notifications.kinds import register_kinds  # noqa: PLC0415

        register_kinds(FACTORS_TAKEN)
        import_module("neutrality.accounts.checks")
        KEEPERS.append(import_module("neutrality.accounts.sealed_factors").SecondFactors())
