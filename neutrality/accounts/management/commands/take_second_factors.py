"""For the administrator whose own second factor is lost, where there is no other one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from neutrality.accounts.lost_factor import Recognised, take_second_factors
from neutrality.accounts.models import User
from neutrality.accounts.refusals import AccountRefusal
from neutrality.audit.actor import SYSTEM
from neutrality.law.clock import read_clock


class Command(BaseCommand):
    """Takes password and second factors of an account away; its owner sets both anew by mail."""

    help = "Takes password and second factors of an account away; its owner sets both anew by mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address."""
        parser.add_argument("email")

    def handle(self, **options: Any) -> None:  # noqa: ANN401  Django's signature
        """Find the account and take them."""
        address = User.objects.normalize_email(options["email"])
        user = User.objects.filter(email=address).first()
        if user is None:
            raise CommandError(f"No account has the address {address}.")
        try:
            take_second_factors(
                user_id=user.pk, recognised=Recognised.CONSOLE, actor=SYSTEM, clock=read_clock()
            )
        except AccountRefusal as refusal:
            raise CommandError(str(refusal.sentence)) from refusal
        self.stdout.write(f"{user.email} may set a password at /akun/password/reset/.")
