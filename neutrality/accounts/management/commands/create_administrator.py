"""The first account of an installation."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from neutrality.accounts.http import GRANT_ZONE
from neutrality.accounts.refusals import AccountRefusal
from neutrality.accounts.roles import Role
from neutrality.accounts.services import create_user, grant_role
from neutrality.audit.actor import NATIONAL, SYSTEM
from neutrality.law.clock import read_clock


class Command(BaseCommand):
    """Makes an administrator, who sets the password by the link of "forgotten password"."""

    help = "Makes an administrator, who sets the password by the link of 'forgotten password'."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address and the name."""
        parser.add_argument("email")
        parser.add_argument("name")

    def handle(self, **options: Any) -> None:  # noqa: ANN401  Django's signature
        """Make the account and grant the role from today on."""
        clock = read_clock()
        try:
            with transaction.atomic():
                user = create_user(
                    email=options["email"], name=options["name"], actor=SYSTEM, clock=clock
                )
                grant_role(
                    user=user,
                    role=Role.ADMIN,
                    at=NATIONAL,
                    starts_on=clock.today_in(GRANT_ZONE),
                    actor=SYSTEM,
                    clock=clock,
                )
        except AccountRefusal as refusal:
            raise CommandError(str(refusal.sentence)) from refusal
        self.stdout.write(f"{user.email} may set a password at /akun/password/reset/.")
