"""Propose to the plenary what changes a running case: an extension, or opening it again."""

from typing import Final

from complaints.models import AgendaItem, Matter
from complaints.services.propose_item import Proposal, propose_item
from complaints.workflow import refusals
from complaints.workflow.actions import CaseAction
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.law.clock import Clock
from neutrality.law.codes import PlenaryMatter
from neutrality.organisations.models import Office

PROPOSERS: Final = (Role.HANDLER, Role.COMMISSIONER, Role.SUPERVISOR)
KINDS: Final = {
    CaseAction.EXTEND: PlenaryMatter.EXTENSION,
    CaseAction.REOPEN: PlenaryMatter.REOPENING,
}


def propose_step(
    *, matter: Matter, action: CaseAction, reason: str, actor: Actor, clock: Clock
) -> AgendaItem:
    """Put an extension or a reopening on the agenda, with the reason as the proposal.

    Raises:
        Refused: Without a reason, of a second extension, and as `propose_item`.
    """
    if not reason.strip():
        raise refuse(RefusalCode.REASON_NEEDED)
    if action == CaseAction.EXTEND and _was_extended(matter):
        raise Refused(refusals.EXTENDED_BEFORE)
    proposal = Proposal(kind=KINDS[action], action=action, text=reason.strip())
    return propose_item(matter=matter, proposal=proposal, actor=actor, clock=clock)


def _was_extended(matter: Matter) -> bool:
    """Whether the handling was extended since the case was last opened; one query."""
    return Matter.objects.filter(pk=matter.pk, extended_at__isnull=False).exists()


def propose_takeover(*, matter: Matter, reason: str, actor: Actor, clock: Clock) -> AgendaItem:
    """Put the takeover of a file on the agenda of the nearest office above where the actor works.

    Raises:
        Refused: Without a reason, from no office above, and as `propose_item`.
    """
    if not reason.strip():
        raise refuse(RefusalCode.REASON_NEEDED)
    taker = office_above(path=matter.office_path, actor=actor)
    if taker is None:
        raise Refused(refusals.NOT_ABOVE)
    proposal = Proposal(
        kind=PlenaryMatter.TAKEOVER,
        action=CaseAction.TAKE_OVER,
        text=reason.strip(),
        payload={"office": taker.pk},
        office=taker,
    )
    return propose_item(matter=matter, proposal=proposal, actor=actor, clock=clock)


def office_above(*, path: str, actor: Actor) -> Office | None:
    """Return the nearest office strictly above this path where the actor works; one query."""
    steps = path.split("/")
    above = ["/".join(steps[:depth]) for depth in range(1, len(steps))]
    rows = Office.objects.select_related("region").filter(path__in=above)
    near = sorted(rows, key=lambda office: len(office.path), reverse=True)
    return next((row for row in near if actor.role_at(PROPOSERS, row.ref())), None)
