"""Bring an installation back from a folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from neutrality.backups.manifest import BackupError
from neutrality.backups.restore import missing_vault_keys, restore_backup


class Command(BaseCommand):
    """`restore --from DIR` fills an empty database, and only what it can prove stays there."""

    help = "Checks a backup, restores it into an empty database, proves the audit and histories."
    requires_system_checks = []  # checks ask tables that are not there yet

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder."""
        parser.add_argument("--from", dest="source", type=Path, required=True, metavar="DIR")

    def handle(self, *_args: str, **options: Any) -> None:  # noqa: ANN401
        """Restore, and say what was proved and what is missing to open the vault."""
        try:
            manifest = restore_backup(folder=options["source"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        rows = sum(table.rows for table in manifest.tables)
        self.stdout.write(f"restored {rows} rows and {len(manifest.files)} files; audit proved")
        missing = missing_vault_keys(manifest)
        if missing:
            self.stdout.write(
                self.style.WARNING(f"VAULT_KEYS lacks {', '.join(missing)}: parts stay sealed")
            )
