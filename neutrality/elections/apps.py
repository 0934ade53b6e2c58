"""The application elections."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ElectionsConfig(AppConfig):
    """Elections, contests and their stages."""

    name = "neutrality.elections"
    verbose_name = pgettext_lazy("aplikasi", "Pemilihan")
