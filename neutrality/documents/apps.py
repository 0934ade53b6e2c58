"""The application documents."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Official documents: from a template to a verifiable PDF."""

    name = "neutrality.documents"
    verbose_name = "Dokumen"
