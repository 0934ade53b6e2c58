"""One PDF of many signed sheets: each page finds its person by its code, or waits for somebody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import pypdfium2
from django.db import transaction

from neutrality.accounts.actors import actor_of
from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.casework.refusals import RefusalCode, Refused
from neutrality.casework.workflow import SourceDocument
from neutrality.law.clock import Clock
from neutrality.vault.services import open_blob, seal_stream
from pledges.codes import TO_BE_READ, PageOutcome
from pledges.models import Ceremony, Obligation, PaperSheet, Round, ScanBatch, ScannedPage
from pledges.scanning import Unreadable, one_page, opened, page_count, sheet_code
from pledges.services.codes import sheet_digest
from pledges.services.record_paper import Paper, record_within
from pledges.workflow.refusals import PledgeRefusal, refuse

_READING: Final = "Membaca lembar pakta yang dipindai"
_SECOND: Final = frozenset({RefusalCode.BACKDATED_SECOND_PERSON_NEEDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What is uploaded: one PDF, when its sheets were signed, and why it comes late, if it does."""

    pdf: bytes
    number: str
    signed_at: datetime
    reason: str = ""
    ceremony: Ceremony | None = None


@transaction.atomic(durable=True)
def receive_scan(*, place: Round, scan: Scan, actor: Actor, clock: Clock) -> ScanBatch:
    """Seal the PDF and note its pages; `read_next` reads them in the background.

    Raises:
        Refused: When it is no PDF that can be read, or nobody in particular sent it.
    """
    try:
        pages = page_count(scan.pdf)
    except Unreadable as broken:
        raise refuse(PledgeRefusal.SCAN_UNREADABLE) from broken
    batch = ScanBatch.objects.create(
        round=place,
        ceremony=scan.ceremony,
        number=scan.number,
        signed_at=scan.signed_at,
        reason=scan.reason,
        source=seal_stream(source=[scan.pdf], clock=clock),
        pages=pages,
        uploaded_at=clock.now,
        uploaded_by_id=actor.user_id or 0,
    )
    ScannedPage.objects.bulk_create(
        ScannedPage(batch=batch, number=number) for number in range(1, pages + 1)
    )
    _record("pledge_scan.received", batch, actor, clock, pages=pages)
    return batch


def read_scan(*, batch_id: int, clock: Clock) -> int:
    """Read the pages that wait, each in a transaction of its own; return how many.

    Running it again, or twice at once, reads no page twice.
    """
    batch = _load(batch_id)
    uploader = actor_of(user=batch.uploaded_by, day=clock.today_in(batch.round.office.tz))
    pdf = source_of(batch, reason=_READING, actor=uploader, clock=clock)
    done = 0
    with opened(pdf) as document:
        for number in _waiting(batch):
            done += _read_page(batch, number, document, uploader, clock)
    ScanBatch.objects.filter(pk=batch_id, read_at=None).update(read_at=clock.now)
    return done


@transaction.atomic(durable=True)
def assign_page(
    *, batch: ScanBatch, number: int, obligation: Obligation, actor: Actor, clock: Clock
) -> ScannedPage:
    """Let a person say whose sheet a page is; it is recorded in that person's name.

    Raises:
        Refused: When the page is decided already, or the step is refused.
    """
    page = _locked(batch, number)
    pdf = source_of(batch, reason=_READING, actor=actor, clock=clock)
    with opened(pdf) as document:
        scan = one_page(document, number - 1)
    page.signature = record_within(
        paper=_paper(batch, obligation, scan, clock), actor=actor, clock=clock
    )
    page.outcome, page.note, page.obligation = PageOutcome.RECORDED, "", obligation
    _decide(page, actor, clock)
    return page


@transaction.atomic(durable=True)
def dismiss_page(
    *, batch: ScanBatch, number: int, reason: str, actor: Actor, clock: Clock
) -> ScannedPage:
    """Set a page aside, with a reason: a blank back, a sheet scanned twice.

    Raises:
        Refused: When the page is decided already.
    """
    page = _locked(batch, number)
    page.outcome, page.note = PageOutcome.DISMISSED, reason[:300]
    _decide(page, actor, clock)
    return page


@transaction.atomic(durable=True)
def confirm_time(*, batch: ScanBatch, actor: Actor, clock: Clock) -> ScanBatch:
    """Confirm as a second person when the sheets were signed; pages that waited are read again.

    Raises:
        Refused: When the same person uploaded them, or it is confirmed already.
    """
    held = ScanBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if held.uploaded_by_id == actor.user_id or held.confirmed_at is not None:
        raise refuse(PledgeRefusal.OWN_SCAN)
    held.confirmed_at, held.confirmed_by_id = clock.now, actor.user_id
    held.save(update_fields=["confirmed_at", "confirmed_by"])
    pages = ScannedPage.objects.filter(batch=held, outcome=PageOutcome.SECOND)
    pages.update(outcome=PageOutcome.WAITING)
    _record("pledge_scan.time_confirmed", held, actor, clock)
    return held


