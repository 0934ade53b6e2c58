"""Record that a document was handed over, and when it was received: periods run from receipt."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from complaints.codes import Channel, ReportState
from complaints.models import Delivery, Party, Report
from complaints.services.mailbox import open_notice
from complaints.services.office_roles import CLERKS, note
from complaints.workflow import refusals
from complaints.workflow.base import refresh_due
from complaints.workflow.report import REPORT
from neutrality.audit.actor import Actor
from neutrality.casework.clocks import start_clock, stop_clocks
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.documents.models import Document
from neutrality.law.clock import Clock
from neutrality.law.codes import PeriodCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """How a document went to the reporter; `received_at` None while the proof is outstanding."""

    channel: Channel
    sent_at: datetime
    received_at: datetime | None = None
    proof: str = ""


@transaction.atomic(durable=True)
def record_delivery(
    *, report_id: int, document: Document, handover: Handover, actor: Actor, clock: Clock
) -> Delivery:
    """Write the delivery of a report's document to the reporter.

    For the notice of incompleteness the sending stops the clock of the notice, and the receipt
    starts the clock of the completion (Perbawaslu 7/2022 art. 15, 16). A receipt that follows a
    recorded sending over the same channel completes it.

    Raises:
        Refused: Not of this office, times that cannot be, a receipt without proof, or one that
            is recorded already.
    """
    report: Report = REPORT.adapter.lock(report_id)
    note("document.deliver", report, *CLERKS, actor=actor, clock=clock, document=document.pk)
    _check(document, handover, clock)
    delivery = _sent_before(document, handover) or Delivery(
        document=document,
        matter_id=report.matter_id,
        party=Party.objects.filter(report=report, kind="REPORTER").first(),
        channel=handover.channel,
        sent_at=handover.sent_at,
        sent_by_id=actor.user_id,
    )
    delivery.received_at, delivery.proof = handover.received_at, handover.proof.strip()
    delivery.save(force_insert=delivery.pk is None)
    if document == open_notice(report):  # that of an earlier round moves no clock of this one
        _run_clocks(report, handover, clock)
    return delivery


def _check(document: Document, handover: Handover, clock: Clock) -> None:
    received = handover.received_at
    if max(handover.sent_at, received or handover.sent_at) > clock.now:
        raise refuse(RefusalCode.IN_THE_FUTURE)
    if handover.sent_at < document.issued_at or (received and received < handover.sent_at):
        raise Refused(refusals.DELIVERY_TIMES)
    if received and not handover.proof.strip():
        raise Refused(refusals.NO_PROOF)
    if Delivery.objects.filter(document=document, received_at__isnull=False).exists():
        raise Refused(refusals.DELIVERED_BEFORE)


def _sent_before(document: Document, handover: Handover) -> Delivery | None:
    waiting = Delivery.objects.select_for_update(of=("self",)).filter(
        document=document, channel=handover.channel, received_at__isnull=True
    )
    return waiting.order_by("pk").first() if handover.received_at else None


def _run_clocks(report: Report, handover: Handover, clock: Clock) -> None:
    stop_clocks(
        subject=report.ref(), codes=(PeriodCode.NOTIFY_INCOMPLETE,), stopped_at=handover.sent_at
    )
    if handover.received_at and report.state == ReportState.AWAITING_COMPLETION:
        adapter = REPORT.adapter
        start_clock(
            rule=adapter.rulebook(report, clock).period(PeriodCode.COMPLETION),
            subject=report.ref(),
            organisation=adapter.organisation(report),
            calendar=adapter.calendar(report),
            started_at=handover.received_at,
        )
    refresh_due(report)
