"""Measure our pages against the floor and say whether the numbers of the design are met."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Final

from benchmarks import databases, paint, plan, uploads
from benchmarks.rounds import Result, Site, needed, run
from benchmarks.serving import serve
from benchmarks.table import lines
from neutrality import env
from neutrality.embedded import Home, ServiceError, Services, needed as embedded

SETTINGS: Final = "neutrality.settings.bench"
TENTH: Final = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all measures at a tenth of the scale and at the scale, or at the sizes of `--scales`.

    Returns:
        0 when everything was measured, whatever came out against the floor; 1 when the services
        did not start, there is no browser, or a phone on slow 4G sees a page too late: that is no
        ratio.
    """
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--scale", type=int, default=100_000, help="How many reports.")
    parser.add_argument(
        "--scales",
        type=_sizes,
        help="Sizes with commas between, instead of --scale: 10000,100000,1000000.",
    )
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--times", type=int, default=12, help="Requests of each kind in a round.")
    parser.add_argument("--upload-mib", type=int, default=100, help="How big the evidence is.")
    parser.add_argument("--paint-rounds", type=int, default=5, help="0 leaves the paint out.")
    options = parser.parse_args(arguments)
    folder = env.var_folder() / "bench"
    home = Home(folder)
    try:
        with ExitStack() as stack:
            stack.enter_context(Services(home, **embedded(os.environ)))
            return _measure(home, options, stack)
    except (ServiceError, paint.NoBrowser) as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _measure(home: Home, options: argparse.Namespace, stack: ExitStack) -> int:
    environment = {
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "VAR_DIR": str(home.path),
        "STATIC_ROOT": str(home.path / "static"),
        "REDIS_URL": env.text("REDIS_URL", home.redis_url),
    }
    base = env.text("DATABASE_URL", home.database_url)
    _say("schema, law and regions")
    databases.make_empty(base, environment)
    databases.manage(environment, "collectstatic", "--no-input", "--verbosity", "0")
    sites, fixed = [], []
    for rows in options.scales or [max(1, options.scale // TENTH), options.scale]:
        own = _environment(environment, base, rows)
        measures = _prepare(base, own, rows, home.path, needed(options.rounds, options.times))
        port = stack.enter_context(serve(own, home.path / f"gunicorn-{rows}.log"))
        sites.append(Site(rows, port, measures))
        fixed += _fixed(home.path, rows)
    _say("measuring")
    results = [*run(sites, rounds=options.rounds, times=options.times), *fixed]
    uploaded = uploads.measure(sites[0].port, mib=options.upload_mib)
    uploads.throw_away(home.path / "media")
    painted = paint.measure(f"http://localhost:{sites[0].port}", rounds=options.paint_rounds)
    entries = [*map(asdict, results), *uploaded.entries(), *(each.entry() for each in painted)]
    report = home.path / "latest.json"
    report.write_text(json.dumps(entries, indent=1), encoding="utf-8")
    for line in (*lines(results), *uploaded.lines(), *(each.line() for each in painted)):
        sys.stdout.write(f"{line}\n")
    return 0 if all(each.met for each in painted) else 1


def _sizes(typed: str) -> list[int]:
    return sorted({int(each) for each in typed.split(",") if each})


def _environment(environment: dict[str, str], base: str, rows: int) -> dict[str, str]:
    return {
        **environment,
        "DATABASE_URL": databases.address(base, _name(rows)),
        "BENCH_PREFIX": _name(rows),
    }


def _prepare(
    base: str, environment: dict[str, str], rows: int, folder: Path, drafts: int
) -> list[plan.Measure]:
    """Seed the database of this size unless it is kept, and return what to ask of it."""
    mark = databases.seeded_mark()
    kept = databases.is_kept(base, _name(rows), mark)
    _say(f"{rows:,} reports" + (" (kept)" if kept else ""))
    if not kept:
        databases.copy_empty(base, _name(rows))
        _run(environment, "seed", "--rows", str(rows))
        databases.set_mark(base, _name(rows), mark)
    path = folder / f"plan-{rows}.json"
    _run(environment, "plan", "--drafts", str(drafts), "--into", str(path), *_into(folder, rows))
    return plan.read(path)


def _into(folder: Path, rows: int) -> tuple[str, str]:
    return "--fixed-into", str(folder / f"fixed-{rows}.json")


def _fixed(folder: Path, rows: int) -> list[Result]:
    """Return what was measured against a fixed time while this size was made ready."""
    text = (folder / f"fixed-{rows}.json").read_text(encoding="utf-8")
    return [Result(**each) for each in json.loads(text)]


def _run(environment: dict[str, str], *arguments: str) -> None:
    """Run a part of `benchmarks.prepare` in a process of its own, for its own database."""
    subprocess.run(  # noqa: S603
        [sys.executable, "-m", "benchmarks.prepare", *arguments],
        env={**os.environ, **environment, "LOG_LEVEL": "ERROR"},
        cwd=databases.ROOT,
        check=True,
    )


def _name(rows: int) -> str:
    return f"bench_{rows}"


def _say(what: str) -> None:
    sys.stdout.write(f"· {what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
