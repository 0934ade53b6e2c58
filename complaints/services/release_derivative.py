"""Release a prepared copy for its audience, or decline it: the second person of the check."""

from typing import Final

from django.db import transaction

from complaints.codes import Audience, CustodyAct
from complaints.models import Derivative, Matter
from complaints.services import evidence_refusals as refusals
from complaints.services.custody import note_custody
from complaints.services.derivative_rows import (
    ask_for_role,
    comes_from_colleague,
    locked_copy,
    note_act,
)
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.law.clock import Clock

RELEASERS: Final = (Role.HANDLER, Role.COMMISSIONER, Role.SUPERVISOR)


@transaction.atomic(durable=True)
def release_derivative(
    *,
    derivative_id: int,
    audience: Audience,
    actor: Actor,
    clock: Clock,
    wording: str = "",
    colleague_checked: bool = False,
) -> Derivative:
    """Let a prepared copy leave the house for this audience; packages take only such copies.

    With `wording` the second person calls it otherwise than the first one did; with
    `colleague_checked` they say that they looked for what only colleagues could know.

    Raises:
        Refused: not theirs, the audience is another one, not prepared, decided before, asked
            by the person who prepared it, or a colleague told of it and nobody looked for that.
    """
    copy, role = _asked(derivative_id, audience, actor)
    more = colleague_check(matter=copy.evidence.matter, checked=colleague_checked)
    copy.released_at, copy.released_by_id = clock.now, actor.user_id
    copy.wording = wording.strip() or copy.wording
    copy.save(update_fields=["released_at", "released_by", "wording"])
    note_custody(
        act=CustodyAct.RELEASED,
        evidence=copy.evidence,
        derivative=copy,
        actor=actor,
        clock=clock,
        reason=audience.value,
    )
    note_act(what="evidence.release", copy=copy, role=role, actor=actor, clock=clock, more=more)
    return copy


@transaction.atomic(durable=True)
def decline_derivative(
    *, derivative_id: int, audience: Audience, reason: str, actor: Actor, clock: Clock
) -> Derivative:
    """Decline a prepared copy with a reason; it can be redacted and prepared anew.

    Raises:
        Refused: as `release_derivative`, or the reason is missing.
    """
    copy, role = _asked(derivative_id, audience, actor)
    if not reason.strip():
        raise Refused(refusals.DECLINE_REASON_NEEDED)
    copy.declined_at, copy.declined_by_id = clock.now, actor.user_id
    copy.decline_reason = reason.strip()
    copy.save(update_fields=["declined_at", "declined_by", "decline_reason"])
    note_custody(
        act=CustodyAct.DECLINED,
        evidence=copy.evidence,
        derivative=copy,
        actor=actor,
        clock=clock,
        reason=copy.decline_reason,
    )
    note_act(what="evidence.decline", copy=copy, role=role, actor=actor, clock=clock)
    return copy


def colleague_check(*, matter: Matter | None, checked: bool) -> dict[str, str]:
    """Return what the audit keeps of the check that is due where a colleague told of the act.

    Raises:
        Refused: it is due and was not made.
    """
    if matter is None or not comes_from_colleague(matter):
        return {}
    if not checked:
        raise Refused(refusals.COLLEAGUE_CHECK_NEEDED)
    return {"colleague_check": "made"}


def _asked(derivative_id: int, audience: Audience, actor: Actor) -> tuple[Derivative, str]:
    copy = locked_copy(derivative_id)
    role = ask_for_role(copy=copy, roles=RELEASERS, actor=actor)
    if copy.audience != audience:
        raise refuse(RefusalCode.STALE)
    if copy.audience == Audience.STAFF or copy.made_by_id is None:
        raise Refused(refusals.NOT_PREPARED)
    if copy.released_at or copy.declined_at:
        raise Refused(refusals.DECIDED_BEFORE)
    if copy.made_by_id == actor.user_id:
        raise Refused(refusals.SECOND_PERSON_NEEDED)
    return copy, role
