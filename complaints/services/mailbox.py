"""The mailbox of a code: found, read, a notice taken note of."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from complaints.codes import Channel, Direction, ReportState
from complaints.models import AccessCode, Delivery, Message, Party, Report, Tip
from complaints.services.codes import SecretCode
from complaints.workflow.base import refresh_due
from complaints.workflow.report import REPORT
from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.casework.clocks import start_clock, stop_clocks
from neutrality.documents.models import Document, DocumentState
from neutrality.law.clock import Clock
from neutrality.law.codes import FormRole, PeriodCode


def find_code(*, code: SecretCode) -> AccessCode | None:
    """Return the code's row when it opens a report or a tip, or None."""
    return _usable().filter(digest=code.digest()).first()


def note_use(*, code_id: int, clock: Clock) -> None:
    """Remember when a code was last used."""
    AccessCode.objects.filter(pk=code_id).update(last_used_at=clock.now)


@transaction.atomic(durable=True)
def mark_read(*, entry: Report | Tip, clock: Clock, until: datetime | None = None) -> int:
    """Mark the office's messages as read by their addressee; return how many were new.

    What came after `until`, when the page was made, stays new.
    """
    side = Q(report=entry) if isinstance(entry, Report) else Q(tip=entry)
    return Message.objects.filter(
        side,
        direction=Direction.FROM_OFFICE,
        read_at__isnull=True,
        sent_at__lte=until or clock.now,
    ).update(read_at=clock.now)


@transaction.atomic(durable=True)
def take_notice(*, report_id: int, actor: Actor, clock: Clock) -> Delivery | None:
    """Record that the reporter has read the notice of incompleteness in the portal.

    The notice was given in time, or not, and the period of completion runs from this receipt. Read
    twice, it was received once. None when there is no notice.
    """
    report: Report = REPORT.adapter.lock(report_id)
    notice = open_notice(report)
    if report.state != ReportState.AWAITING_COMPLETION or notice is None:
        return None
    delivery = _delivery(report, notice)
    if delivery.received_at is not None:
        return delivery
    delivery.received_at, delivery.proof = clock.now, "Dibaca di halaman pelacakan"
    delivery.save(force_insert=delivery.pk is None)
    adapter = REPORT.adapter
    stop_clocks(subject=report.ref(), codes=[PeriodCode.NOTIFY_INCOMPLETE], stopped_at=clock.now)
    start_clock(
        rule=adapter.rulebook(report, clock).period(PeriodCode.COMPLETION),
        subject=report.ref(),
        organisation=adapter.organisation(report),
        calendar=adapter.calendar(report),
        started_at=clock.now,
    )
    refresh_due(report)
    record(
        what="notice.received",
        subject=report.ref(),
        actor=actor,
        clock=clock,
        data={"document": notice.pk, "delivery": delivery.pk},
    )
    return delivery


def open_notice(report: Report) -> Document | None:
    """Return the latest notice of incompleteness that is in force."""
    return (
        Document.objects.filter(
            subject_kind="report",
            subject_id=report.pk,
            role=FormRole.NOTICE_OF_INCOMPLETENESS,
            state=DocumentState.FINAL,
        )
        .order_by("-issued_at", "-id")
        .first()
    )


def _delivery(report: Report, notice: Document) -> Delivery:
    """Return the delivery over the portal, or any that was received before; else a new one."""
    rows = Delivery.objects.filter(document=notice).order_by("received_at", "pk")
    known = rows.filter(received_at__isnull=False).first()
    known = known or rows.filter(channel=Channel.PORTAL).first()
    return known or Delivery(
        document=notice,
        matter_id=report.matter_id,
        party=Party.objects.filter(report=report, kind="REPORTER").first(),
        channel=Channel.PORTAL,
        sent_at=notice.issued_at,
    )


def _usable() -> QuerySet[AccessCode]:
    return AccessCode.objects.filter(revoked_at__isnull=True).exclude(
        report__isnull=True, tip__isnull=True
    )
