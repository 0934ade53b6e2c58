"""Make one size ready: its rows, then drafts, sessions and addresses to ask for."""

import argparse
import time
from pathlib import Path

import django


def main() -> None:
    """Work on the database that DATABASE_URL names."""
    parser = argparse.ArgumentParser(prog="benchmarks.prepare")
    parts = parser.add_subparsers(dest="part", required=True)
    seeding = parts.add_parser("seed")
    seeding.add_argument("--rows", type=int, required=True)
    planning = parts.add_parser("plan")
    planning.add_argument("--drafts", type=int, required=True)
    planning.add_argument("--into", type=Path, required=True)
    options = parser.parse_args()
    django.setup()
    if options.part == "seed":
        _seed(options.rows)
    else:
        _plan(options.drafts, options.into)


def _seed(rows: int) -> None:
    from benchmarks import floor  # noqa: PLC0415 - the apps must be loaded first
    from complaints.seeding.seed import analyse, seed  # noqa: PLC0415
    from neutrality.law.clock import read_clock  # noqa: PLC0415

    begun = time.monotonic()
    done = seed(reports=rows, employees=0, clock=read_clock())
    print(f"  {done.rows:,} rows in {time.monotonic() - begun:.1f} s")  # noqa: T201
    floor.lay(rows)
    analyse()


def _plan(drafts: int, into: Path) -> None:
    from benchmarks import plan  # noqa: PLC0415
    from benchmarks.asking import Asking  # noqa: PLC0415
    from neutrality.law.clock import read_clock  # noqa: PLC0415

    plan.write(Asking(read_clock()).measures(drafts=drafts), into)


if __name__ == "__main__":
    main()
