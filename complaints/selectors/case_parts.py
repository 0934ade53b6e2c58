"""The heavy parts of a case's file, each read by itself; the same queries whatever its size."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import QuerySet, Subquery
from django.urls import reverse

from complaints.codes import ReferralState
from complaints.models import (
    AgendaItem,
    AllegationResult,
    Assessment,
    Conclusion,
    Matter,
    ReferralItem,
)
from complaints.selectors.case_entries import JudgedReport, Mailbox, judged_reports, mailboxes
from complaints.selectors.case_file import refs_of
from complaints.selectors.case_plan import PlanPage, plan_page
from complaints.selectors.clarification import SessionRow, session_rows, sessions_of
from complaints.selectors.file_facts import (
    AllegationRow,
    EvidenceRow,
    IncidentRow,
    event_rows,
    evidence_rows,
    outside_numbers,
    people_of,
)
from complaints.selectors.file_parts import PaperRow, history, papers, tone_of
from complaints.selectors.meeting import Badge, ItemRow, item_rows
from complaints.selectors.respondents import RespondentCard, respondent_cards
from complaints.selectors.same_event import SameEvent, same_event
from complaints.workflow.case import CASE
from neutrality.audit.actor import Actor
from neutrality.law.clock import Clock
from neutrality.law.codes import OutcomeClass
from neutrality.law.labels import label
from neutrality.ui.dates import say_short_instant
from neutrality.ui.parts import SummaryRow, TimelineEntry
from neutrality.ui.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads a part of which file, and when; `works` who carries it on there."""

    matter: Matter
    clock: Clock
    reads_identity: bool
    actor: Actor
    day: date
    works: bool

    @property
    def tz(self) -> ZoneInfo:
        """The zone of the office."""
        return self.matter.office.tz


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
class Events:
    """What happened, who is said to have done what, and what was found."""

    incidents: tuple[IncidentRow, ...]
    allegations: tuple[AllegationLine, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """The judged requirements, and the evidence that they may rest on."""

    reports: tuple[JudgedReport, ...]
    evidence: tuple[EvidenceRow, ...]


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
class Outside:
    """What went on to bodies and agencies, and under which numbers other systems know the file."""

    referrals: tuple[ReferralRow, ...]
    numbers: tuple[SummaryRow, ...]


def plan(by: Reading) -> PlanPage | None:
    """Return what is left until the deadline, drawn; four queries."""
    return plan_page(matter=by.matter, clock=by.clock)


def respondents(by: Reading) -> tuple[RespondentCard, ...]:
    """Return the respondents with position, pledge and earlier cases; seven queries at most."""
    return respondent_cards(
        matter=by.matter, actor=by.actor, day=by.day, clock=by.clock, works=by.works
    )


def events(by: Reading) -> Events:
    """Return events, allegations, conclusions and results; five queries."""
    matter = by.matter
    rules = CASE.adapter.rulebook(matter, by.clock)
    incidents, rows = event_rows(matter=matter, people=people_of(matter), rulebook=rules)
    concluded: dict[int, list[str]] = defaultdict(list)
    for allegation_id, outcome in _CONCLUSIONS(matter=matter.pk):
        concluded[allegation_id].append(str(label(OutcomeClass(outcome))))
    found: dict[int, list[AllegationResult]] = defaultdict(list)
    for result in _RESULTS(matter=matter.pk):
        found[result.allegation_id].append(result)
    return Events(
        incidents=incidents,
        allegations=tuple(
            AllegationLine(row, ", ".join(concluded[row.pk]), _result(found[row.pk], by.tz))
            for row in rows
        ),
    )


def requirements(by: Reading) -> Judged:
    """Return the requirements of each report that was looked at, and the evidence; three queries."""
    return Judged(
        reports=judged_reports(matter=by.matter, clock=by.clock),
        evidence=evidence_rows(matter=by.matter, tz=by.tz),
    )


def others(by: Reading) -> SameEvent:
    """Return the files joined to this one, and those that may speak of the same event."""
    return same_event(matter=by.matter, actor=by.actor, day=by.day, may_work=by.works)


def evidence(by: Reading) -> tuple[EvidenceRow, ...]:
    """Return the evidence; one query."""
    return evidence_rows(matter=by.matter, tz=by.tz)


def hearings(by: Reading) -> tuple[SessionRow, ...]:
    """Return the sessions, soonest first; one query."""
    return session_rows(sessions_of(matter=by.matter))


def assessments(by: Reading) -> tuple[VersionRow, ...]:
    """Return the versions of the assessment, latest first; one query."""
    return tuple(_version(row, by) for row in _VERSIONS(matter=by.matter.pk))


def agenda(by: Reading) -> tuple[ItemRow, ...]:
    """Return what the plenary decides or decided about it; two queries at most."""
    items = _AGENDA(matter=by.matter.pk)
    for row in items:
        row.matter = by.matter
    return item_rows(items, by.clock)


def outside(by: Reading) -> Outside:
    """Return what went on to bodies and agencies, and the numbers of other systems; two queries."""
    rows = tuple(_referral(row) for row in _REFERRALS(matter=by.matter.pk))
    return Outside(rows, outside_numbers(matter_id=by.matter.pk))


def documents(by: Reading) -> tuple[PaperRow, ...]:
    """Return the documents, newest first; one query."""
    return papers(matter_id=by.matter.pk, tz=by.tz, reads_identity=by.reads_identity)


def messages(by: Reading) -> tuple[Mailbox, ...]:
    """Return the letters with everybody in the file; one query."""
    return mailboxes(matter=by.matter)


def steps(by: Reading) -> tuple[TimelineEntry, ...]:
    """Return what was done with the file and its entries, newest first; three queries."""
    return history(refs=refs_of(by.matter), tz=by.tz)


def _version(row: Assessment, by: Reading) -> VersionRow:
    written = say_short_instant(row.written_at, by.tz)
    approved = say_short_instant(row.approved_at, by.tz) if row.approved_at else ""
    return VersionRow(
        url=reverse("staff:assessment_version", args=[by.matter.public_id, row.version]),
        version=row.version,
        written=_by(row.written_by, written),
        approved=_by(row.approved_by, approved) if approved else "",
        sha256=row.text_sha256,
    )


def _by(person: Any, at: str) -> str:  # noqa: ANN401  a user or None
    return f"{person.name}, {at}" if person else at


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


def _versions(matter: int) -> QuerySet[Assessment]:
    rows = Assessment.objects.filter(matter_id=matter).select_related("written_by", "approved_by")
    return rows.only(*_VERSION).order_by("-version")


def _conclusions(matter: int) -> QuerySet[Conclusion, tuple[int, str]]:
    latest = Assessment.objects.filter(matter_id=matter).order_by("-version").values("pk")[:1]
    rows = Conclusion.objects.filter(assessment_id=Subquery(latest)).order_by("pk")
    return rows.values_list("allegation_id", "outcome")


def _results(matter: int) -> QuerySet[AllegationResult]:
    rows = AllegationResult.objects.filter(allegation__matter_id=matter, superseded_at__isnull=True)
    return rows.only("allegation_id", "outcome", "reason", "decided_at").order_by("pk")


def _agenda(matter: int) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(matter_id=matter).select_related("office").order_by("-pk")


def _referrals(matter: int) -> QuerySet[ReferralItem]:
    rows = ReferralItem.objects.filter(matter_id=matter)
    return rows.select_related("respondent", "body", "agency").only(*_REFERRAL).order_by("pk")


_VERSION: Final = (
    "version", "written_at", "approved_at", "text_sha256", "written_by__name", "approved_by__name",
)  # fmt: skip
_REFERRAL: Final = (
    "public_id", "outcome", "state", "respondent__name", "respondent__description", "body__name",
    "agency__name",
)  # fmt: skip
_VERSIONS: Final = Prepared(_versions)
_CONCLUSIONS: Final = Prepared(_conclusions)
_RESULTS: Final = Prepared(_results)
_AGENDA: Final = Prepared(_agenda)
_REFERRALS: Final = Prepared(_referrals)
