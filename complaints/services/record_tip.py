"""Record a tip: preliminary information that needs no named or timely reporter."""

from typing import Any

from django.db import transaction

from complaints.codes import TipState
from complaints.models import Tip
from complaints.services.case_rows import new_case, receipt_number
from complaints.services.draft_end import end_draft
from complaints.services.lodge import as_holder, first_due
from complaints.services.lodging import Lodging
from complaints.workflow.actions import TipAction
from complaints.workflow.tip import TIP
from neutrality.audit.actor import Actor
from neutrality.casework.engine import create_within
from neutrality.law.clock import Clock


@transaction.atomic(durable=True)
def record_tip(*, given: Lodging, actor: Actor, clock: Clock) -> Tip:
    """Write a tip with its file, code, service clock, receipt, audit and messages.

    Used for an informant without a name, for a report after the filing window, and where no
    contest runs. A named informant's identity is sealed like a reporter's.

    Raises:
        DraftEnded: The draft was sent before, from another window, or it expired.
    """
    return record_within(given=given, actor=actor, clock=clock)


def record_within(*, given: Lodging, actor: Actor, clock: Clock) -> Tip:
    """Write a tip in the caller's transaction; raises what `record_tip` raises."""
    rows = new_case(
        given=given, model=Tip, columns=_columns(given, clock), actor=actor, clock=clock
    )
    tip = rows.entry
    starts = TIP.get(TipAction.RECORD).starts
    tip.due_at = rows.matter.due_at = first_due(given=given, starts=starts, clock=clock)
    if given.draft_id is not None:
        end_draft(draft_id=given.draft_id, rows=rows, clock=clock)
    rows.write()
    assert isinstance(tip, Tip)  # noqa: S101 - what `new_case` was asked for
    _first_step(tip, given, actor, clock)
    return tip


def _columns(given: Lodging, clock: Clock) -> dict[str, Any]:
    return {
        "receipt_number": receipt_number(prefix="I", clock=clock),
        "state": TipState.RECORDED,
        "anonymous": given.reporter is None,
    }


def _first_step(tip: Tip, given: Lodging, actor: Actor, clock: Clock) -> None:
    create_within(
        workflow=TIP,
        action=TipAction.RECORD,
        subject=tip,
        actor=as_holder(actor=actor, party_ref=f"tip:{tip.pk}"),
        clock=clock,
        context=given.context(),
    )
