"""Make one size ready: its rows, then drafts, sessions and addresses to ask for."""

import argparse
import json
import time
from dataclasses import asdict
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
    planning.add_argument("--fixed-into", type=Path, required=True)
    options = parser.parse_args()
    django.setup()
    if options.part == "seed":
        _seed(options.rows)
    else:
        _plan(options.drafts, options.into, options.fixed_into)


def _seed(rows: int) -> None:
    from benchmarks import floor, pledges  # noqa: PLC0415 - the apps must be loaded first
    from complaints.seeding.seed import analyse, seed  # noqa: PLC0415
    from complaints.services.count_figures import count_figures  # noqa: PLC0415
    from complaints.services.fold_tallies import fold_tallies  # noqa: PLC0415
    from neutrality.law.clock import read_clock  # noqa: PLC0415

    begun = time.monotonic()
    done = seed(reports=rows, employees=0, clock=read_clock())
    print(f"  {done.rows:,} rows in {time.monotonic() - begun:.1f} s")  # noqa: T201
    floor.lay(rows)
    pledges.lay(rows)
    analyse()
    pledges.open_it(read_clock())
    fold_tallies()
    analyse()
    count_figures(clock=read_clock())
    analyse()
    print(f"  and as many duties to sign, ready after {time.monotonic() - begun:.1f} s")  # noqa: T201


def _plan(drafts: int, into: Path, fixed_into: Path) -> None:
    from benchmarks import plan  # noqa: PLC0415
    from benchmarks.asking import Asking  # noqa: PLC0415
    from benchmarks.pledges import PledgeAsking  # noqa: PLC0415
    from neutrality.law.clock import read_clock  # noqa: PLC0415

    pledges = PledgeAsking(read_clock())
    fixed = [asdict(each) for each in pledges.fixed()]
    fixed_into.write_text(json.dumps(fixed), encoding="utf-8")
    measures = Asking(read_clock()).measures(drafts=drafts)
    plan.write([*measures, *pledges.measures()], into)


if __name__ == "__main__":
    main()
