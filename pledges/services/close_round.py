"""Closing a round: its figures freeze; who was invited and did not sign lapses afterwards."""

from typing import Final

from django.db import connection, transaction

from neutrality.audit.actor import SYSTEM, Actor
from neutrality.audit.record import record
from neutrality.casework.engine import apply_within
from neutrality.law.clock import Clock
from pledges.codes import ObligationState
from pledges.locks import have_round_alone
from pledges.models import Obligation, Round
from pledges.selectors.text_changes import behind_the_text, had_another_text
from pledges.workflow.actions import ObligationAction
from pledges.workflow.obligation import OBLIGATION
from pledges.workflow.refusals import PledgeRefusal, refuse

BATCH: Final = 200
_FREEZE: Final = """
    INSERT INTO pledges_frozencount (round_id, unit_id, state, number)
    SELECT round_id, unit_now_id,
           CASE state WHEN 'INVITED' THEN 'LAPSED' ELSE state END, count(*)
    FROM pledges_obligation WHERE round_id = %s GROUP BY 1, 2, 3
"""


@transaction.atomic(durable=True)
def close_round(*, round_id: int, actor: Actor, clock: Clock) -> Round:
    """Close the round once nobody is in the middle of a step, and keep its figures.

    Signing stays possible afterwards; it is late and moves none of these figures.

    Raises:
        Refused: When it is closed already, or when somebody who signed an earlier text has not been
            asked again yet: the figures would keep them as signed for good.
    """
    have_round_alone(round_id=round_id)
    place = Round.objects.select_related("agency").select_for_update(of=("self",)).get(pk=round_id)
    if place.closed_at is not None:
        raise refuse(PledgeRefusal.ROUND_CLOSED)
    if had_another_text(place=place) and behind_the_text(round_id).exists():
        raise refuse(PledgeRefusal.ASKING_AGAIN)
    place.closed_at, place.closed_by_id = clock.now, actor.user_id
    place.save(update_fields=["closed_at", "closed_by"])
    with connection.cursor() as cursor:
        cursor.execute(_FREEZE, [round_id])
    record(
        what="pledge_round.closed",
        subject=place.ref(),
        actor=actor,
        clock=clock,
        organisation=place.agency.ref(),
    )
    return place


@transaction.atomic(durable=True)
def lapse_next(*, round_id: int, clock: Clock, limit: int = BATCH) -> int:
    """Let up to `limit` invitations of a closed round lapse; return how many."""
    rows = Obligation.objects.filter(round_id=round_id, state=ObligationState.INVITED)
    locked = rows.select_for_update(of=("self",), skip_locked=True).order_by("pk")
    ids = list(locked.values_list("pk", flat=True)[:limit])
    for pk in ids:
        apply_within(
            workflow=OBLIGATION,
            action=ObligationAction.LAPSE,
            subject_id=pk,
            actor=SYSTEM,
            clock=clock,
        )
    return len(ids)
