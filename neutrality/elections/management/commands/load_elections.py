"""Load the elections of the seeds."""

from django.core.management.base import BaseCommand, CommandError

from neutrality.elections.seeding import RegionsMissing, load_elections
from neutrality.law.clock import read_clock


class Command(BaseCommand):
    """Adds the elections that are missing; a second run changes nothing."""

    help = "Load Pemilu 2024 and Pilkada 2024 with their contests and stages; needs load_regions."

    def handle(self, *_args: object, **_options: object) -> None:
        """Load and say how many elections are known."""
        try:
            known = load_elections(clock=read_clock())
        except RegionsMissing as missing:
            raise CommandError(str(missing)) from missing
        self.stdout.write(f"Elections known: {known}.")
