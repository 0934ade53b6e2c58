"""Prove that nothing of the demo is here."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from neutrality.accounts.models import User


class Command(BaseCommand):
    """Fails when the database holds accounts of the demo."""

    help = "Fails when the database holds accounts of the demo."

    def handle(self, **options: Any) -> None:  # noqa: ANN401, ARG002  Django's signature
        """Count them; any is too many."""
        count = User.objects.filter(is_demo=True).count()
        if count:
            raise CommandError(f"{count} demo accounts are in this database.")
        self.stdout.write("No demo accounts.")
