"""Everything on the page of one report."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from complaints.codes import ItemOutcome, ReporterKind, ReportState, Verdict
from complaints.models import (
    AgendaItem,
    CompletionRequest,
    Delivery,
    LateExcuse,
    Report,
    RequirementCheck,
    Tip,
)
from complaints.selectors.file_facts import FileFacts, file_facts
from complaints.selectors.file_parts import (
    ClockRow,
    LetterRow,
    PaperRow,
    clock_rows,
    history,
    letters,
    open_clocks,
    papers,
    tone_of,
)
from complaints.workflow.report import REPORT
from neutrality.audit.record import SubjectRef
from neutrality.casework.models import LegalClock
from neutrality.documents.models import Document, DocumentState
from neutrality.law.citations import cited
from neutrality.law.clock import Clock
from neutrality.law.codes import FormRole, PlenaryMatter, RequirementKind
from neutrality.law.labels import label
from neutrality.law.reader import speaks_english
from neutrality.law.requirements import Requirement
from neutrality.ui.dates import say_instant, say_short_day, say_short_instant
from neutrality.ui.parts import SummaryRow, TimelineEntry


@dataclass(frozen=True, slots=True)
class Header:
    """What stands at the top of a file."""

    state: str
    tone: str
    office: str
    facts: tuple[SummaryRow, ...]


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One requirement with its verdict in this round, or the one of the round before."""

    code: str
    kind: str
    name: str
    help: str
    basis: str
    is_mandatory: bool
    verdict: str
    verdict_label: str
    tone: str
    reason: str
    is_old: bool
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PendingItem:
    """A decision of the plenary on this entry: waiting, or how it was decided."""

    public_id: str
    title: str
    proposal: str
    proposed: str
    outcome: str
    tone: str
    is_pending: bool
    may_coordinate: bool


