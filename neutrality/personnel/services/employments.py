"""Positions: hire, move, end. Each agency states its own; two may state the same person."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.law.clock import Clock
from neutrality.law.codes import SubjectKind
from neutrality.organisations.models import Unit
from neutrality.personnel.codes import Assignment, EndReason, PositionClass
from neutrality.personnel.models import Employment, Person
from neutrality.personnel.refusals import (
    EmploymentNotInForce,
    HasMainPosition,
    UnitOfAnotherAgency,
)


@dataclass(frozen=True, slots=True)
class Post:
    """A position: where, what it is called, in which group, as what kind of servant."""

    agency_id: int
    position_title: str
    position_class: PositionClass
    kind: SubjectKind
    unit_id: int | None = None
    grade: str = ""
    assignment: Assignment = Assignment.MAIN


@transaction.atomic(durable=True)
def register_person(*, name: str, actor: Actor, clock: Clock) -> Person:
    """Enter somebody of whom nothing is known yet but a name."""
    person = Person.objects.create(name=name)
    record(
        what="person.register",
        subject=SubjectRef("person", person.pk),
        actor=actor,
        clock=clock,
    )
    return person


@transaction.atomic(durable=True)
def hire(*, person_id: int, post: Post, valid_from: date, actor: Actor, clock: Clock) -> Employment:
    """Let the person hold the post from `valid_from` on; other agencies' statements stand.

    Raises:
        HasMainPosition: when this agency states a main position for that time already.
        UnitOfAnotherAgency: when the unit is not the agency's.
    """
    person = _lock_person(person_id)
    employment = _open(person, post, valid_from)
    _record("employment.hire", employment, actor=actor, clock=clock)
    return employment


@transaction.atomic(durable=True)
def move(
    *, employment_id: int, post: Post, moved_on: date, actor: Actor, clock: Clock
) -> Employment:
    """End the position on `moved_on` and open the new one on the same day.

    Raises:
        EmploymentNotInForce: when the position does not hold on that day, or begins on it.
        HasMainPosition: when the new agency states a main position for that time already.
        UnitOfAnotherAgency: when the new unit is not the agency's.
    """
    former = _lock(employment_id, moved_on)
    _close(former, moved_on, EndReason.MOVED)
    employment = _open(former.person, post, moved_on)
    _record("employment.move", employment, actor=actor, clock=clock, former=former)
    return employment


@transaction.atomic(durable=True)
def end_employment(
    *,
    employment_id: int,
    ended_on: date,
    reason: str,
    actor: Actor,
    clock: Clock,
    code: EndReason = EndReason.OTHER,
) -> Employment:
    """Let the position end: `ended_on` is the first day on which it is no longer held.

    Raises:
        EmploymentNotInForce: when the position does not hold on that day, or begins on it.
    """
    employment = _lock(employment_id, ended_on)
    _close(employment, ended_on, code, reason)
    _record("employment.end", employment, actor=actor, clock=clock)
    return employment


def _lock_person(person_id: int) -> Person:
    return Person.objects.select_for_update(of=("self",)).get(pk=person_id)


def _lock(employment_id: int, day: date) -> Employment:
    """The employment under the lock of its person, which every change of a position takes."""
    employment = Employment.objects.get(pk=employment_id)
    _lock_person(employment.person_id)
    employment.refresh_from_db()
    if not employment.holds_on(day) or employment.valid_from == day:
        raise EmploymentNotInForce
    return employment


def _open(person: Person, post: Post, valid_from: date) -> Employment:
    if post.unit_id and not Unit.objects.filter(pk=post.unit_id, agency=post.agency_id).exists():
        raise UnitOfAnotherAgency
    if post.assignment is Assignment.MAIN and _has_main(person, post.agency_id, valid_from):
        raise HasMainPosition
    return Employment.objects.create(
        person=person,
        agency_id=post.agency_id,
        unit_id=post.unit_id,
        position_title=post.position_title,
        position_class=post.position_class,
        kind=post.kind,
        grade=post.grade,
        assignment=post.assignment,
        valid_from=valid_from,
    )


def _has_main(person: Person, agency_id: int, day: date) -> bool:
    """Whether the agency states a main position that lasts on `day` or begins after it."""
    stated = Employment.objects.filter(
        person=person, agency_id=agency_id, assignment=Assignment.MAIN
    )
    later = stated.filter(valid_from__gt=day)
    return (stated.on(day) | later).exists()


def _close(employment: Employment, day: date, code: EndReason, reason: str = "") -> None:
    employment.valid_until = day
    employment.end_reason, employment.ended_because = code, reason
    employment.save(update_fields=["valid_until", "end_reason", "ended_because"])


def _record(
    what: str,
    employment: Employment,
    *,
    actor: Actor,
    clock: Clock,
    former: Employment | None = None,
) -> None:
    record(
        what=what,
        subject=SubjectRef("person", employment.person_id),
        actor=actor,
        clock=clock,
        organisation=employment.agency.ref(),
        data={
            "employment": employment.pk,
            "former": former.pk if former else 0,
            "valid_from": str(employment.valid_from),
            "valid_until": str(employment.valid_until or ""),
        },
    )
