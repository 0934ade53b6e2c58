"""The application law."""

from django.apps import AppConfig


class LawConfig(AppConfig):
    """The law as dated data, and pure computation over it."""

    name = "neutrality.law"
    verbose_name = "Hukum"
