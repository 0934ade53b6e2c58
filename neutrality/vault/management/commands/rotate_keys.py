"""Move every sealed row to the first key of VAULT_KEYS."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from neutrality.vault.keys import UnknownKey, master_keys
from neutrality.vault.sealing import SealBroken
from neutrality.vault.services import RotationUnfinished, rotate_in_batches


class Command(BaseCommand):
    """Put the new key first in VAULT_KEYS, restart, run this, then remove the old key."""

    help = "Wrap every data key by the first master key of VAULT_KEYS; may be stopped and repeated."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the size of a batch."""
        parser.add_argument("--batch-size", type=int, default=500, help="Rows in one transaction.")

    def handle(self, *_args: str, batch_size: int = 500, **_options: object) -> None:
        """Rotate, saying how far it is."""
        moved = 0
        try:
            for count in rotate_in_batches(batch_size=batch_size):
                moved += count
                self.stdout.write(f"{moved} rows moved")
        except (UnknownKey, SealBroken, RotationUnfinished) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Every row is under the key {master_keys().current}.")
