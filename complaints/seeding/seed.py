"""Fill the database with synthetic reports, tips, cases and civil servants.

What is written is what the doors would have written, and `verify_histories` and `verify_audit`
prove it: every matter with its handling, entries in every state but TRANSFERRED, their people
(reporters sealed in the vault), incidents, allegations, web evidence, codes, provisional
receipts, requirement checks, numbers with their counters, plenary meetings, sessions,
assessments, results, referral items, open and stopped clocks, steps, chained audit rows and public
counts. Offices without an official code get numbers with their region's code in its place.

Left out are messages in the outbox (nobody is to be written to), files of evidence, the sealed
papers of the counter, minutes of hearings (respondents come to neither of their sessions),
findings, transfers, and what bodies and agencies do after a referral.

The same arguments give the same rows, except for what must be random: the sealed bytes and ids of
identities, and the unusable passwords of the staff.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random
from typing import Final

from django.db import connection, transaction

from complaints.models import Matter
from complaints.seeding.employees import write_employees
from complaints.seeding.files import Files
from complaints.seeding.ground import Ground, Place
from complaints.seeding.indexes import TakenDown
from complaints.seeding.journeys import Journey
from complaints.seeding.sheets import Press, lock_tables
from neutrality.law.clock import Clock

BATCH: Final = 4000
# One anonymous tip comes with so many reports.
REPORTS_PER_TIP: Final = 8
# From so many reports on it pays to build the indexes of small tables at the end, and to seal
# identities in a process of its own.
MANY: Final = 2000
# A table is small when it holds fewer bytes than so many for each report that comes.
SMALL: Final = 500


@dataclass(frozen=True, slots=True)
class Seeded:
    """How much was written."""

    reports: int
    tips: int
    employees: int
    rows: int


@transaction.atomic(durable=True)
def seed(*, reports: int, employees: int, clock: Clock, number: int = 1) -> Seeded:
    """Write so many reports and civil servants, and a tip for every eighth report.

    All of it is one transaction. `number` is the seed of the random choices. The role must be a
    superuser of the database, as the embedded one is; the tables are closed to other writers
    until the end, and to readers too where many rows come into small ones.
    """
    # On top of what there is another run draws other ids; on an empty database always the same.
    random = Random(f"{number} {Matter.objects.count()}")  # noqa: S311 - nothing here is a secret
    ground = Ground(clock=clock, random=random)
    files = Files(ground=ground, random=random, clock=clock)
    tips = reports // REPORTS_PER_TIP
    rows = _write(files, files.draw_reports(reports), files.draw_tips(tips))
    hired = write_employees(amount=employees, random=random, clock=clock) if employees else 0
    return Seeded(reports=reports, tips=tips, employees=employees, rows=rows + hired)


def analyse() -> None:
    """Let the planner know what there is now."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _write(
    files: Files, reports: list[tuple[Place, Journey]], tips: list[tuple[Place, Journey]]
) -> int:
    files.decisions.know_bodies(place for place, way in reports if way.item)
    first = {sheet.table: sheet.next_id for sheet in files.sheets}
    models = [sheet.model for sheet in files.sheets]
    indexes = TakenDown.of(models, small=SMALL * len(reports) if len(reports) >= MANY else 0)
    lock_tables(models)
    for sheet in files.sheets:
        sheet.frozen = sheet.table in indexes.tables
    with Press(files.sheets) as press:
        files.intake.expect(len(reports), beside=len(reports) >= MANY)
        _run(press, files.report, reports)
        _run(press, files.tip, tips)
        files.intake.write_counts()
        press.finish()
    indexes.build()
    files.numbers.write_counters()
    return sum(sheet.next_id - first[sheet.table] for sheet in files.sheets)


def _run(
    press: Press, write: Callable[[Place, Journey], None], drawn: Iterable[tuple[Place, Journey]]
) -> None:
    for done, (place, journey) in enumerate(drawn, start=1):
        write(place, journey)
        if done % BATCH == 0:
            press.run()