def source_of(batch: ScanBatch, *, reason: str, actor: Actor, clock: Clock) -> bytes:
    """Return the PDF that was uploaded; the opening is recorded."""
    return open_blob(
        blob_id=batch.source_id, reason=reason, subject=batch.ref(), actor=actor, clock=clock
    )


def _load(batch_id: int) -> ScanBatch:
    joined = ScanBatch.objects.select_related("round__office", "uploaded_by", "confirmed_by")
    return joined.get(pk=batch_id)


def _waiting(batch: ScanBatch) -> Iterator[int]:
    rows = ScannedPage.objects.filter(batch=batch, outcome=PageOutcome.WAITING)
    yield from list(rows.order_by("number").values_list("number", flat=True))


def _read_page(
    batch: ScanBatch,
    number: int,
    document: pypdfium2.PdfDocument,
    actor: Actor,
    clock: Clock,
) -> int:
    """Read one page; what is refused leaves a note and nothing else."""
    code = sheet_code(document, number - 1)
    sheet = _sheet(batch, code)
    try:
        with transaction.atomic(durable=True):
            page = _claim(batch, number)
            if page is None:
                return 0
            if sheet is None:
                _note(page, PageOutcome.UNREADABLE if code is None else PageOutcome.REFUSED)
                return 1
            page.obligation = sheet.obligation
            scan = one_page(document, number - 1)
            paper = _paper(batch, sheet.obligation, scan, clock, sheet=sheet)
            page.signature = record_within(paper=paper, actor=actor, clock=clock)
            _note(page, PageOutcome.RECORDED)
    except Refused as refused:
        _refused(batch, number, sheet, refused)
    return 1


def _sheet(batch: ScanBatch, code: str | None) -> PaperSheet | None:
    if code is None:
        return None
    rows = PaperSheet.objects.filter(round_id=batch.round_id, digest=sheet_digest(code))
    return rows.select_related("obligation__person", "obligation__round__text", "text").first()


def _claim(batch: ScanBatch, number: int) -> ScannedPage | None:
    rows = ScannedPage.objects.select_for_update(of=("self",), skip_locked=True)
    return rows.filter(batch=batch, number=number, outcome=PageOutcome.WAITING).first()


def _paper(
    batch: ScanBatch,
    obligation: Obligation,
    scan: bytes,
    clock: Clock,
    sheet: PaperSheet | None = None,
) -> Paper:
    tz = batch.round.office.tz
    second = batch.confirmed_by
    return Paper(
        obligation=obligation,
        scan=scan,
        sheet=SourceDocument(number=batch.number, dated_on=_day(batch.signed_at, tz)),
        signed_at=batch.signed_at,
        text_sha256=sheet.text.sha256 if sheet else obligation.round.text.sha256,
        reason=batch.reason,
        ceremony_id=batch.ceremony_id,
        second=actor_of(user=second, day=clock.today_in(tz)) if second else None,
    )


def _day(moment: datetime, tz: Any) -> date:  # noqa: ANN401  a zone
    return moment.astimezone(tz).date()


def _note(page: ScannedPage, outcome: PageOutcome, note: str = "") -> None:
    page.outcome, page.note = outcome, note[:300]
    page.save(update_fields=["outcome", "note", "obligation", "signature"])


def _refused(batch: ScanBatch, number: int, sheet: PaperSheet | None, refused: Refused) -> None:
    second = refused.refusal.code in _SECOND
    ScannedPage.objects.filter(batch=batch, number=number, outcome=PageOutcome.WAITING).update(
        outcome=PageOutcome.SECOND if second else PageOutcome.REFUSED,
        note=str(refused.refusal.sentence)[:300],
        obligation=sheet.obligation if sheet else None,
    )


def _locked(batch: ScanBatch, number: int) -> ScannedPage:
    rows = ScannedPage.objects.select_for_update(of=("self",))
    page = rows.filter(batch=batch, number=number, outcome__in=TO_BE_READ).first()
    if page is None:
        raise refuse(PledgeRefusal.PAGE_DECIDED)
    return page


def _decide(page: ScannedPage, actor: Actor, clock: Clock) -> None:
    page.decided_at, page.decided_by_id = clock.now, actor.user_id
    page.save()
    what = f"pledge_scan.page_{page.outcome.lower()}"
    _record(what, page.batch, actor, clock, page=page.number)


def _record(what: str, batch: ScanBatch, actor: Actor, clock: Clock, **data: int) -> None:
    record(
        what=what,
        subject=batch.ref(),
        actor=actor,
        clock=clock,
        data={"round": batch.round_id, **data},
    )
