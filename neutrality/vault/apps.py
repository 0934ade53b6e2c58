"""The application vault."""

from importlib import import_module

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Encrypted identities, blind indexes and keys."""

    name = "neutrality.vault"
    verbose_name = "Brankas identitas"

    def ready(self) -> None:
        """Register the system checks."""
        import_module("neutrality.vault.checks")
