"""What the tracking page shows: status, what is needed, running periods, history, papers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _, gettext_lazy

from complaints.codes import Direction, ReportState
from complaints.models import Delivery, Message, Report, Tip
from complaints.selectors.filing import DayRow, day_row
from complaints.services.mailbox import open_notice
from complaints.services.withdraw import may_withdraw
from complaints.workflow.actions import CaseAction
from neutrality.casework import registry
from neutrality.casework.clocks import explain
from neutrality.casework.models import ClockState, LegalClock
from neutrality.documents.models import Document, DocumentState
from neutrality.law.clock import Clock
from neutrality.law.codes import FormRole, PeriodCode
from neutrality.law.labels import label
from neutrality.organisations.models import Office
from neutrality.ui.dates import say_instant, say_short_instant
from neutrality.ui.due import DueWords, due_words
from neutrality.ui.parts import TimelineEntry

# Periods that concern the person who follows; the others are the office's own business.
_SHOWN: Final = frozenset(
    {
        PeriodCode.SERVICE,
        PeriodCode.HAND_OVER,
        PeriodCode.INITIAL_REVIEW,
        PeriodCode.COMPLETION,
        PeriodCode.HANDLING,
        PeriodCode.HANDLING_EXTENDED,
        PeriodCode.TRACING,
    }
)
_OWN_COPIES: Final = (FormRole.RECEIPT, FormRole.COMPLETION_RECEIPT)
_NEXT: Final = {
    ReportState.SUBMITTED: gettext_lazy(
        "Petugas akan menghubungi Anda untuk memeriksa identitas dan bukti asli."
    ),
    ReportState.RECEIVED: gettext_lazy("Petugas akan mulai memeriksa kelengkapan laporan."),
    ReportState.INITIAL_REVIEW: gettext_lazy(
        "Kantor memeriksa syarat formal dan materiel laporan Anda."
    ),
    ReportState.AWAITING_COMPLETION: gettext_lazy("Giliran Anda: lengkapi yang masih kurang."),
    ReportState.REGISTERED: gettext_lazy(
        "Laporan ditangani: klarifikasi, kajian, lalu pleno menetapkan hasilnya."
    ),
}
# By the key of each subject: an OR over kinds would walk through the history of all referral items.
_STEPS: Final = """
    SELECT step.subject_kind, step.action, step.occurred_at
    FROM (
        SELECT %(kind)s::text AS kind, %(pk)s::bigint AS id
        UNION ALL SELECT 'matter', %(matter)s
        UNION ALL SELECT 'referral_item', id FROM complaints_referralitem WHERE matter_id = %(matter)s
        UNION ALL SELECT 'tip', id FROM complaints_tip WHERE from_report_id = %(report)s
    ) AS told
    JOIN casework_step AS step ON step.subject_kind = told.kind AND step.subject_id = told.id
    WHERE step.kind = 'transition' AND step.voided_at IS NULL
    ORDER BY step.recorded_at, step.id
