"""The application law."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class LawConfig(AppConfig):
    """The law as dated data, and pure computation over it."""

    name = "neutrality.law"
    verbose_name = pgettext_lazy("aplikasi", "Hukum")
