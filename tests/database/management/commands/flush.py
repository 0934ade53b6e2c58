"""Empty the test database between transactional tests; the reference tables stay."""

from typing import Any

from django.core.management.base import BaseCommand

from tests.database import reference


class Command(BaseCommand):
    """Stands in for Django's command, which empties every table."""

    help = "Delete what tests have written."
    # What Django's test cases pass to the command that this one stands in for.
    stealth_options = (
        "allow_cascade",
        "database",
        "inhibit_post_migrate",
        "interactive",
        "reset_sequences",
    )

    def handle(self, *_args: str, **options: Any) -> None:
        """Delete the rows of the tests."""
        reference.empty(options.get("database") or "default")
