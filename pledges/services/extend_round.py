"""Extending a round: a later end, with a reason that stays."""

from datetime import datetime

from django.db import transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.law.clock import Clock
from pledges.codes import RoundChangeKind
from pledges.locks import round_to_change
from pledges.models import Obligation, Round, RoundChange
from pledges.workflow.refusals import PledgeRefusal, refuse


@transaction.atomic(durable=True)
def extend_round(
    *, round_id: int, closes_at: datetime, reason: str, actor: Actor, clock: Clock
) -> Round:
    """Move the end of a running round to a later instant, for everybody who has not signed.

    Raises:
        Refused: When the round is closed, or the instant is not later.
    """
    place = round_to_change(round_id=round_id)
    if place.closed_at is not None:
        raise refuse(PledgeRefusal.ROUND_CLOSED)
    if closes_at <= place.closes_at:
        raise refuse(PledgeRefusal.NOT_LATER)
    RoundChange.objects.create(
        round=place,
        kind=RoundChangeKind.EXTENDED,
        changed_at=clock.now,
        changed_by_id=actor.user_id,
        reason=reason,
        closed_before=place.closes_at,
        closes_after=closes_at,
        text_before_id=place.text_id,
        text_after_id=place.text_id,
    )
    place.closes_at = closes_at
    place.save(update_fields=["closes_at"])
    Obligation.objects.filter(round=place).update(due_at=closes_at)
    record(
        what="pledge_round.extended",
        subject=place.ref(),
        actor=actor,
        clock=clock,
        organisation=place.agency.ref(),
        data={"closes_at": closes_at.isoformat()},
    )
    return place
