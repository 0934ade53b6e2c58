"""Propose to the plenary what changes a running case: an extension, or opening it again."""

from typing import Final

from complaints.models import AgendaItem, Matter
from complaints.services.propose_item import Proposal, propose_item
from complaints.workflow.actions import CaseAction
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import RefusalCode, refuse
from neutrality.law.clock import Clock
from neutrality.law.codes import PlenaryMatter

KINDS: Final = {
    CaseAction.EXTEND: PlenaryMatter.EXTENSION,
    CaseAction.REOPEN: PlenaryMatter.REOPENING,
}


def propose_step(
    *, matter: Matter, action: CaseAction, reason: str, actor: Actor, clock: Clock
) -> AgendaItem:
    """Put an extension or a reopening on the agenda, with the reason as the proposal.

    Raises:
        Refused: Without a reason, and as `propose_item`.
    """
    if not reason.strip():
        raise refuse(RefusalCode.REASON_NEEDED)
    proposal = Proposal(kind=KINDS[action], action=action, text=reason.strip())
    return propose_item(matter=matter, proposal=proposal, actor=actor, clock=clock)
