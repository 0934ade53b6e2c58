"""The page of one case, which reads like a file; the same number of queries for any size."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.codes import CaseState, ItemOutcome, ReferralState, ReportState, TipState
from complaints.models import (
    AgendaItem,
    AllegationResult,
    Assessment,
    Conclusion,
    Matter,
    ReferralItem,
    Report,
    Tip,
)
from complaints.selectors.case_corrections import CorrectionRow, open_correction
from complaints.selectors.clarification import SessionRow, session_rows
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
    reports = list(matter.reports.order_by("pk"))
    tips = list(matter.tips.select_related("finding").order_by("pk"))
    refs = [matter.ref(), *(row.ref() for row in reports), *(row.ref() for row in tips)]
    clocks = open_clocks(refs=refs)
    versions = _versions(matter)
    results = _results(matter)
    items = list(matter.agenda_items.select_related("office", "matter").order_by("-pk"))
    referrals = _referrals(matter)
    sessions = session_rows(matter=matter)
    about = file_facts(matter=matter, rulebook=CASE.adapter.rulebook(matter, clock), tz=tz)
    numbers = list(matter.numbers.order_by("given_at", "pk"))
    announced = matter.announcements.order_by("-published_at").first()
    return CaseFile(
        number=_number(numbers) or matter.public_id,
        state=Badge(str(CaseState(matter.state).label), tone_of(matter.state), "folder"),
        facts=_facts(matter, numbers),
        clocks=clock_rows(clocks=clocks, tz=tz, clock=clock),
        open_clocks=tuple(row for row in clocks if row.subject_kind == "matter"),
        entries=(*(_report(row, tz) for row in reports), *(_tip(row, tz) for row in tips)),
        about=about,
        allegations=_allegations(about, versions, results, tz),
        sessions=sessions,
        versions=tuple(_version(row, matter, tz) for row in versions),
        agenda=item_rows(items, clock),
        referrals=tuple(_referral(row) for row in referrals),
        papers=papers(matter_id=matter.pk, tz=tz, reads_identity=reads_identity),
        history=history(refs=refs, tz=tz),
        correction=open_correction(matter=matter, user_id=user_id),
        situation=Situation(
            unheard=_unheard(about, matter),
            versions=len(versions),
            approved=bool(versions and versions[0].approved_at),
            written_by=versions[0].written_by_id if versions else None,
            result_item=_result_item(items),
            unsent=_unsent(results, referrals),
            announced=say_instant(announced.published_at, tz) if announced else "",
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


def _versions(matter: Matter) -> list[Assessment]:
    conclusions = Conclusion.objects.order_by("pk")
    rows = matter.assessments.select_related("written_by", "approved_by")
    return list(
        rows.prefetch_related(Prefetch("conclusions", queryset=conclusions)).order_by("-version")
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


def _results(matter: Matter) -> list[AllegationResult]:
    rows = AllegationResult.objects.filter(
        allegation__matter=matter, superseded_at__isnull=True
    ).select_related("allegation")
    return list(rows.order_by("pk"))


def _allegations(
    about: FileFacts, versions: list[Assessment], results: list[AllegationResult], tz: ZoneInfo
) -> tuple[AllegationLine, ...]:
    concluded: dict[int, list[str]] = defaultdict(list)
    for row in versions[0].conclusions.all() if versions else ():
        concluded[row.allegation_id].append(str(label(OutcomeClass(row.outcome))))
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


def _referrals(matter: Matter) -> list[ReferralItem]:
    rows = matter.referral_items.select_related("respondent", "body", "agency")
    return list(rows.order_by("pk"))


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


def _unheard(about: FileFacts, matter: Matter) -> bool:
    """Whether a respondent was neither heard nor invited twice in vain; one query."""
    respondents = {row.public_id for row in about.people if row.is_respondent}
    rows = matter.sessions.filter(state__in=["HELD", "ABSENT"])
    done = {
        party
        for party, state, ordinal in rows.values_list("party__public_id", "state", "ordinal")
        if state == "HELD" or ordinal == 2
    }
    return bool(respondents - done)


def _result_item(items: list[AgendaItem]) -> str:
    waiting = (row for row in items if row.action == "DECIDE")
    found = next((row for row in waiting if row.outcome == ItemOutcome.PENDING), None)
    return found.public_id if found else ""
