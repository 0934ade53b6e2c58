"""The page of one case, which reads like a file; the same number of queries for any size."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.codes import (
    CaseState,
    ItemOutcome,
    ReferralState,
    ReportState,
    SessionState,
    TipState,
)
from complaints.models import (
    AgendaItem,
    AllegationResult,
    Announcement,
    Assessment,
    ClarificationSession,
    Conclusion,
    Matter,
    NumberEntry,
    ReferralItem,
    Report,
    Tip,
)
from complaints.selectors.case_corrections import CorrectionRow, open_correction
from complaints.selectors.clarification import SessionRow, session_rows, sessions_of
from complaints.selectors.file_facts import AllegationRow, FileFacts, file_facts
from complaints.selectors.file_parts import (
    ClockRow,
    PaperRow,
    clock_rows,
    history,
    open_clocks,
    papers,
    tone_of,
)
from complaints.selectors.meeting import Badge, ItemRow, item_rows
from complaints.workflow.case import CASE
from complaints.workflow.guards import ENDED_REPORTS, ENDED_TIPS, REFERRED_CLASSES
from neutrality.casework.models import LegalClock
from neutrality.law.clock import Clock
from neutrality.law.codes import OutcomeClass, RegisterKind
from neutrality.law.labels import label
from neutrality.ui.dates import say_instant, say_short_instant
from neutrality.ui.parts import SummaryRow, TimelineEntry
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
class ResultRow:
    """What the plenary found on an allegation."""

    outcomes: str
    reason: str
    decided: str


@dataclass(frozen=True, slots=True)
class AllegationLine:
    """An allegation with what was concluded and found."""

    row: AllegationRow
    concluded: str
    result: ResultRow | None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of the assessment."""

    url: str
    version: int
    written: str
    approved: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """One respondent and class on its way to a body."""

    url: str
    who: str
    outcome: str
    body: str
    state: Badge


