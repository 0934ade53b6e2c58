"""The application audit."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The append-only, hash-chained record of who did what."""

    name = "neutrality.audit"
    verbose_name = "Audit"
