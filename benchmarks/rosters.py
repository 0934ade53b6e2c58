"""Bulk work on rosters against bare COPY and bare INSERT … SELECT of the same rows, in one run."""

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import django
import xlsxwriter

from benchmarks import databases
from neutrality import env
from neutrality.embedded import Home, ServiceError, Services, needed as embedded

if TYPE_CHECKING:
    from neutrality.law.clock import Clock
    from neutrality.organisations.models import Agency

SETTINGS: Final = "neutrality.settings.bench"
DATABASE: Final = "bench_rosters"
UNITS: Final = 5_000
STATED, AGAIN = date(2026, 11, 1), date(2026, 11, 15)
HEADERS: Final = ("NIP", "NAMA", "KODE UNIT", "JABATAN", "JENIS JABATAN", "STATUS", "GOL")
COLUMNS: Final = {
    "number": "NIP",
    "name": "NAMA",
    "unit_code": "KODE UNIT",
    "position": "JABATAN",
    "class": "JENIS JABATAN",
    "kind": "STATUS",
    "grade": "GOL",
}
POSITIONS: Final = (
    ("Guru Ahli Muda", "Fungsional"),
    ("Pengadministrasi Perkantoran", "Pelaksana"),
    ("Kepala Subbagian Umum", "Pengawas"),
    ("Perawat Terampil", "Fungsional"),
)
PIECE: Final = 256 * 1024
MOST_MEMORY_MIB: Final = 200
_FLOOR: Final = """
    DROP TABLE IF EXISTS bench_floor;
    CREATE TABLE bench_floor (nip text, name text, unit text, position text, class text,
        status text, grade text);
    CREATE UNIQUE INDEX bench_floor_nip ON bench_floor (nip)
"""
_FLOOR_DUTIES: Final = """
    DROP TABLE IF EXISTS bench_duties;
    CREATE TABLE bench_duties (id bigint GENERATED ALWAYS AS IDENTITY, public_id uuid NOT NULL,
        round_id bigint NOT NULL, person_id bigint NOT NULL, employment_id bigint NOT NULL,
        unit_at_snapshot_id bigint, unit_now_id bigint, state varchar(8) NOT NULL,
        version integer NOT NULL, due_at timestamptz NOT NULL);
    CREATE UNIQUE INDEX bench_duties_once ON bench_duties (round_id, person_id)
"""
_DUTIES: Final = """
    INSERT INTO bench_duties (public_id, round_id, person_id, employment_id, unit_at_snapshot_id,
        unit_now_id, state, version, due_at)
    SELECT gen_random_uuid(), 1, person_id, id, unit_id, unit_id, 'DUE', 0, now()
    FROM personnel_employment WHERE agency_id = %s AND valid_until IS NULL
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """What a measure is held against, and how many times of it it may take."""

    name: str
    floor: str
    times: float


LIMITS: Final = (
    Limit("roster_import", "bare COPY", 4.0),
    Limit("roster_reimport", "first import", 0.6),
    Limit("open_round", "bare INSERT SELECT", 3.0),
)


# A process that is begun by a large one counts as large: a small one begins it and looks.
_WATCH: Final = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
sys.stderr.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
"""


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook from its file to the roster; no limit but those of reading it is held against."""

    name: str
    rows: int
    ours_ms: float
    reader_mib: int


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the outcome; the names of the fields are those of the JSON."""

    name: str
    rows: int
    ours_ms: float
    floor_ms: float
    ratio: float
    queries: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Make a database of its own, measure in it, and say whether the numbers are met."""
    parser = argparse.ArgumentParser(prog="benchmarks.rosters", description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--workbook", type=int, default=100_000, help="Rows of the XLSX.")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.measure:
        django.setup()
        return measure(people=options.people, workbook=options.workbook, folder=options.measure)
    home = Home(env.var_folder() / "bench")
    try:
        with ExitStack() as stack:
            stack.enter_context(Services(home, **embedded(os.environ)))
            _in_a_process(home, options.people, options.workbook)
    except ServiceError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _in_a_process(home: Home, people: int, workbook: int) -> None:
    """Measure in a process of its own, whose memory is the work's."""
    environment = {
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "VAR_DIR": str(home.path),
        "REDIS_URL": env.text("REDIS_URL", home.redis_url),
        "LOG_LEVEL": "ERROR",
    }
    base = env.text("DATABASE_URL", home.database_url)
    databases.make_empty(base, environment)
    databases.copy_empty(base, DATABASE)
    own = {**os.environ, **environment, "DATABASE_URL": databases.address(base, DATABASE)}
    command = [sys.executable, "-m", "benchmarks.rosters", "--people", str(people)]
    command += ["--workbook", str(workbook)]
    folder = home.path / "rosters"
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run([*command, "--measure", str(folder)], env=own, cwd=databases.ROOT, check=True)  # noqa: S603


