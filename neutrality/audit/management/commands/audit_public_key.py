"""Print the key with which anybody can verify our seals."""

from django.core.management.base import BaseCommand

from neutrality.audit.signing import seal_key


class Command(BaseCommand):
    """Prints the name of the key and the key in base64."""

    help = "Print the public key of the audit's seals: its short name and the key in base64."

    def handle(self, *_args: str, **_options: object) -> None:
        """Print one line."""
        key = seal_key()
        self.stdout.write(f"{key.key_id} {key.public_text()}")
