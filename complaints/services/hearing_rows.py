"""Locking a clarification session with its matter, and who may act on it."""

from complaints.models import ClarificationSession
from complaints.services.afterwards import JUST_NOW, Afterwards
from complaints.workflow.case import CASE
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.casework.refusals import RefusalCode, refuse
from neutrality.law.clock import Clock

HEARERS = (Role.HANDLER, Role.COMMISSIONER)


def locked_session(session_id: int) -> ClarificationSession:
    """Return the session with its row locked, and what its papers read joined."""
    rows = ClarificationSession.objects.select_for_update(of=("self",))
    joined = ("matter__office__region", "matter__contest__election", "party__matter", "held_by")
    return rows.select_related(*joined).get(pk=session_id)


def ask_for_hearer(*, session: ClarificationSession, actor: Actor, clock: Clock) -> str:
    """Return the role in which the actor holds sessions here, or refuse as if nothing were there."""
    role = actor.role_at(HEARERS, session.matter.office.ref())
    if role is None or CASE.adapter.excludes(session.matter, actor, clock):
        raise refuse(RefusalCode.NOT_YOURS)
    return role


def record_act(  # noqa: PLR0913 - an act has many sides
    what: str,
    session: ClarificationSession,
    *,
    actor: Actor,
    clock: Clock,
    given: Afterwards = JUST_NOW,
    role: str = "",
    before: str = "",
    after: str = "",
) -> None:
    """Write an act on a session into the matter's chain."""
    record(
        what=f"clarification.{what}",
        subject=session.matter.ref(),
        actor=actor,
        clock=clock,
        occurred_at=given.occurred_at,
        role=role,
        organisation=session.matter.office.ref(),
        before=before,
        after=after,
        data={"session": session.pk, **given.audited()},
    )
