"""Propose the closed days of a year."""

from django.core.management.base import BaseCommand, CommandParser

from neutrality.law.clock import read_clock
from neutrality.law.services.propose import propose_calendar


class Command(BaseCommand):
    """Adds the days that the `holidays` library knows and the table does not."""

    help = "Propose the national holidays and collective leave of a year."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the year."""
        parser.add_argument("year", type=int)

    def handle(self, *_args: object, year: int, **_options: object) -> None:
        """Propose and list what was added."""
        for row in propose_calendar(year=year, clock=read_clock()):
            self.stdout.write(f"{row.day.isoformat()} {row.kind} {row.name}")
