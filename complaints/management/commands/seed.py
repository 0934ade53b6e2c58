"""Fill the database with synthetic data in bulk."""

import time
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from complaints.seeding.seed import analyse, seed
from neutrality.law.clock import Clock, read_clock


class Command(BaseCommand):
    """`seed --reports N --employees N`; refuses where real cases may be unless told `--yes`."""

    help = "Writes synthetic reports, cases and civil servants, the same for the same arguments."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how many of each, which random choices, and the day that counts as today."""
        parser.add_argument("--reports", type=int, default=10_000)
        parser.add_argument("--employees", type=int, default=0)
        parser.add_argument("--seed", type=int, default=1, help="Which random choices to make.")
        parser.add_argument(
            "--at", default="", help="The instant that counts as now, such as 2026-08-03T05:00Z."
        )
        parser.add_argument("--yes", action="store_true", help="Also outside demo and debugging.")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Write, then say how much it was."""
        if not (options["yes"] or settings.DEMO or settings.DEBUG):
            raise CommandError(
                "This database may hold real cases. Synthetic ones cannot be told from them later "
                "and are never deleted; say --yes if that is what you want."
            )
        begun = time.monotonic()
        done = seed(
            reports=options["reports"],
            employees=options["employees"],
            clock=_clock(options["at"]),
            number=options["seed"],
        )
        analyse()
        self.stdout.write(
            f"{done.reports} reports, {done.tips} tips, {done.employees} civil servants: "
            f"{done.rows} rows in {time.monotonic() - begun:.1f} s"
        )


def _clock(text: str) -> Clock:
    if not text:
        return read_clock()
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(
            f"--at takes an instant such as 2026-08-03T05:00Z, not {text}."
        ) from error
    return Clock(now=at.astimezone(UTC))
