"""The application that gives the tests their own `flush`."""

from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    """Stands first in INSTALLED_APPS, so its commands win over Django's."""

    name = "tests.database"
    label = "tests_database"
