"""What a correction of a case is about: the latest step, and the request that waits."""

from dataclasses import dataclass

from complaints.models import Matter
from complaints.workflow.case import CASE
from neutrality.casework.corrections import latest_step
from neutrality.casework.models import RequestKind, RequestState, SecondPersonRequest
from neutrality.casework.refusals import Refused
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
    """The step that a correction would void."""

    title: str
    at: str
    by: str


def open_correction(*, matter: Matter, user_id: int | None) -> CorrectionRow | None:
    """Return the request that waits, or None; one query."""
    row = (
        SecondPersonRequest.objects.filter(
            subject_kind=matter.ref().kind,
            subject_id=matter.pk,
            state=RequestState.OPEN,
            kind=RequestKind.CORRECTION,
        )
        .select_related("recorded_by")
        .first()
    )
    if row is None:
        return None
    return CorrectionRow(
        id=row.pk,
        by=row.recorded_by.name if row.recorded_by else "",
        reason=row.reason,
        asked=say_short_instant(row.recorded_at, matter.office.tz),
        own=row.recorded_by_id == user_id,
    )


def step_to_correct(*, matter: Matter) -> StepRow | None:
    """Return the latest step that stands, or None; one query."""
    try:
        step = latest_step(workflow=CASE, subject=matter)
    except Refused:
        return None
    row = CASE.by_action.get(step.action)
    return StepRow(
        title=row.label if row else step.action,
        at=say_short_instant(step.recorded_at, matter.office.tz),
        by=step.actor_label,
    )
