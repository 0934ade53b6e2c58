"""Adds integrity pledges to the demo."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from neutrality.law.clock import read_clock
from pledges.demo import NotTheDemo, load_pledge_demo


class Command(BaseCommand):
    """`manage.py load_pledge_demo`: a round in each of the demo's agencies, half of it signed."""

    help = "Adds pledges to the demo once, after load_demo; refuses outside the demo."

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401  Django's signature
        """Load, or say that there is nothing to add."""
        try:
            loaded = load_pledge_demo(clock=read_clock())
        except NotTheDemo as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Demo pledges loaded." if loaded else "No demo pledges to add.")
