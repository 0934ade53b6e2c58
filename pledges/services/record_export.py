"""Handing out the people of a round leaves a trace: who, what, why."""

from django.db import transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.law.clock import Clock
from pledges.models import Round


@transaction.atomic(durable=True)
def record_export(
    *, place: Round, form: str, path: str, reason: str, actor: Actor, clock: Clock
) -> None:
    """Record that somebody takes the people of a round (below `path`) out of the system.

    Raises:
        ValueError: When no reason is given.
    """
    if not reason.strip():
        raise ValueError("Nothing is handed out without a reason.")
    record(
        what="pledge_round.exported",
        subject=place.ref(),
        actor=actor,
        clock=clock,
        organisation=place.agency.ref(),
        data={"form": form, "path": path, "reason": reason.strip()[:200]},
    )
