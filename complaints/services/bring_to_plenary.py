"""Bring an assessed case to the plenary: the step, and the item that will give the results."""

from django.db import transaction

from complaints.codes import ItemOutcome
from complaints.models import AgendaItem, Allegation, Assessment, Conclusion, Matter
from complaints.services.propose_item import Proposal, propose_within
from complaints.workflow.actions import CaseAction
from complaints.workflow.case import CASE
from neutrality.audit.actor import Actor
from neutrality.casework.engine import apply_within
from neutrality.casework.workflow import StepContext
from neutrality.law.clock import Clock
from neutrality.law.codes import PlenaryMatter


@transaction.atomic(durable=True)
def bring_to_plenary(
    *, matter_id: int, proposal: str, expected_version: int | None, actor: Actor, clock: Clock
) -> AgendaItem:
    """Take the step and put the results that the assessment concludes on the agenda.

    An item that waits since the case was sent back is used again, with the new conclusions.

    Raises:
        Refused: As the step; the assessment must be approved.
    """
    # The item before the file, as who decides it does.
    waiting = AgendaItem.objects.select_for_update(of=("self",), no_key=True).filter(
        matter=matter_id, action=CaseAction.DECIDE, outcome=ItemOutcome.PENDING
    )
    item = waiting.first()
    apply_within(
        workflow=CASE,
        action=CaseAction.BRING_TO_PLENARY,
        subject_id=matter_id,
        actor=actor,
        clock=clock,
        context=StepContext(expected_version=expected_version),
    )
    matter = Matter.objects.select_related("office__region").get(pk=matter_id)
    payload = {"results": proposed_results(matter)}
    if item is not None:
        item.votes.all().delete()
        item.payload, item.proposal = payload, proposal
        item.save(update_fields=["payload", "proposal"])
        return item
    given = Proposal(
        kind=PlenaryMatter.RESULT, action=CaseAction.DECIDE, text=proposal, payload=payload
    )
    return propose_within(matter=matter, proposal=given, actor=actor, clock=clock)


def proposed_results(matter: Matter) -> list[dict[str, object]]:
    """Return what the latest assessment concludes on each allegation, as an item's results."""
    latest = Assessment.objects.filter(matter=matter).order_by("-version").first()
    concluded: dict[int, list[Conclusion]] = {}
    for row in Conclusion.objects.filter(assessment=latest).order_by("pk"):
        concluded.setdefault(row.allegation_id, []).append(row)
    return [
        {
            "allegation": pk,
            "outcomes": [row.outcome for row in concluded.get(pk, [])],
            "reason": "",
        }
        for pk in Allegation.objects.filter(matter=matter)
        .order_by("pk")
        .values_list("pk", flat=True)
    ]