@dataclass(frozen=True, slots=True)
class Situation:
    """What the next step depends on beside the state."""

    unheard: bool
    versions: int
    approved: bool
    written_by: int | None
    result_item: str
    unsent: bool
    announced: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything on the page of one case."""

    number: str
    state: Badge
    facts: tuple[SummaryRow, ...]
    clocks: tuple[ClockRow, ...]
    open_clocks: tuple[LegalClock, ...]
    entries: tuple[EntryRow, ...]
    about: FileFacts
    allegations: tuple[AllegationLine, ...]
    sessions: tuple[SessionRow, ...]
    versions: tuple[VersionRow, ...]
    agenda: tuple[ItemRow, ...]
    referrals: tuple[ReferralRow, ...]
    papers: tuple[PaperRow, ...]
    history: tuple[TimelineEntry, ...]
    correction: CorrectionRow | None
    situation: Situation


def case_file(
    *, matter: Matter, clock: Clock, reads_identity: bool, user_id: int | None
) -> CaseFile:
    """Return the page of a matter; the matter must have office and contest joined."""
    tz = matter.office.tz
    reports, tips = _REPORTS(matter=matter.pk), _TIPS(matter=matter.pk)
    refs = [matter.ref(), *(row.ref() for row in reports), *(row.ref() for row in tips)]
    clocks = open_clocks(refs=refs)
    versions = _VERSIONS(matter=matter.pk)
    concluded = _CONCLUSIONS(assessment=versions[0].pk) if versions else []
    results = _RESULTS(matter=matter.pk)
    items = _items(matter)
    referrals = _REFERRALS(matter=matter.pk)
    sessions = sessions_of(matter=matter)
    about = file_facts(matter=matter, rulebook=CASE.adapter.rulebook(matter, clock), tz=tz)
    numbers = _NUMBERS(matter=matter.pk)
    announced = _ANNOUNCED(matter=matter.pk)
    return CaseFile(
        number=_number(numbers) or matter.public_id,
        state=Badge(str(CaseState(matter.state).label), tone_of(matter.state), "folder"),
        facts=_facts(matter, numbers),
        clocks=clock_rows(clocks=clocks, tz=tz, clock=clock),
        open_clocks=tuple(row for row in clocks if row.subject_kind == "matter"),
        entries=(*(_report(row, tz) for row in reports), *(_tip(row, tz) for row in tips)),
        about=about,
        allegations=_allegations(about, concluded, results, tz),
        sessions=session_rows(sessions),
        versions=tuple(_version(row, matter, tz) for row in versions),
        agenda=item_rows(items, clock),
        referrals=tuple(_referral(row) for row in referrals),
        papers=papers(matter_id=matter.pk, tz=tz, reads_identity=reads_identity),
        history=history(refs=refs, tz=tz),
        correction=open_correction(matter=matter, user_id=user_id),
        situation=Situation(
            unheard=_unheard(about, sessions),
            versions=len(versions),
            approved=bool(versions and versions[0].approved_at),
            written_by=versions[0].written_by_id if versions else None,
            result_item=_result_item(items),
            unsent=_unsent(results, referrals),
            announced=say_instant(announced[0], tz) if announced else "",
        ),
    )


def _number(numbers: list[Any]) -> str:
    registered = (RegisterKind.REG_LP, RegisterKind.REG_TM)
    return next((row.text for row in numbers if row.kind in registered), "")


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


def _version(row: Assessment, matter: Matter, tz: ZoneInfo) -> VersionRow:
    return VersionRow(
        url=reverse("staff:assessment_version", args=[matter.public_id, row.version]),
        version=row.version,
        written=_by(row.written_by, say_short_instant(row.written_at, tz)),
        approved=(
            _by(row.approved_by, say_short_instant(row.approved_at, tz)) if row.approved_at else ""
        ),
        sha256=row.text_sha256,
    )


def _by(person: Any, at: str) -> str:  # noqa: ANN401  a user or None
    return f"{person.name}, {at}" if person else at


def _allegations(
    about: FileFacts,
    conclusions: list[tuple[int, str]],
    results: list[AllegationResult],
    tz: ZoneInfo,
) -> tuple[AllegationLine, ...]:
    concluded: dict[int, list[str]] = defaultdict(list)
    for allegation_id, outcome in conclusions:
        concluded[allegation_id].append(str(label(OutcomeClass(outcome))))
    found: dict[int, list[AllegationResult]] = defaultdict(list)
    for result in results:
        found[result.allegation_id].append(result)
    return tuple(
        AllegationLine(row, ", ".join(concluded[row.pk]), _result(found[row.pk], tz))
        for row in about.allegations
    )


def _result(rows: list[AllegationResult], tz: ZoneInfo) -> ResultRow | None:
    if not rows:
        return None
    return ResultRow(
        outcomes=", ".join(str(label(OutcomeClass(row.outcome))) for row in rows),
        reason=rows[0].reason,
        decided=say_short_instant(rows[0].decided_at, tz),
    )


def _referral(row: ReferralItem) -> ReferralRow:
    state = ReferralState(row.state)
    to = row.body or row.agency
    return ReferralRow(
        url=reverse("staff:item", args=[row.public_id]),
        who=row.respondent.name or row.respondent.description,
        outcome=str(label(OutcomeClass(row.outcome))),
        body=to.name if to else "",
        state=Badge(str(state.label), tone_of(row.state), "send"),
    )


def _unsent(results: list[AllegationResult], referrals: list[ReferralItem]) -> bool:
    found = {
        (row.allegation.respondent_id, row.outcome)
        for row in results
        if row.outcome in REFERRED_CLASSES
    }
    sent = {
        (row.respondent_id, row.outcome)
        for row in referrals
        if row.state != ReferralState.CANCELLED
    }
    return bool(found - sent)


def _unheard(about: FileFacts, sessions: list[ClarificationSession]) -> bool:
    """Whether a respondent was neither heard nor invited twice in vain."""
    respondents = {row.public_id for row in about.people if row.is_respondent}
    done = {
        row.party.public_id
        for row in sessions
        if row.state == SessionState.HELD or (row.state == SessionState.ABSENT and row.ordinal == 2)
    }
    return bool(respondents - done)


def _items(matter: Matter) -> list[AgendaItem]:
    items = _AGENDA(matter=matter.pk)
    for row in items:
        row.matter = matter
    return items


def _result_item(items: list[AgendaItem]) -> str:
    waiting = (row for row in items if row.action == "DECIDE")
    found = next((row for row in waiting if row.outcome == ItemOutcome.PENDING), None)
    return found.public_id if found else ""


def _reports(matter: int) -> QuerySet[Report]:
    rows = Report.objects.filter(matter_id=matter).order_by("pk")
    return rows.only(*_ENTRY, "number", "register_number")


def _tips(matter: int) -> QuerySet[Tip]:
    rows = Tip.objects.filter(matter_id=matter).select_related("finding").order_by("pk")
    return rows.only(*_ENTRY, "finding__number", "finding__register_number")


def _versions(matter: int) -> QuerySet[Assessment]:
    rows = Assessment.objects.filter(matter_id=matter).select_related("written_by", "approved_by")
    return rows.only(*_VERSION).order_by("-version")


def _conclusions(assessment: int) -> QuerySet[Conclusion, tuple[int, str]]:
    rows = Conclusion.objects.filter(assessment_id=assessment).order_by("pk")
    return rows.values_list("allegation_id", "outcome")


def _results(matter: int) -> QuerySet[AllegationResult]:
    rows = AllegationResult.objects.filter(
        allegation__matter_id=matter, superseded_at__isnull=True
    ).select_related("allegation")
    return rows.only(
        "allegation_id", "outcome", "reason", "decided_at", "allegation__respondent_id"
    ).order_by("pk")


def _agenda(matter: int) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(matter_id=matter).select_related("office").order_by("-pk")


def _referrals(matter: int) -> QuerySet[ReferralItem]:
    rows = ReferralItem.objects.filter(matter_id=matter)
    return rows.select_related("respondent", "body", "agency").only(*_REFERRAL).order_by("pk")


def _numbers(matter: int) -> QuerySet[NumberEntry]:
    rows = NumberEntry.objects.filter(matter_id=matter)
    return rows.only("kind", "text").order_by("given_at", "pk")


def _announced(matter: int) -> QuerySet[Announcement, datetime]:
    rows = Announcement.objects.filter(matter_id=matter).order_by("-published_at")[:1]
    return rows.values_list("published_at", flat=True)


_ENTRY: Final = ("public_id", "matter_id", "receipt_number", "submitted_at", "state")
_VERSION: Final = (
    "version", "written_at", "approved_at", "text_sha256", "written_by__name", "approved_by__name",
)  # fmt: skip
_REFERRAL: Final = (
    "public_id", "outcome", "state", "respondent__name", "respondent__description", "body__name",
    "agency__name",
)  # fmt: skip
_REPORTS: Final = Prepared(_reports)
_TIPS: Final = Prepared(_tips)
_VERSIONS: Final = Prepared(_versions)
_CONCLUSIONS: Final = Prepared(_conclusions)
_RESULTS: Final = Prepared(_results)
_AGENDA: Final = Prepared(_agenda)
_REFERRALS: Final = Prepared(_referrals)
_NUMBERS: Final = Prepared(_numbers)
_ANNOUNCED: Final = Prepared(_announced)
