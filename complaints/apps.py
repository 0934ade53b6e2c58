"""The application complaints."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """From a citizen's report to the executed sanction."""

    name = "complaints"
    verbose_name = "Penanganan pelanggaran"
