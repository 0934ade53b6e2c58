"""Load the tables of the law from the seeds of this package."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from neutrality.law.clock import read_clock
from neutrality.law.services.load import SEEDS, BrokenSeed, TableChange, load_law


class Command(BaseCommand):
    """Brings every table of the law in line with its seed file; loading twice changes nothing."""

    help = "Load the tables of the law; rows that a case has used are ended, never edited."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take another folder of seeds."""
        parser.add_argument("--folder", type=Path, default=SEEDS, help="Where the CSV files are.")

    def handle(self, *_args: object, folder: Path, **_options: object) -> None:
        """Load and report what changed."""
        try:
            changes = load_law(clock=read_clock(), folder=folder)
        except BrokenSeed as error:
            raise CommandError(str(error)) from error
        for change in changes:
            self._tell(change)

    def _tell(self, change: TableChange) -> None:
        if change.is_changed:
            self.stdout.write(
                f"{change.table}: {change.added} added, {change.edited} edited, "
                f"{change.ended} ended, {change.removed} removed, {change.kept} kept"
            )
        for reason in change.refused:
            self.stderr.write(f"{change.table}: {reason}")
