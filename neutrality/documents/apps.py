"""The application documents."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class DocumentsConfig(AppConfig):
    """Official documents: from a template to a verifiable PDF."""

    name = "neutrality.documents"
    verbose_name = pgettext_lazy("aplikasi", "Dokumen")
