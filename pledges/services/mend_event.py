"""What was noted wrongly of a ceremony is put right, until its minutes are signed."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from django.core.files.storage import default_storage
from django.db import transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.documents.publications import withdraw
from neutrality.law.clock import Clock
from pledges.models import Attendance, Ceremony, CeremonyPhoto, CeremonyRole
from pledges.services.hold_event import Plan
from pledges.services.write_minutes import is_signed
from pledges.workflow.refusals import PledgeRefusal, refuse

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

    A speaker's material is withdrawn, the file of a photograph deleted.

    Raises:
        KeyError: No such thing is noted of a ceremony.
        Refused: When the minutes are signed.
    """
    held = _held(ceremony)
    if TAKES_OUT[what](held, key, actor, clock):
        _record("ceremony.taken_out", held, actor, clock, part=what, row=key)


def _part(held: Ceremony, key: int, actor: Actor, clock: Clock) -> bool:
    role = CeremonyRole.objects.filter(ceremony=held, pk=key).first()
    if role is None:
        return False
    material = role.material
    role.delete()
    if material is not None and material.withdrawn_at is None:
        withdraw(publication_id=material.pk, actor=actor, clock=clock)
    return True


def _attendance(held: Ceremony, key: int, actor: Actor, clock: Clock) -> bool:  # noqa: ARG001
    taken, _each = Attendance.objects.filter(ceremony=held, pk=key).delete()
    return bool(taken)


def _photo(held: Ceremony, key: int, actor: Actor, clock: Clock) -> bool:  # noqa: ARG001
    photo = CeremonyPhoto.objects.filter(ceremony=held, pk=key).first()
    if photo is None:
        return False
    transaction.on_commit(partial(default_storage.delete, photo.file))
    photo.delete()
    return True


TAKES_OUT: Final[Mapping[str, Callable[[Ceremony, int, Actor, Clock], bool]]] = {
    "pelaksana": _part,
    "hadir": _attendance,
    "foto": _photo,
}


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
