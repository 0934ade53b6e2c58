"""The application testapp."""

from django.apps import AppConfig


class TestAppConfig(AppConfig):
    """Errands; its table is made without migrations, in the test database only."""

    name = "tests.casework.testapp"
    label = "testapp"
