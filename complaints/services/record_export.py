"""Taking a list out of the system leaves a trace: who, what, why."""

from django.db import transaction

from neutrality.audit.actor import Actor, OrgRef
from neutrality.audit.record import SubjectRef, record
from neutrality.law.clock import Clock


@transaction.atomic(durable=True)
def record_export(
    *, name: str, form: str, days: str, reason: str, at: OrgRef, actor: Actor, clock: Clock
) -> None:
    """Record that somebody takes a list of these days out, at the office where they may.

    Raises:
        ValueError: When no reason is given.
    """
    if not reason.strip():
        raise ValueError("Nothing is handed out without a reason.")
    record(
        what="list.exported",
        subject=SubjectRef(kind="office", id=at.id or 0),
        actor=actor,
        clock=clock,
        organisation=at,
        data={"list": name, "form": form, "days": days, "reason": reason.strip()[:300]},
    )
