"""Load regions, offices and referral bodies."""

from django.core.management.base import BaseCommand

from neutrality.organisations.seeding import load_regions


class Command(BaseCommand):
    """Adds what is missing; a second run changes nothing."""

    help = "Load regions, supervisory offices and referral bodies from the seeds."

    def handle(self, *_args: object, **_options: object) -> None:
        """Load and say what was added."""
        added = load_regions()
        self.stdout.write(
            f"Regions {added.regions}; added offices {added.offices}, "
            f"bodies {added.bodies}, territories {added.territories}."
        )
