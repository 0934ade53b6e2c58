"""Numbers of persons: kept as a digest and a mask, with the days on which they name somebody."""

from datetime import date

from django.db import transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.law.clock import Clock
from neutrality.organisations.validity import lasting
from neutrality.personnel.codes import NumberKind
from neutrality.personnel.models import Person, PersonNumber
from neutrality.personnel.numbers import digest_of
from neutrality.personnel.refusals import HasNumber, NotANumber, NumberOfAnother
from neutrality.personnel.validators import check_number, mask_number


@transaction.atomic(durable=True)
def add_number(
    *,
    person_id: int,
    kind: NumberKind,
    number: str,
    valid_from: date | None,
    actor: Actor,
    clock: Clock,
) -> PersonNumber:
    """Let the number name the person from `valid_from` on; it ends the former one of its kind.

    A number that names the person already is returned as it stands.

    Raises:
        NotANumber: when the digits cannot be such a number; it says why.
        NumberOfAnother: when the number names another person in that time.
        HasNumber: when the person has a number of this kind that begins then or later.
    """
    check = check_number(kind=kind, number=number)
    if not check.is_valid:
        raise NotANumber(check.errors)
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    digest = digest_of(kind=kind, number=number)
    known = PersonNumber.objects.filter(lasting(valid_from), kind=kind, digest=digest).first()
    if known and known.person_id != person.pk:
        raise NumberOfAnother(known.person_id)
    if known:
        return known
    _end_former(person, kind, valid_from)
    added = PersonNumber.objects.create(
        person=person,
        kind=kind,
        digest=digest,
        shown=mask_number(kind=kind, number=number),
        valid_from=valid_from,
    )
    _record(added, actor=actor, clock=clock)
    return added


def _end_former(person: Person, kind: NumberKind, valid_from: date | None) -> None:
    """End the number of this kind that holds on the day; a later one cannot be overtaken."""
    others = PersonNumber.objects.filter(lasting(valid_from), person=person, kind=kind)
    if valid_from is None:
        if others.exists():
            raise HasNumber
        return
    if others.filter(valid_from__gte=valid_from).exists():
        raise HasNumber
    others.update(valid_until=valid_from)


def _record(added: PersonNumber, *, actor: Actor, clock: Clock) -> None:
    record(
        what="person.number",
        subject=SubjectRef("person", added.person_id),
        actor=actor,
        clock=clock,
        data={"kind": str(added.kind), "number": added.pk},
    )
