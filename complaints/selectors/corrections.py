"""What a correction is about: the latest step, why it may not be voided, the request that waits."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from complaints.selectors.file_parts import asked
from neutrality.audit.record import SubjectRef
from neutrality.casework.adapter import Tracked
from neutrality.casework.corrections import correction_refusal, latest_step
from neutrality.casework.models import RequestKind, RequestState, SecondPersonRequest
from neutrality.casework.refusals import Refused
from neutrality.casework.workflow import Workflow
from neutrality.law.clock import Clock
from neutrality.ui.dates import say_short_instant


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A correction that waits for a second person."""

    id: int
    by: str
    reason: str
    asked: str
    own: bool


@dataclass(frozen=True, slots=True)
class StepRow:
    """The step that a correction would void, and why it cannot be (empty: it can)."""

    title: str
    at: str
    by: str
    refusal: str


def open_correction(*, ref: SubjectRef, tz: ZoneInfo, user_id: int | None) -> CorrectionRow | None:
    """Return the request that waits on this subject, or None; one query."""
    row = next(iter(asked(_open_corrections, [ref])), None)
    if row is None:
        return None
    return CorrectionRow(
        id=row.pk,
        by=row.recorded_by.name if row.recorded_by else "",
        reason=row.reason,
        asked=say_short_instant(row.recorded_at, tz),
        own=row.recorded_by_id == user_id,
    )


def _open_corrections(about: Q) -> QuerySet[SecondPersonRequest]:
    rows = SecondPersonRequest.objects.filter(
        about, state=RequestState.OPEN, kind=RequestKind.CORRECTION
    )
    return (
        rows.select_related("recorded_by")
        .only("reason", "recorded_at", "recorded_by__name")
        .order_by("pk")
    )


def step_to_correct(*, workflow: Workflow, subject: Tracked, clock: Clock) -> StepRow | None:
    """Return the latest step that stands, or None."""
    try:
        step = latest_step(workflow=workflow, subject=subject)
    except Refused:
        return None
    row = workflow.by_action.get(step.action)
    refused = correction_refusal(workflow=workflow, subject=subject, step=step, clock=clock)
    return StepRow(
        title=row.label if row else step.action,
        at=say_short_instant(step.recorded_at, workflow.adapter.calendar(subject).tz),
        by=step.actor_label,
        refusal=str(refused.sentence) if refused else "",
    )
