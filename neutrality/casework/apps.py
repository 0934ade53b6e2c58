"""The application casework."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """The workflow engine: transitions, clocks, refusals."""

    name = "neutrality.casework"
    verbose_name = "Penanganan"
