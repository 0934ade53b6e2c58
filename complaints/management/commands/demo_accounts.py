"""Prints the accounts and codes of the demo."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from complaints.demo.load import demo_followed
from neutrality.accounts.selectors import demo_accounts
from neutrality.law.clock import read_clock


class Command(BaseCommand):
    """`manage.py demo_accounts`: who can log in, and the codes to follow example reports."""

    help = "Prints the demo's accounts, their password and the codes of example reports."

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401  Django's signature
        """Print them, or refuse outside the demo."""
        if not settings.DEMO:
            raise CommandError("There are no demo accounts outside the demo.")
        self.stdout.write(f"Kata sandi semua akun peragaan: {settings.DEMO_PASSWORD}")
        for place, accounts in demo_accounts():
            self.stdout.write(f"  {place}")
            for account in accounts:
                self.stdout.write(f"    {account.email:38} {account.role}")
        self.stdout.write("Kode lacak contoh:")
        for code, number, status in demo_followed(clock=read_clock()):
            self.stdout.write(f"    {code}  {number:34}  {status}")
