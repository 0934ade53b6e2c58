"""Who came to a ceremony; it is a list of people, never a signature."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.law.clock import Clock
from neutrality.organisations.models import Unit
from neutrality.personnel.models import Employment, Person
from pledges.codes import AttendanceWay
from pledges.models import Attendance, Ceremony


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Somebody who is on no roster, as a line of a list says it."""

    name: str
    position: str = ""
    institution: str = ""


@transaction.atomic(durable=True)
def attend_as_staff(
    *, ceremony: Ceremony, post: Employment, way: AttendanceWay, actor: Actor, clock: Clock
) -> bool:
    """Note that somebody of the agency came; return False when it was noted before."""
    person: Person = post.person
    unit: Unit | None = post.unit
    row = Attendance(
        ceremony=ceremony,
        person=person,
        name=person.name,
        position=post.position_title,
        institution=post.agency.name,
        unit=unit,
        came_at=clock.now,
        way=way,
        recorded_by_id=actor.user_id,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    _record(ceremony, 1, actor, clock)
    return True


@transaction.atomic(durable=True)
def attend_as_guests(
    *,
    ceremony: Ceremony,
    guests: list[Guest],
    way: AttendanceWay,
    actor: Actor,
    clock: Clock,
) -> int:
    """Note guests of the list or one who scanned the code; the same line twice is one guest."""
    # Who notes the same guests at this moment waits: a guest of two lists is one guest.
    Ceremony.objects.select_for_update(of=("self",), no_key=True).get(pk=ceremony.pk)
    known = set(
        Attendance.objects.filter(ceremony=ceremony, person=None).values_list(
            "name", "position", "institution"
        )
    )
    new = dict.fromkeys((one.name, one.position, one.institution) for one in guests)
    rows = [
        Attendance(
            ceremony=ceremony,
            name=name,
            position=position,
            institution=institution,
            came_at=clock.now,
            way=way,
            recorded_by_id=actor.user_id,
        )
        for name, position, institution in new
        if (name, position, institution) not in known
    ]
    Attendance.objects.bulk_create(rows)
    _record(ceremony, len(rows), actor, clock)
    return len(rows)


def _record(ceremony: Ceremony, number: int, actor: Actor, clock: Clock) -> None:
    record(
        what="ceremony.attended",
        subject=ceremony.ref(),
        actor=actor,
        clock=clock,
        data={"people": number},
    )
