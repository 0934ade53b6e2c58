"""A hall that signs at once, and the certificates of a whole city in one file.

Where 32 browsers ask more than the processors can do, everybody waits for a processor, the floor's
too, and the longer the more work a request is. Whether anybody waits for somebody else is what
`sign_32_at_once_slower` tells: how many times slower signing gets from one browser to 32, against
how many times the floor does.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import Final

import django

from benchmarks import databases, plan
from benchmarks.client import Client
from benchmarks.rounds import FLOORS
from benchmarks.serving import serve
from neutrality import env
from neutrality.embedded import Home, ServiceError, Services, needed as embedded

SETTINGS: Final = "neutrality.settings.bench"
DATABASE: Final = "bench_crowd"
AT_ONCE: Final = 32
MOST_OF_FLOOR: Final = 1.5
MOST_GROWTH_MIB: Final = 40
FLOOR_ROWS: Final = 100
ALONE: Final = 60
KIB: Final = 1024


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line; the names of the fields are those of the JSON."""

    name: str
    rows: int
    ours_ms: float
    floor_ms: float
    ratio: float
    met: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure 32 signers at once against the floor, then one ZIP; 1 when the services fail."""
    parser = argparse.ArgumentParser(prog="benchmarks.crowd", description=__doc__)
    parser.add_argument("--each", type=int, default=20, help="Signatures of each of the 32.")
    parser.add_argument("--certificates", type=int, default=10_000)
    parser.add_argument("--archive", action="store_true", help="The part in its own process.")
    parser.add_argument("--hall", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--signers", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.hall:
        return _hall(options.signers, options.hall)
    if options.archive:
        return _archive(options.certificates)
    home = Home(env.var_folder() / "bench")
    try:
        with ExitStack() as stack:
            stack.enter_context(Services(home, **embedded(os.environ)))
            outcomes = _measure(home, options, stack)
    except ServiceError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    report = home.path / "crowd.json"
    report.write_text(json.dumps([asdict(each) for each in outcomes], indent=1), encoding="utf-8")
    for each in outcomes:
        verdict = "met" if each.met else "NOT MET"
        sys.stdout.write(
            f"{each.name:<24}{each.rows:>9,} {each.ours_ms:>10.2f}"
            f"  floor {each.floor_ms:>8.2f}  {each.ratio:>6.2f} x  {verdict}\n"
        )
    return 0


def _measure(home: Home, options: argparse.Namespace, stack: ExitStack) -> list[Outcome]:
    base = env.text("DATABASE_URL", home.database_url)
    environment = {
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "VAR_DIR": str(home.path),
        "STATIC_ROOT": str(home.path / "static"),
        "REDIS_URL": env.text("REDIS_URL", home.redis_url),
        "BENCH_PREFIX": DATABASE,
        "LOG_LEVEL": "ERROR",
    }
    databases.make_empty(base, environment)
    databases.copy_empty(base, DATABASE)
    own = {**environment, "DATABASE_URL": databases.address(base, DATABASE)}
    databases.manage(own, "collectstatic", "--no-input", "--verbosity", "0")
    path = home.path / "crowd-plan.json"
    signers = AT_ONCE * options.each
    _python(own, "benchmarks.crowd", "--hall", str(path), "--signers", str(signers + ALONE))
    port = stack.enter_context(serve(own, home.path / "crowd.log"))
    [signing] = plan.read(path)
    asked, bare = list(signing.requests), [FLOORS["write"]] * (signers + ALONE)
    alone, floor_alone = _alone(port, asked[:ALONE]), _alone(port, bare[:ALONE])
    ours, floor = _crowd(port, asked[ALONE:]), _crowd(port, bare[ALONE:])
    said = _python(
        own, "benchmarks.crowd", "--archive", "--certificates", str(options.certificates)
    )
    grown, taken = json.loads(said.strip().splitlines()[-1])
    return [
        _signed("sign_32_at_once_p95", signers, ours, floor),
        _signed("sign_32_at_once_slower", signers, ours / alone, floor / floor_alone),
        Outcome(
            "certificates_zip_MiB",
            options.certificates,
            grown,
            MOST_GROWTH_MIB,
            grown / MOST_GROWTH_MIB,
            grown <= MOST_GROWTH_MIB,
        ),
        Outcome(
            "certificates_zip_each", options.certificates, taken, 60.0, taken / 60, taken <= 60
        ),
    ]


def _signed(name: str, signers: int, ours: float, floor: float) -> Outcome:
    ratio = ours / floor
    return Outcome(name, signers, ours, floor, ratio, ratio <= MOST_OF_FLOOR)


def _alone(port: int, requests: list[plan.Request]) -> float:
    """Let one browser send them one after the other; return the median in milliseconds."""
    client = Client(port)
    taken = [client.milliseconds(request) for request in requests]
    client.close()
    return median(taken)


def _crowd(port: int, requests: list[plan.Request]) -> float:
    """Let 32 browsers send their share, all beginning at once; return the p95 in milliseconds."""
    start = threading.Barrier(AT_ONCE)
    shares = [list(islice(requests, first, None, AT_ONCE)) for first in range(AT_ONCE)]

    def send(share: list[plan.Request]) -> list[float]:
        client = Client(port)
        start.wait()
        taken = [client.milliseconds(request) for request in share]
        client.close()
        return taken

    with ThreadPoolExecutor(AT_ONCE) as pool:
        taken = [each for part in pool.map(send, shares) for each in part]
    return quantiles(taken, n=20)[-1]


def _hall(signers: int, into: Path) -> int:
    """Open a round for them, let each of them be checked, and write what their browsers send."""
    django.setup()
    from benchmarks import floor  # noqa: PLC0415 - the apps must be loaded first
    from benchmarks.signing import Signing  # noqa: PLC0415
    from neutrality.elections.models import Election  # noqa: PLC0415
    from neutrality.law.clock import read_clock  # noqa: PLC0415
    from neutrality.law.codes import Regime  # noqa: PLC0415

    clock = read_clock()
    floor.lay(FLOOR_ROWS)
    Election.objects.create(
        code="benih-aula",
        name="Pemilihan contoh",
        regime=Regime.PILKADA,
        polling_on=clock.now.date() + timedelta(days=80),
    )
    plan.write([Signing(clock, people=signers).signing()], into)
    return 0


def _archive(certificates: int) -> int:
    """Sign, then pack; print by how much memory grew after the first tenth, and ms for each."""
    django.setup()
    from benchmarks.signing import Signing  # noqa: PLC0415 - the apps must be loaded first
    from neutrality.audit.actor import SYSTEM  # noqa: PLC0415
    from neutrality.law.clock import read_clock  # noqa: PLC0415
    from pledges.services.archive_certificates import pack  # noqa: PLC0415
    from pledges.services.sign_pledge import Pen, sign_pledge  # noqa: PLC0415

    clock = read_clock()
    scene = Signing(clock, people=certificates // 2)
    text = scene.round.text.sha256
    for one in scene.owed[:certificates]:
        pen = Pen(text_sha256=text, typed_name=one.person.name, code_id=0)
        sign_pledge(obligation_id=one.pk, pen=pen, clock=clock)
    marks: list[int] = []
    begun = time.monotonic()
    with tempfile.TemporaryFile() as nowhere:
        made = pack(
            round_id=scene.round.pk,
            unit=None,
            into=nowhere,
            actor=SYSTEM,
            clock=clock,
            tell=lambda _number: marks.append(_resident()),
        )
    taken = (time.monotonic() - begun) * 1000 / made
    settled = marks[len(marks) // 10] if marks else _resident()
    sys.stdout.write(f"{json.dumps([(marks[-1] if marks else settled) - settled, taken])}\n")
    return 0


def _resident() -> int:
    """Return the memory of this process in MiB, as it is now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() // KIB // KIB


def _python(environment: dict[str, str], module: str, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", module, *arguments],
        env={**os.environ, **environment},
        cwd=databases.ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


if __name__ == "__main__":
    raise SystemExit(main())
