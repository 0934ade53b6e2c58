"""The application personnel."""

from django.apps import AppConfig


class PersonnelConfig(AppConfig):
    """Who works where, from when to when."""

    name = "neutrality.personnel"
    verbose_name = "Kepegawaian"
