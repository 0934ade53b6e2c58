"""The application vault."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Encrypted identities, blind indexes and keys."""

    name = "neutrality.vault"
    verbose_name = "Brankas identitas"