"""


class Told(NamedTuple):
    """One step of the history."""

    subject_kind: str
    action: str
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """A running period: until when, how it stands, and the count day by day."""

    title: str
    due: str
    words: DueWords
    days: tuple[DayRow, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that the notice says is missing."""

    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice of incompleteness, closed until it is acknowledged."""

    is_read: bool
    read_at: str
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as it is shown."""

    own: bool
    body: str
    at: str
    unread: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A document to download."""

    public_id: str
    title: str
    number: str
    at: str


@dataclass(frozen=True, slots=True)
class TrackingPage:
    """Everything on the tracking page."""

    status: str
    next_words: str
    number: str
    official_number: str
    office: Office
    clocks: tuple[ClockFacts, ...]
    timeline: tuple[TimelineEntry, ...]
    papers: tuple[Paper, ...]
    letters: tuple[Letter, ...]
    notice: Notice | None
    may_withdraw: bool
    version: int


def tracking_page(*, entry: Report | Tip, clock: Clock) -> TrackingPage:
    """Return the page of a report or a tip, in a constant number of queries."""
    notice = _notice(entry)
    steps = _steps(entry)
    return TrackingPage(
        status=_status(entry, steps),
        next_words=_next_words(entry, steps),
        number=entry.receipt_number,
        official_number=entry.number if isinstance(entry, Report) else "",
        office=entry.office,
        clocks=tuple(_clocks(entry, clock)),
        timeline=tuple(_timeline(steps, entry.office)),
        papers=tuple(_papers(entry, notice)),
        letters=tuple(_letters(entry)),
        notice=notice,
        may_withdraw=isinstance(entry, Report) and may_withdraw(entry),
        version=entry.version,
    )


def downloadable(*, entry: Report | Tip) -> list[Document]:
    """Return the documents that this person may have, newest first."""
    return list(_downloads(entry))


def _downloads(entry: Report | Tip) -> QuerySet[Document]:
    """Find the documents that this person may have: no name is in any of them.

    Those of the party class about the report itself, the twin without names of its receipt, and
    the notice of the result.
    """
    ref = entry.ref()
    own = Q(subject_kind=ref.kind, subject_id=ref.id)
    party = own & Q(classification__in=["PARTY", "PUBLIC"])
    twin = own & Q(twin_of__isnull=False, role__in=_OWN_COPIES)
    result = Q(
        subject_kind="matter",
        subject_id=entry.matter_id,
        role=FormRole.STATUS_NOTICE,
        classification__in=["PARTY", "PUBLIC"],
    )
    rows = Document.objects.filter(party | twin | result, state=DocumentState.FINAL)
    return rows.order_by("-issued_at", "-pk")


def _status(entry: Report | Tip, steps: Sequence[Told]) -> str:
    told = [words for words in map(_public_label, reversed(steps)) if words]
    return told[0] if told else entry.get_state_display()


def _next_words(entry: Report | Tip, steps: Sequence[Told]) -> str:
    if any(step.subject_kind == "referral_item" for step in steps):
        return _("Instansi tujuan menindaklanjutinya. Setiap langkah ditulis di halaman ini.")
    if any(step.action == CaseAction.DECIDE for step in steps):
        return ""
    if isinstance(entry, Tip):
        return _("Informasi awal ditelusuri oleh pengawas. Hasilnya ditulis di halaman ini.")
    return str(_NEXT.get(ReportState(entry.state), ""))


def _steps(entry: Report | Tip) -> list[Told]:
    """Return what happened to the entry, its matter, its tip and its referral items, oldest first."""
    ref = entry.ref()
    values: dict[str, str | int | None] = {
        "kind": ref.kind,
        "pk": ref.id,
        "matter": entry.matter_id,
        "report": entry.pk if isinstance(entry, Report) else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STEPS, values)
        return [Told(*row) for row in cursor.fetchall()]


def _public_label(step: Told) -> str:
    row = registry.for_subject(step.subject_kind).by_action.get(step.action)
    return str(row.public_label) if row else ""


def _timeline(steps: Iterable[Told], office: Office) -> Iterable[TimelineEntry]:
    """Tell the public steps, newest first; several items at once are told once."""
    told: set[tuple[str, datetime]] = set()
    for step in reversed(list(steps)):
        words = _public_label(step)
        if not words or (words, step.occurred_at) in told:
            continue
        told.add((words, step.occurred_at))
        yield TimelineEntry(
            title=words,
            at=say_instant(step.occurred_at, office.tz),
            machine_at=step.occurred_at,
        )


def _clocks(entry: Report | Tip, clock: Clock) -> Iterable[ClockFacts]:
    ref = entry.ref()
    own = Q(subject_kind=ref.kind, subject_id=ref.id)
    whole = Q(subject_kind="matter", subject_id=entry.matter_id)
    rows = LegalClock.objects.filter(own | whole, state=ClockState.OPEN, code__in=_SHOWN)
    for row in rows.order_by("due_at", "pk"):
        yield ClockFacts(
            title=label(PeriodCode(row.code)),
            due=say_instant(row.due_at, entry.office.tz),
            words=due_words(due_at=row.due_at, now=clock.now, tz=entry.office.tz),
            days=tuple(day_row(each) for each in explain(row)),
        )


def _notice(entry: Report | Tip) -> Notice | None:
    if not isinstance(entry, Report) or entry.state != ReportState.AWAITING_COMPLETION:
        return None
    document = open_notice(entry)
    if document is None:
        return None
    receipt = (
        Delivery.objects.filter(document=document, received_at__isnull=False)
        .order_by("received_at")
        .first()
    )
    at = receipt.received_at if receipt else None
    return Notice(
        is_read=at is not None,
        read_at=say_instant(at, entry.office.tz) if at else "",
        missing=_missing(document),
    )


def _missing(document: Document) -> tuple[Missing, ...]:
    content = document.content or {}
    return tuple(
        Missing(line.get("label", ""), line.get("reason", ""))
        for line in content.get("missing", [])
    )


def _papers(entry: Report | Tip, notice: Notice | None) -> Iterable[Paper]:
    for document in _downloads(entry).only("public_id", "role", "title", "number", "issued_at"):
        closed = notice is not None and not notice.is_read
        if closed and document.role == FormRole.NOTICE_OF_INCOMPLETENESS:
            continue
        yield Paper(
            public_id=str(document.public_id),
            title=document.title,
            number=document.number,
            at=say_short_instant(document.issued_at, entry.office.tz),
        )


def _letters(entry: Report | Tip) -> Iterable[Letter]:
    side = Q(report=entry) if isinstance(entry, Report) else Q(tip=entry)
    for row in Message.objects.filter(side).order_by("sent_at", "pk"):
        own = row.direction == Direction.FROM_PARTY
        yield Letter(
            own=own,
            body=row.body,
            at=say_short_instant(row.sent_at, entry.office.tz),
            unread=not own and row.read_at is None,
        )
