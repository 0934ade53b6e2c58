"""The first page of one case: state, clocks, facts, entries, people, and what comes next.

Whatever is heavy stands in `case_parts` and is read when somebody comes to it. Every state has
its own number of queries, which no size of the file changes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.codes import CaseState, ReportState, TipState
from complaints.models import Matter, NumberEntry, Report, Tip
from complaints.selectors.case_corrections import CorrectionRow, open_correction
from complaints.selectors.case_plan import PlanLine, plan_line
from complaints.selectors.case_situation import CaseSituation, case_situation
from complaints.selectors.file_facts import PersonRow, people_of, person_rows
from complaints.selectors.file_parts import ClockRow, clock_rows, open_clocks, tone_of
from complaints.selectors.meeting import Badge
from complaints.workflow.guards import ENDED_REPORTS, ENDED_TIPS
from neutrality.audit.record import SubjectRef
from neutrality.casework.models import LegalClock
from neutrality.law.clock import Clock
from neutrality.law.codes import RegisterKind
from neutrality.ui.dates import say_instant, say_short_instant
from neutrality.ui.parts import SummaryRow
from neutrality.ui.prepared import Prepared


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A report, tip or finding of the matter."""

    kind: str
    number: str
    url: str
    came: str
    state: Badge
    is_open: bool


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What stands on the first page of one case."""

    number: str
    state: Badge
    facts: tuple[SummaryRow, ...]
    clocks: tuple[ClockRow, ...]
    open_clocks: tuple[LegalClock, ...]
    entries: tuple[EntryRow, ...]
    people: tuple[PersonRow, ...]
    plan: PlanLine | None
    correction: CorrectionRow | None
    situation: CaseSituation


def case_file(*, matter: Matter, clock: Clock, user_id: int | None) -> CaseFile:
    """Return the first page of a matter; the matter must have office and contest joined."""
    tz = matter.office.tz
    reports, tips = _REPORTS(matter=matter.pk), _TIPS(matter=matter.pk)
    clocks = open_clocks(refs=_refs(matter, reports, tips))
    numbers = _NUMBERS(matter=matter.pk)
    people = people_of(matter)
    situation = case_situation(matter=matter, people=people)
    own = tuple(row for row in clocks if row.subject_kind == "matter")
    return CaseFile(
        number=_number(numbers) or _first_number(reports, tips) or matter.public_id,
        state=_state(matter, is_cover=not reports and not tips),
        facts=_facts(matter, numbers),
        clocks=clock_rows(clocks=clocks, tz=tz, clock=clock),
        open_clocks=own,
        entries=(*(_report(row, tz) for row in reports), *(_tip(row, tz) for row in tips)),
        people=person_rows(people),
        plan=plan_line(matter=matter, clocks=own, hearings=situation.hearings, clock=clock),
        correction=open_correction(matter=matter, user_id=user_id),
        situation=situation,
    )


def refs_of(matter: Matter) -> list[SubjectRef]:
    """Return the matter and its entries as histories name them; two queries."""
    return _refs(matter, _REPORTS(matter=matter.pk), _TIPS(matter=matter.pk))


def _refs(matter: Matter, reports: list[Report], tips: list[Tip]) -> list[SubjectRef]:
    return [matter.ref(), *(row.ref() for row in reports), *(row.ref() for row in tips)]


def _state(matter: Matter, *, is_cover: bool) -> Badge:
    """A file without entries is the cover of one that was joined to another."""
    label = _("Digabung") if is_cover else str(CaseState(matter.state).label)
    return Badge(label, tone_of(matter.state), "folder")


def _number(numbers: list[Any]) -> str:
    registered = (RegisterKind.REG_LP, RegisterKind.REG_TM)
    return next((row.text for row in numbers if row.kind in registered), "")


def _first_number(reports: Iterable[Report], tips: Iterable[Tip]) -> str:
    """Return what the first entry is called until the file has a number of its own."""
    return next((str(row) for row in (*reports, *tips)), "")


def _facts(matter: Matter, numbers: list[Any]) -> tuple[SummaryRow, ...]:
    tz = matter.office.tz
    registered = say_instant(matter.registered_at, tz) if matter.registered_at else ""
    extended = say_instant(matter.extended_at, tz) if matter.extended_at else ""
    rows = [
        SummaryRow(_("Nomor"), "\n".join(row.text for row in numbers)),
        SummaryRow(_("Kantor"), matter.office.name),
        SummaryRow(_("Pemilihan"), matter.contest.name if matter.contest else ""),
        SummaryRow(_("Dibuka"), say_instant(matter.opened_at, tz)),
        SummaryRow(_("Diregistrasi"), registered) if registered else None,
        SummaryRow(_("Diperpanjang"), extended) if extended else None,
        SummaryRow(_("Diputus"), say_instant(matter.decided_at, tz)) if matter.decided_at else None,
        SummaryRow(_("Selesai"), say_instant(matter.closed_at, tz)) if matter.closed_at else None,
    ]
    return tuple(row for row in rows if row is not None)


def _report(row: Report, tz: ZoneInfo) -> EntryRow:
    return EntryRow(
        kind=_("Laporan"),
        number=row.register_number or row.number or row.receipt_number,
        url=reverse("staff:report", args=[row.public_id]),
        came=say_short_instant(row.submitted_at, tz),
        state=Badge(str(ReportState(row.state).label), tone_of(row.state), "document"),
        is_open=row.state not in ENDED_REPORTS,
    )


def _tip(row: Tip, tz: ZoneInfo) -> EntryRow:
    finding = getattr(row, "finding", None)
    return EntryRow(
        kind=_("Temuan") if finding else _("Informasi awal"),
        number=(finding.register_number or finding.number) if finding else row.receipt_number,
        url=reverse("staff:tip", args=[row.public_id]),
        came=say_short_instant(row.submitted_at, tz),
        state=Badge(str(TipState(row.state).label), tone_of(row.state), "eye"),
        is_open=row.state not in ENDED_TIPS,
    )


def _reports(matter: int) -> QuerySet[Report]:
    rows = Report.objects.filter(matter_id=matter).order_by("pk")
    return rows.only(*_ENTRY, "number", "register_number")


def _tips(matter: int) -> QuerySet[Tip]:
    rows = Tip.objects.filter(matter_id=matter).select_related("finding").order_by("pk")
    return rows.only(*_ENTRY, "finding__number", "finding__register_number")


def _numbers(matter: int) -> QuerySet[NumberEntry]:
    rows = NumberEntry.objects.filter(matter_id=matter)
    return rows.only("kind", "text").order_by("given_at", "pk")


_ENTRY: Final = ("public_id", "matter_id", "receipt_number", "submitted_at", "state")
_REPORTS: Final = Prepared(_reports)
_TIPS: Final = Prepared(_tips)
_NUMBERS: Final = Prepared(_numbers)
