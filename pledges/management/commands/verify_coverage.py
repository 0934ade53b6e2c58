"""Prove that the sums of coverage are what counting gives."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pledges.models import Round
from pledges.selectors.coverage_check import wrong_sums
from pledges.services.fold_coverage import recount_coverage


class Command(BaseCommand):
    """`manage.py verify_coverage [--mend]`: compare every round's sums with a count."""

    help = "Compares the coverage of every round with a count of its obligations."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether to count anew what is wrong."""
        parser.add_argument("--mend", action="store_true", help="Count wrong rounds anew.")

    def handle(self, *, mend: bool, **_options: Any) -> None:  # noqa: ANN401  Django's signature
        """Name each wrong sum; fail unless they are mended."""
        wrong = wrong_sums()
        for one in wrong:
            self.stdout.write(f"{one.path} {one.state}: {one.kept} kept, {one.counted} counted")
        rounds = sorted({one.round_id for one in wrong})
        if rounds and not mend:
            raise CommandError(f"{len(wrong)} sums of {len(rounds)} rounds are wrong.")
        for round_id in rounds:
            recount_coverage(round_id=round_id)
        self.stdout.write(f"{Round.objects.count()} rounds, {len(rounds)} counted anew.")