@dataclass(frozen=True, slots=True)
class CompletionRow:
    """What the reporter was asked for, and what came back."""

    asked: str
    missing: tuple[str, ...]
    answer: str
    answered: str
    late: bool


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The page of a report, ready to be shown."""

    header: Header
    clocks: tuple[ClockRow, ...]
    raw_clocks: tuple[LegalClock, ...]
    facts: FileFacts
    checks: tuple[CheckRow, ...]
    items: tuple[PendingItem, ...]
    completions: tuple[CompletionRow, ...]
    history: tuple[TimelineEntry, ...]
    papers: tuple[PaperRow, ...]
    letters: tuple[LetterRow, ...]
    undelivered: tuple[PaperRow, ...]


def report_page(*, report: Report, reads_identity: bool, clock: Clock) -> ReportPage:
    """Return the page in a constant number of queries, whatever the report holds."""
    tz = report.office.tz
    refs = _refs(report)
    clocks = open_clocks(refs=refs)
    found = papers(matter_id=report.matter_id, tz=tz, reads_identity=reads_identity)
    return ReportPage(
        header=_header(report),
        clocks=clock_rows(clocks=clocks, tz=tz, clock=clock),
        raw_clocks=tuple(row for row in clocks if row.subject_kind == "report"),
        facts=file_facts(
            matter=report.matter, rulebook=REPORT.adapter.rulebook(report, clock), tz=tz
        ),
        checks=tuple(check_rows(report=report, clock=clock)),
        items=tuple(pending_items(report, clock)),
        completions=tuple(_completions(report)),
        history=history(refs=refs, tz=tz),
        papers=found,
        letters=letters(entry=report),
        undelivered=tuple(_undelivered(report, found)),
    )


def check_rows(*, report: Report, clock: Clock) -> Iterable[CheckRow]:
    """Yield the requirements of the law in force with their verdicts; one query."""
    rounds = (report.review_round - 1, report.review_round)
    made = RequirementCheck.objects.filter(report=report, review_round__in=rounds)
    return judged_rows(report=report, made=made.order_by("review_round"), clock=clock)


def judged_rows(
    *, report: Report, made: Iterable[RequirementCheck], clock: Clock
) -> Iterable[CheckRow]:
    """Yield the requirements with the last of these verdicts on each, given round by round."""
    verdicts = {row.code: row for row in made}
    for each in REPORT.adapter.rulebook(report, clock).requirements():
        yield _check(each, verdicts.get(each.code), report.review_round)


def pending_items(entry: Report | Tip, clock: Clock) -> Iterable[PendingItem]:
    """Yield the agenda items on this entry, newest first; one query."""
    side = "report" if isinstance(entry, Report) else "tip"
    rows = AgendaItem.objects.filter(**{side: entry}).select_related("meeting")
    book = REPORT.adapter.rulebook(entry, clock)
    for row in rows.order_by("-proposed_at", "-pk"):
        yield PendingItem(
            public_id=row.public_id,
            title=row.get_kind_display(),
            proposal=row.proposal,
            proposed=say_short_instant(row.proposed_at, entry.office.tz),
            outcome=row.get_outcome_display(),
            tone={"PENDING": "waiting", "ADOPTED": "success"}.get(row.outcome, "neutral"),
            is_pending=row.outcome == ItemOutcome.PENDING,
            may_coordinate=row.outcome == ItemOutcome.PENDING
            and book.may_coordinate(PlenaryMatter(row.kind)),
        )


def reporter_line(report: Report) -> str:
    """Say who reports, without a name."""
    parts = [str(ReporterKind(report.reporter_kind).label)]
    if report.coworker:
        parts.append(knows_respondent())
    if report.confidential:
        parts.append(_("identitas dirahasiakan"))
    return "; ".join(parts)


def knows_respondent() -> str:
    """Say of a reporter or informant that the respondent could guess who they are."""
    return _("rekan atau kenalan terlapor, sekarang atau dulu")


def _refs(report: Report) -> tuple[SubjectRef, ...]:
    return report.ref(), SubjectRef("matter", report.matter_id)


def _header(report: Report) -> Header:
    tz = report.office.tz
    checked = report.get_identity_check_display() if report.identity_check else ""
    rows = [
        SummaryRow(_("Nomor laporan"), report.number or _("Belum diberi nomor")),
        SummaryRow(_("Nomor sementara"), report.receipt_number),
        SummaryRow(_("Nomor registrasi"), report.register_number),
        SummaryRow(_("Masuk"), f"{say_instant(report.submitted_at, tz)}; {report.get_source_display()}"),
        SummaryRow(_("Diketahui pelapor"), say_short_day(report.known_on) if report.known_on else ""),
        SummaryRow(_("Pemilihan"), report.contest.name if report.contest else _("Belum ditentukan")),
        SummaryRow(_("Pelapor"), reporter_line(report)),
        SummaryRow(_("Ditandatangani"), str(report.get_signature_display())),
        SummaryRow(_("Pemeriksaan identitas"), str(checked)),
        SummaryRow(_("Keterlambatan dimaafkan"), _excused(report)),
    ]  # fmt: skip
    return Header(
        state=report.get_state_display(),
        tone=tone_of(report.state),
        office=report.office.name,
        facts=tuple(row for row in rows if row.value),
    )


def _excused(report: Report) -> str:
    """Say by which outage a filing after the window was excused; asked only where it was late."""
    if report.late or report.window_due_at is None or report.submitted_at <= report.window_due_at:
        return ""
    rows = LateExcuse.objects.filter(report=report, withdrawn_at__isnull=True).order_by("pk")
    return "\n".join(
        f"{system}: {reason}" for system, reason in rows.values_list("outage__system", "reason")
    )


def _check(row: Requirement, made: RequirementCheck | None, review_round: int) -> CheckRow:
    verdict = made.verdict if made else ""
    english = speaks_english()
    return CheckRow(
        code=row.code,
        kind=label(RequirementKind(row.kind)),
        name=row.name_en if english else row.name_id,
        help=row.help_en if english else row.help_id,
        basis=cited(row.legal_basis),
        is_mandatory=row.is_mandatory,
        verdict=verdict,
        verdict_label=str(Verdict(verdict).label) if verdict else _("Belum dinilai"),
        tone={"MET": "success", "NOT_MET": "danger"}.get(verdict, "neutral"),
        reason=made.reason if made else "",
        is_old=made is not None and made.review_round != review_round,
        evidence=tuple(made.evidence) if made else (),
    )


def _completions(report: Report) -> Iterable[CompletionRow]:
    tz = report.office.tz
    for row in CompletionRequest.objects.filter(report=report).order_by("-asked_at"):
        yield CompletionRow(
            asked=say_short_instant(row.asked_at, tz),
            missing=tuple(row.missing),
            answer=row.answer,
            answered=say_short_instant(row.answered_at, tz) if row.answered_at else "",
            late=row.late,
        )


def _undelivered(report: Report, found: Iterable[PaperRow]) -> Iterable[PaperRow]:
    """Yield the notices whose receipt is not recorded; asked only while one may wait."""
    if report.state != ReportState.AWAITING_COMPLETION:
        return
    received = Delivery.objects.filter(received_at__isnull=False).values("document")
    waiting = Document.objects.filter(
        subject_kind="report",
        subject_id=report.pk,
        role=FormRole.NOTICE_OF_INCOMPLETENESS,
        state=DocumentState.FINAL,
    ).exclude(pk__in=received.filter(matter_id=report.matter_id))
    names = {str(each) for each in waiting.values_list("public_id", flat=True)}
    yield from (row for row in found if row.public_id in names)
