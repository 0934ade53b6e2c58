"""What was noted wrongly of a ceremony is put right, until its minutes are signed."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Manager

from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.documents.publications import withdraw
from neutrality.law.clock import Clock
from pledges.models import Attendance, Ceremony, CeremonyPhoto, CeremonyRole
from pledges.services.hold_event import Plan
from pledges.services.write_minutes import is_signed
from pledges.workflow.refusals import PledgeRefusal, refuse

Noted = Manager[CeremonyRole] | Manager[Attendance] | Manager[CeremonyPhoto]
# What may be taken out again, by the words that its address has for it.
NOTED: Final[Mapping[str, Noted]] = {
    "pelaksana": CeremonyRole.objects,
    "hadir": Attendance.objects,
    "foto": CeremonyPhoto.objects,
}
_PLANNED: Final = ("kind", "title", "held_on", "begins_at", "ends_at", "place")


@transaction.atomic(durable=True)
def change_ceremony(*, ceremony: Ceremony, plan: Plan, actor: Actor, clock: Clock) -> Ceremony:
    """Write down anew what, when and where; a ceremony of a round stays with its round.

    While it goes on another end counts at once: limits are loose until then, and the code for
    attendance is good until then.

    Raises:
        Refused: When the minutes are signed.
    """
    held = _held(ceremony)
    changed = [name for name in _PLANNED if getattr(held, name) != getattr(plan, name)]
    for name in changed:
        setattr(held, name, getattr(plan, name))
    if held.round_id is None and plan.round is not None:
        held.round = plan.round
        changed.append("round")
    held.save(update_fields=changed)
    held.units.set(plan.units)
    _record("ceremony.changed", held, actor, clock, fields=" ".join(changed))
    return held


@transaction.atomic(durable=True)
def take_out(*, ceremony: Ceremony, what: str, key: int, actor: Actor, clock: Clock) -> None:
    """Take out who did not lead, guide, witness or speak, who did not come, or a photograph.

    A speaker's material is withdrawn, the file of a photograph deleted. What is gone already stays
    gone.

    Raises:
        KeyError: No such thing is noted of a ceremony.
        Refused: When the minutes are signed.
    """
    held = _held(ceremony)
    row = noted(ceremony=held, what=what, key=key)
    if row is None:
        return
    row.delete()
    if isinstance(row, CeremonyPhoto):
        transaction.on_commit(partial(default_storage.delete, row.file))
    if isinstance(row, CeremonyRole) and row.material and row.material.withdrawn_at is None:
        withdraw(publication_id=row.material.pk, actor=actor, clock=clock)
    _record("ceremony.taken_out", held, actor, clock, part=what, row=key)


def noted(
    *, ceremony: Ceremony, what: str, key: int
) -> CeremonyRole | Attendance | CeremonyPhoto | None:
    """Return what was noted of a ceremony under this key; raises KeyError as `take_out` does."""
    return NOTED[what].filter(ceremony=ceremony, pk=key).first()


def _held(ceremony: Ceremony) -> Ceremony:
    rows = Ceremony.objects.select_related("minutes", "agency")
    # The key stays, so that those who sign at this moment wait for nobody.
    held = rows.select_for_update(of=("self",), no_key=True).get(pk=ceremony.pk)
    if is_signed(held.minutes):
        raise refuse(PledgeRefusal.MINUTES_SIGNED)
    return held


def _record(what: str, ceremony: Ceremony, actor: Actor, clock: Clock, **data: str | int) -> None:
    record(
        what=what,
        subject=ceremony.ref(),
        actor=actor,
        clock=clock,
        organisation=ceremony.agency.ref(),
        data=data,
    )
