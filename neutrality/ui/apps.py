"""The application ui."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Forms, pagination, template tags and charts that every page shares."""

    name = "neutrality.ui"
    verbose_name = "Antarmuka"
