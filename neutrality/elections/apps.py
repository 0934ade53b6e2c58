"""The application elections."""

from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    """Elections, contests and their stages."""

    name = "neutrality.elections"
    verbose_name = "Pemilihan"
