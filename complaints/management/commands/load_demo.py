"""Loads the demo into an empty database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from complaints.demo.load import HalfLoaded, NotTheDemo, load_demo
from neutrality.law.clock import read_clock


class Command(BaseCommand):
    """`manage.py load_demo`: cities, accounts, a running election, files in every state."""

    help = "Loads the demo data once; refuses outside the demo."

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401  Django's signature
        """Load, or say that it is there."""
        try:
            loaded = load_demo(clock=read_clock())
        except (HalfLoaded, NotTheDemo) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Demo data loaded." if loaded else "Demo data is there already.")
