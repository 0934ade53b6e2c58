"""Which workflow an agenda item decides in, and how an adopted item is carried out."""

from datetime import datetime
from typing import Any

from complaints.models import AgendaItem, AllegationResult
from complaints.services.afterwards import JUST_NOW, Afterwards
from complaints.workflow.case import CASE
from complaints.workflow.report import REPORT
from complaints.workflow.tip import TIP
from neutrality.audit.actor import Actor
from neutrality.casework.engine import apply_within
from neutrality.casework.models import Step
from neutrality.casework.workflow import StepContext, Workflow
from neutrality.law.clock import Clock
from neutrality.law.codes import PlenaryMatter


def workflow_of(item: AgendaItem) -> tuple[Workflow, int]:
    """Return the workflow and the subject that the item's action belongs to."""
    if item.report_id:
        return REPORT, item.report_id
    if item.tip_id:
        return TIP, item.tip_id
    return CASE, item.matter_id


def carry_out(
    *, item: AgendaItem, actor: Actor, clock: Clock, given: Afterwards = JUST_NOW
) -> Step:
    """Carry out an adopted item inside the caller's transaction, at the time of the decision.

    Raises:
        Refused: When a guard of the step says no; then the decision must not stand either.
    """
    if item.kind == PlenaryMatter.RESULT:
        write_results(item, given.at(clock))
    if item.kind == PlenaryMatter.REOPENING:
        withdraw_results(item, given.at(clock))
    workflow, subject_id = workflow_of(item)
    return apply_within(
        workflow=workflow,
        action=item.action,
        subject_id=subject_id,
        actor=actor,
        clock=clock,
        context=StepContext(
            reason=given.reasons(item.decision or item.proposal),
            occurred_at=given.occurred_at,
            source=given.source,
            second_person=given.second_person,
            data={"agenda_item": item.pk, **_without_results(item.payload), **given.numbers},
        ),
    )


def write_results(item: AgendaItem, decided_at: datetime) -> None:
    """Write what the plenary found for each allegation; several classes may hold at once."""
    AllegationResult.objects.bulk_create(
        AllegationResult(
            allegation_id=row["allegation"],
            outcome=outcome,
            agenda_item=item,
            reason=row.get("reason", ""),
            decided_at=decided_at,
        )
        for row in item.payload.get("results", [])
        for outcome in row["outcomes"]
    )


def withdraw_results(item: AgendaItem, decided_at: datetime) -> None:
    """Mark the former results as superseded; they stay in the history."""
    AllegationResult.objects.filter(
        allegation__matter_id=item.matter_id, superseded_at__isnull=True
    ).update(superseded_at=decided_at)


def _without_results(payload: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in payload.items() if key != "results"}