def measure(*, people: int, workbook: int, folder: Path) -> int:
    """Write the files, then take each measure and its floor one after the other."""
    from neutrality.law.clock import Clock  # noqa: PLC0415  the apps must be loaded first

    clock = Clock(now=datetime(2026, 11, 20, 5, tzinfo=UTC))
    agency = _agency("bench")
    first, again = folder / "first.csv", folder / "again.csv"
    _write(first, _rows(people))
    _write(again, _changed(people))
    floor = _timed(lambda: _bare_copy(first))
    import_first = _import(agency, first, STATED, clock)
    import_again = _import(agency, again, AGAIN, clock)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _statement(_FLOOR_DUTIES)
    floor_duties = _timed(lambda: _statement(_DUTIES, [agency.pk]))
    opened = _open(agency, clock)
    results = [
        _result("roster_import", people, import_first, floor),
        _result("roster_reimport", people, import_again, import_first),
        _result("open_round", people, opened, floor_duties),
    ]
    book = _workbook(folder / "first.xlsx", workbook, people, clock)
    report = [*map(asdict, results), asdict(book)]
    (folder / "latest.json").write_text(json.dumps(report, indent=1), encoding="utf-8")
    for line in (*_lines(results, memory), _line_of(book)):
        sys.stdout.write(f"{line}\n")
    return 0


def _workbook(path: Path, rows: int, after: int, clock: "Clock") -> Workbook:
    """Import other people of an agency of their own from an XLSX."""
    _write_xlsx(path, islice(_rows(after + rows), after, None))
    taken = _import(_agency("bench-xlsx"), path, STATED, clock)
    return Workbook("xlsx_import", rows, round(taken), _reader_memory(path))


def _write_xlsx(path: Path, rows: Iterable[list[str]]) -> None:
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    for place, row in enumerate([list(HEADERS), *rows]):
        for column, cell in enumerate(row):
            sheet.write_string(place, column, cell)
    book.close()


def _reader_memory(path: Path) -> int:
    """Return the most MiB that the process needs which reads workbooks."""
    from neutrality.personnel.roster import excel_reader  # noqa: PLC0415

    command = [sys.executable, "-c", _WATCH, sys.executable, "-P", excel_reader.__file__]
    with path.open("rb") as book:
        done = subprocess.run(command, stdin=book, check=True, stderr=subprocess.PIPE)  # noqa: S603
    return int(done.stderr) // 1024


def _rows(people: int) -> Iterator[list[str]]:
    for serial in range(people):
        title, group = POSITIONS[serial % len(POSITIONS)]
        unit = f"u{serial % UNITS:04d}"
        yield [_nip(serial), f"Pegawai contoh {serial}", unit, title, group, "PNS", "III/c"]


def _changed(people: int) -> Iterator[list[str]]:
    """The same people, of whom one in a hundred moved, changed, left or came."""
    for serial, row in enumerate(_rows(people)):
        odd = serial % 1000
        if odd < 4:
            row[2] = f"u{(serial + 1) % UNITS:04d}"
        elif odd < 8:
            row[3] = "Analis Kebijakan Ahli Muda"
        elif odd < 9:
            row[0] = _nip(people + serial)
        yield row


def _nip(serial: int) -> str:
    born = date(1966, 1, 1) + timedelta(days=serial % 11_000)
    month = 1 + serial // 11_000 % 12
    return f"{born:%Y%m%d}{born.year + 24}{month:02d}{1 + serial % 2}{1 + serial // 132_000:03d}"


