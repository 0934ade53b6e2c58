"""Which grounds of exemption a round accepts."""

from collections.abc import Sequence

from django.db import transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.law.clock import Clock
from pledges.locks import round_to_change
from pledges.models import Round
from pledges.workflow.refusals import PledgeRefusal, refuse


@transaction.atomic(durable=True)
def set_grounds(*, round_id: int, grounds: Sequence[str], actor: Actor, clock: Clock) -> Round:
    """Let the round accept these grounds from now on; what was granted stays.

    Raises:
        Refused: When the round is closed.
    """
    place = round_to_change(round_id=round_id)
    if place.closed_at is not None:
        raise refuse(PledgeRefusal.ROUND_CLOSED)
    place.exemption_grounds = list(grounds)
    place.save(update_fields=["exemption_grounds"])
    record(
        what="pledge_round.grounds_set",
        subject=place.ref(),
        actor=actor,
        clock=clock,
        organisation=place.agency.ref(),
        data={"grounds": ",".join(grounds)},
    )
    return place
