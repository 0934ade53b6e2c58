"""Excuse lateness by an outage: a person's decision, with reasons, which can be taken back."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.db.models import QuerySet

from complaints.codes import ReportState
from complaints.models import CompletionRequest, LateExcuse, Report
from complaints.services.office_roles import REVIEWERS, locked, note
from complaints.workflow import refusals
from neutrality.audit.actor import Actor
from neutrality.casework.models import ClockState, LegalClock
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.law.books import outages_between
from neutrality.law.clock import Clock
from neutrality.law.codes import PeriodCode
from neutrality.law.models import Outage

UNDECIDED = frozenset(
    {
        ReportState.SUBMITTED,
        ReportState.RECEIVED,
        ReportState.INITIAL_REVIEW,
        ReportState.AWAITING_COMPLETION,
        ReportState.TRANSFERRED,
    }
)


@dataclass(frozen=True, slots=True)
class Lateness:
    """Something that came late: the filing itself, or without it one completion."""

    completion: CompletionRequest | None
    due_at: datetime
    came_at: datetime


def latenesses(*, report: Report) -> tuple[Lateness, ...]:
    """Return what came late to this report and is not excused; two queries at most."""
    found = []
    if report.late and report.window_due_at:
        found.append(Lateness(None, report.window_due_at, report.submitted_at))
    for row in CompletionRequest.objects.filter(report=report, late=True).order_by("asked_at"):
        due_at = _completion_due(report, row)
        if due_at and row.answered_at:
            found.append(Lateness(row, due_at, row.answered_at))
    return tuple(found)


def outages_of(*, report: Report, late: Lateness) -> QuerySet[Outage]:
    """Return the outages of the area between the last day of the period and the arrival."""
    tz = report.office.tz
    last_day = late.due_at.astimezone(tz).date()
    first = datetime.combine(last_day, time.min, tzinfo=tz)
    return outages_between(area_codes=report.office.area_codes, first=first, last=late.came_at)


@transaction.atomic(durable=True)
def excuse_late(
    *,
    report: Report,
    completion_id: int | None,
    outage_id: int,
    reason: str,
    actor: Actor,
    clock: Clock,
) -> LateExcuse:
    """Say that it counts as in time, because of this outage.

    Raises:
        Refused: Not of this office, decided already, not late, no reason, or an outage that did
            not touch the last day or what followed until the arrival.
    """
    row = locked(report)
    note("report.excuse_late", row, *REVIEWERS, actor=actor, clock=clock, outage=outage_id)
    if row.state not in UNDECIDED:
        raise refuse(RefusalCode.WRONG_STATE)
    late = next((each for each in latenesses(report=row) if _key(each) == completion_id), None)
    if late is None:
        raise Refused(refusals.NOT_LATE)
    if not reason.strip():
        raise refuse(RefusalCode.REASON_NEEDED)
    outage = outages_of(report=row, late=late).filter(pk=outage_id).first()
    if outage is None:
        raise Refused(refusals.OUTAGE_ELSEWHERE)
    _set_late(row, late.completion, late=False)
    return LateExcuse.objects.create(
        report=row,
        completion=late.completion,
        outage=outage,
        reason=reason.strip(),
        excused_at=clock.now,
        excused_by_id=actor.user_id,
    )


@transaction.atomic(durable=True)
def withdraw_excuse(
    *, report: Report, excuse_id: int, reason: str, actor: Actor, clock: Clock
) -> LateExcuse:
    """Take an excuse back; it is late again.

    Raises:
        Refused: Not of this office, decided already, no reason, or taken back before.
    """
    row = locked(report)
    note("report.withdraw_excuse", row, *REVIEWERS, actor=actor, clock=clock, excuse=excuse_id)
    excuse = LateExcuse.objects.filter(pk=excuse_id, report=row, withdrawn_at__isnull=True).first()
    if excuse is None:
        raise refuse(RefusalCode.ALREADY_DECIDED)
    if row.state not in UNDECIDED:
        raise refuse(RefusalCode.WRONG_STATE)
    if not reason.strip():
        raise refuse(RefusalCode.REASON_NEEDED)
    _set_late(row, excuse.completion, late=True)
    excuse.withdrawn_at, excuse.withdrawn_by_id = clock.now, actor.user_id
    excuse.withdrawal_reason = reason.strip()
    excuse.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    return excuse


def _key(late: Lateness) -> int | None:
    return late.completion.pk if late.completion else None


def _set_late(report: Report, completion: CompletionRequest | None, *, late: bool) -> None:
    if completion is None:
        Report.objects.filter(pk=report.pk).update(late=late)
    else:
        CompletionRequest.objects.filter(pk=completion.pk).update(late=late)


def _completion_due(report: Report, row: CompletionRequest) -> datetime | None:
    """Return when the period of this completion ended, by the clock that it stopped late."""
    clocks = LegalClock.objects.filter(
        subject_kind="report",
        subject_id=report.pk,
        code=PeriodCode.COMPLETION,
        state=ClockState.LATE,
        started_at__gte=row.asked_at,
    )
    return clocks.order_by("started_at").values_list("due_at", flat=True).first()