def _write(path: Path, rows: Iterable[list[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        writer.writerows(rows)


def _agency(code: str) -> "Agency":
    from neutrality.organisations.codes import AgencyKind, UnitKind  # noqa: PLC0415
    from neutrality.organisations.models import Agency, Region, Unit  # noqa: PLC0415

    agency = Agency.objects.create(
        code=code,
        path=code,
        name="Instansi data buatan",
        kind=AgencyKind.MINISTRY,
        region=Region.objects.get(code="35.71"),
        appointing_authority="Menteri contoh",
    )
    Unit.objects.bulk_create(
        Unit(
            agency=agency,
            code=f"u{place:04d}",
            path=f"{code}/u{place:04d}",
            name=f"Unit {place}",
            kind=UnitKind.OTHER,
        )
        for place in range(UNITS)
    )
    return agency


def _bare_copy(path: Path) -> None:
    from django.db import connection  # noqa: PLC0415

    _statement(_FLOOR)
    with connection.cursor() as cursor, path.open("rb") as file:
        cursor.copy_expert("COPY bench_floor FROM STDIN (FORMAT csv, HEADER)", file, PIECE)


def _import(agency: "Agency", path: Path, day: date, clock: "Clock") -> float:
    """Take the file in, then measure reading, comparing and applying."""
    from neutrality.audit.actor import SYSTEM  # noqa: PLC0415
    from neutrality.personnel.roster.figures import Figures  # noqa: PLC0415
    from neutrality.personnel.roster.staging import forget_rows  # noqa: PLC0415
    from neutrality.personnel.services import import_roster as roster  # noqa: PLC0415

    statement = roster.Statement(
        agency_id=agency.pk,
        states_on=day,
        file_name=path.name,
        pieces=lambda: _pieces(path),
    )
    place = roster.receive_roster(statement=statement, actor=SYSTEM, clock=clock)
    roster.map_columns(
        import_id=place.pk, columns=COLUMNS, takes_non_asn=False, actor=SYSTEM, clock=clock
    )

    def work() -> None:
        read = roster.read_roster(
            import_id=place.pk, actor=SYSTEM, clock=clock, tell=lambda _rows: None
        )
        leaving = str(Figures.of(read).leaving)
        roster.confirm_roster(import_id=place.pk, typed=leaving, actor=SYSTEM, clock=clock)
        done = roster.apply_roster(import_id=place.pk, actor=SYSTEM, clock=clock)
        sys.stdout.write(f"  {path.name}: {done.state} {Figures.of(read).changes}\n")

    taken = _timed(work)
    forget_rows(import_id=place.pk)
    _statement("VACUUM ANALYZE")
    return taken


def _open(agency: "Agency", clock: "Clock") -> float:
    from neutrality.audit.actor import SYSTEM  # noqa: PLC0415
    from neutrality.elections.models import Election  # noqa: PLC0415
    from neutrality.law.codes import PledgeTextCode, Regime  # noqa: PLC0415
    from pledges.codes import RoundKind  # noqa: PLC0415
    from pledges.services.open_round import RoundPlan, open_round  # noqa: PLC0415

    election = Election.objects.create(
        code="bench", name="Pemilihan contoh", regime=Regime.PILKADA, polling_on=date(2027, 2, 10)
    )
    plan = RoundPlan(
        agency_id=agency.pk,
        election_ids=[election.pk],
        kind=RoundKind.INDIVIDUAL,
        text=PledgeTextCode.FOUR_POINTS,
        snapshot_on=AGAIN,
        closes_at=clock.now + timedelta(days=30),
    )
    return _timed(lambda: open_round(plan=plan, actor=SYSTEM, clock=clock))


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _statement(sql: str, values: Sequence[int] = ()) -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)


def _timed(work: Callable[[], object]) -> float:
    """Return the milliseconds of the work, begun after the server has written out the rest."""
    _statement("CHECKPOINT")
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _result(name: str, rows: int, ours: float, floor: float) -> Result:
    return Result(name, rows, round(ours), round(floor), round(ours / floor, 2), 0)


def _lines(results: Iterable[Result], memory: float) -> Iterator[str]:
    for result, limit in zip(results, LIMITS, strict=True):
        met = "met" if result.ratio <= limit.times else "NOT MET"
        yield (
            f"{result.name:<24}{result.rows:>9,} people {result.ours_ms / 1000:>8.1f} s"
            f"  {limit.floor} {result.floor_ms / 1000:.1f} s"
            f"  {result.ratio:>6.2f} x, at most {limit.times:g}  {met}"
        )
    met = "met" if memory <= MOST_MEMORY_MIB else "NOT MET"
    yield f"{'roster_memory':<24}{memory:>9.0f} MiB, at most {MOST_MEMORY_MIB}  {met}"


def _line_of(book: Workbook) -> str:
    return (
        f"{book.name:<24}{book.rows:>9,} people {book.ours_ms / 1000:>8.1f} s"
        f"  its reader needs {book.reader_mib} MiB"
    )


if __name__ == "__main__":
    sys.exit(main())
