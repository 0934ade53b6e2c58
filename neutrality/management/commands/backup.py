"""Copy the whole installation into a folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from neutrality.backups.make import make_backup
from neutrality.backups.manifest import BackupError
from neutrality.law.clock import read_clock


class Command(BaseCommand):
    """`backup [--to DIR]` copies tables and files while the site runs; keys are never in it."""

    help = "Copies all tables (one instant), all stored files and their hashes into a new folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder."""
        parser.add_argument(
            "--to", type=Path, help="A folder that does not exist yet; else one under backups/."
        )

    def handle(self, *_args: str, **options: Any) -> None:  # noqa: ANN401
        """Make the backup and say what is in it, the seals to note elsewhere included."""
        clock = read_clock()
        folder = options["to"] or settings.VAR / "backups" / f"{clock.now:%Y%m%dT%H%M%SZ}"
        try:
            made = make_backup(folder=folder, clock=clock)
        except BackupError as error:
            raise CommandError(str(error)) from error
        rows = sum(table.rows for table in made.tables)
        self.stdout.write(f"{folder}: {rows} rows of {len(made.tables)} tables")
        self.stdout.write(f"{len(made.files)} files, {sum(f.part.size for f in made.files)} bytes")
        for stream, (number, digest) in made.seals.items():
            self.stdout.write(f"last seal {stream}:{number}:{digest}")
        self.stdout.write(f"needs these master keys, kept elsewhere: {_listed(made.vault_keys)}")


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "none"
