"""What helps to chase: who is away until when, and whom to call about a unit."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.law.clock import Clock
from neutrality.organisations.models import Unit
from neutrality.personnel.models import Person
from pledges.codes import AbsenceKind
from pledges.models import Absence, UnitHead


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Why somebody cannot sign, from and until which day, and by which paper."""

    kind: AbsenceKind
    starts_on: date
    ends_on: date
    evidence: str = ""


@transaction.atomic(durable=True)
def record_absence(
    *, person: Person, agency_id: int, away: Away, actor: Actor, clock: Clock
) -> Absence:
    """Record that somebody is away: reminders wait until the day after the end.

    An absence that lies wholly within this one is replaced by it; one that begins earlier or ends
    later stays beside it, for its own paper still says so. `cancel_absence` ends it early.
    """
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    covered = Absence.objects.filter(
        person=person,
        agency_id=agency_id,
        cancelled_at__isnull=True,
        starts_on__gte=away.starts_on,
        ends_on__lte=away.ends_on,
    )
    covered.update(cancelled_at=clock.now)
    absence = Absence.objects.create(
        person=person,
        agency_id=agency_id,
        kind=away.kind,
        starts_on=away.starts_on,
        ends_on=away.ends_on,
        evidence=away.evidence,
        recorded_at=clock.now,
        recorded_by_id=actor.user_id,
    )
    _record("pledge_absence.recorded", absence, actor, clock)
    return absence


@transaction.atomic(durable=True)
def cancel_absence(*, absence_id: int, actor: Actor, clock: Clock) -> Absence:
    """End an absence early; from now on the person is reminded like everybody."""
    absence = Absence.objects.select_for_update(of=("self",)).get(pk=absence_id)
    if absence.cancelled_at is None:
        absence.cancelled_at = clock.now
        absence.save(update_fields=["cancelled_at"])
        _record("pledge_absence.cancelled", absence, actor, clock)
    return absence


@transaction.atomic(durable=True)
def name_unit_head(
    *, unit: Unit, name: str, phone: str, email: str, actor: Actor, clock: Clock
) -> UnitHead:
    """Say whom to call about a unit: the head, by telephone or address of the office."""
    head, _created = UnitHead.objects.update_or_create(
        unit=unit,
        defaults={
            "name": name,
            "phone": phone,
            "email": email,
            "set_at": clock.now,
            "set_by_id": actor.user_id,
        },
    )
    record(
        what="pledge_unit_head.named",
        subject=SubjectRef("unit", unit.pk),
        actor=actor,
        clock=clock,
        data={"head": head.pk},
    )
    return head


def _record(what: str, absence: Absence, actor: Actor, clock: Clock) -> None:
    record(
        what=what,
        subject=SubjectRef("person", absence.person_id),
        actor=actor,
        clock=clock,
        data={
            "absence": absence.pk,
            "agency": absence.agency_id,
            "until": absence.ends_on.isoformat(),
        },
    )
