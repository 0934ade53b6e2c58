"""What the tracking page shows: status, what is needed, running periods, history, papers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _, gettext_lazy

from complaints.codes import Direction, ReportState, SanctionState
from complaints.models import Delivery, Report, Tip
from complaints.selectors.filing import DayRow, day_row
from complaints.selectors.tracking_rows import Told, papers_of, told_of
from complaints.services.identify_informant import may_identify
from complaints.services.mailbox import open_notice
from complaints.services.withdraw import may_withdraw
from complaints.workflow.actions import CaseAction
from neutrality.casework import registry
from neutrality.casework.clocks import explain, rule_of
from neutrality.casework.models import LegalClock
from neutrality.documents.models import Document
from neutrality.law.citations import cited
from neutrality.law.clock import Clock
from neutrality.law.codes import FormRole, PeriodCode, SanctionClass
from neutrality.law.labels import label
from neutrality.law.reader import speaks_english
from neutrality.organisations.models import Office
from neutrality.ui.dates import say_day, say_instant, say_short_instant
from neutrality.ui.due import DueWords, due_words
from neutrality.ui.parts import TimelineEntry

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
_SANCTION_NEWS: Final = {
    SanctionState.OBJECTED: gettext_lazy("Keberatan atas sanksi diajukan"),
    SanctionState.APPEALED: gettext_lazy("Banding administratif atas sanksi diajukan"),
    SanctionState.UPHELD: gettext_lazy("Sanksi dikuatkan"),
    SanctionState.CHANGED: gettext_lazy("Sanksi diubah"),
    SanctionState.ANNULLED: gettext_lazy("Sanksi dibatalkan"),
    SanctionState.EXECUTED: gettext_lazy("Sanksi dilaksanakan"),
}


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """A running period: until when, and how it stands."""

    title: str
    due: str
    words: DueWords


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """A running period with its basis and the count day by day."""

    title: str
    due: str
    words: DueWords
    basis: str
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
    files: int


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
    hand_over: str
    number: str
    official_number: str
    office: Office
    clocks: tuple[ClockFacts, ...]
    timeline: tuple[TimelineEntry, ...]
    papers: tuple[Paper, ...]
    letters: tuple[Letter, ...]
    notice: Notice | None
    may_withdraw: bool
    may_identify: bool
    version: int


def tracking_page(*, entry: Report | Tip, clock: Clock) -> TrackingPage:
    """Return the page of a report or a tip, in one statement; a notice needs two more."""
    notice = _notice(entry)
    told = told_of(entry)
    return TrackingPage(
        status=_status(entry, told["step"]),
        next_words=_next_words(entry, told["step"]),
        hand_over=_hand_over(entry, told["clock"]),
        number=entry.receipt_number,
        official_number=entry.number if isinstance(entry, Report) else "",
        office=entry.office,
        clocks=tuple(_clock(row, entry.office, clock) for row in told["clock"]),
        timeline=tuple(_timeline(told["step"], entry.office)),
        papers=tuple(_papers(told["paper"], entry.office, notice)),
        letters=tuple(_letter(row, entry.office) for row in told["letter"]),
        notice=notice,
        may_withdraw=isinstance(entry, Report) and may_withdraw(entry),
        may_identify=isinstance(entry, Tip) and may_identify(entry),
        version=entry.version,
    )


def periods_page(*, entry: Report | Tip, clock: Clock) -> tuple[PeriodFacts, ...]:
    """Return each running period with its count day by day."""
    found = LegalClock.objects.in_bulk([int(row.key) for row in told_of(entry)["clock"]])
    return tuple(
        PeriodFacts(
            title=label(PeriodCode(row.code)),
            due=say_instant(row.due_at, entry.office.tz),
            words=due_words(due_at=row.due_at, now=clock.now, tz=entry.office.tz),
            basis=cited(rule_of(row).legal_basis),
            days=tuple(day_row(each) for each in explain(row)),
        )
        for row in sorted(found.values(), key=lambda row: (row.due_at, row.pk))
    )


def download_of(*, entry: Report | Tip, public_id: str) -> Document | None:
    """Return one of the documents on the page, or None."""
    shown = {paper.public_id for paper in _papers(papers_of(entry), entry.office, _notice(entry))}
    return Document.objects.get(public_id=public_id) if public_id in shown else None


def _status(entry: Report | Tip, steps: Sequence[Told]) -> str:
    told = [words for words in map(_public_label, reversed(steps)) if words]
    return told[0] if told else entry.get_state_display()


def _next_words(entry: Report | Tip, steps: Sequence[Told]) -> str:
    if any(step.kind == "referral_item" for step in steps):
        return _("Instansi tujuan menindaklanjutinya. Setiap langkah ditulis di halaman ini.")
    if any(step.code == CaseAction.DECIDE for step in steps):
        return ""
    if isinstance(entry, Tip):
        return _("Informasi awal ditelusuri oleh pengawas. Hasilnya ditulis di halaman ini.")
    return str(_NEXT.get(ReportState(entry.state), ""))


def _hand_over(entry: Report | Tip, clocks: Iterable[Told]) -> str:
    """Return until when identity and originals are to be shown while the office waits for them."""
    if entry.state != ReportState.SUBMITTED or not isinstance(entry, Report):
        return ""
    running = [row.at for row in clocks if row.code == PeriodCode.HAND_OVER]
    return say_instant(running[0], entry.office.tz) if running else ""


def _public_label(step: Told) -> str:
    """Return what everybody may read of a step; a closed statement stays closed (PP 42/2004)."""
    closed = step.body == SanctionClass.MORAL_CLOSED
    if step.kind == "sanction":
        return "" if closed else str(_SANCTION_NEWS[SanctionState(step.code)])
    if closed:
        return _("Tindak lanjut selesai")
    row = registry.for_subject(step.kind).by_action.get(step.code)
    return str(row.public_label) if row else ""


def _timeline(steps: Iterable[Told], office: Office) -> Iterable[TimelineEntry]:
    """Tell the public steps, newest first; several items at once are told once."""
    told: set[tuple[str, datetime]] = set()
    for step in reversed(list(steps)):
        words = _public_label(step)
        if not words or (words, step.at) in told:
            continue
        told.add((words, step.at))
        yield TimelineEntry(
            title=_("%(step)s (terlambat)") % {"step": words} if step.flag else words,
            at=_when(step, office),
            machine_at=step.at,
        )


def _when(step: Told, office: Office) -> str:
    """Say when; of what became of a sanction only the day is known."""
    if step.kind == "sanction":
        return say_day(step.at.astimezone(office.tz).date())
    return say_instant(step.at, office.tz)


def _clock(row: Told, office: Office, clock: Clock) -> ClockFacts:
    return ClockFacts(
        title=label(PeriodCode(row.code)),
        due=say_instant(row.at, office.tz),
        words=due_words(due_at=row.at, now=clock.now, tz=office.tz),
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
    # The paper names a requirement in Indonesian; whoever reads another language reads that here.
    return tuple(
        Missing(_(line["label"]) if line.get("label") else "", line.get("reason", ""))
        for line in content.get("missing", [])
    )


def _papers(rows: Iterable[Told], office: Office, notice: Notice | None) -> Iterable[Paper]:
    """Tell the documents, newest first; the notice itself only when it was opened."""
    closed = notice is not None and not notice.is_read
    for row in reversed(list(rows)):
        if closed and row.code == FormRole.NOTICE_OF_INCOMPLETENESS:
            continue
        at = say_short_instant(row.at, office.tz)
        # Official papers are in Indonesian; whoever reads English is told what kind of paper it is.
        title = label(FormRole(row.code)) if speaks_english() else row.body
        yield Paper(public_id=row.key, title=title, number=row.number, at=at)


def _letter(row: Told, office: Office) -> Letter:
    own = row.kind == Direction.FROM_PARTY
    return Letter(
        own=own,
        body=row.body,
        at=say_short_instant(row.at, office.tz),
        unread=not (own or row.flag),
        files=int(row.number),
    )
