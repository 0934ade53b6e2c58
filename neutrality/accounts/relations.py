"""Whom an actor must not deal with, read from the relations declared in advance."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from neutrality.accounts.models import Relation
from neutrality.audit.actor import Actor


@dataclass(frozen=True, slots=True)
class ExcludedSubjects:
    """Persons, units (by path, with what is below them) and agencies kept from an actor."""

    person_ids: frozenset[int]
    unit_paths: frozenset[str]
    agency_ids: frozenset[int]

    def __bool__(self) -> bool:
        """Whether anything is excluded."""
        return bool(self.person_ids or self.unit_paths or self.agency_ids)


def relations_of(*, actor: Actor, day: date) -> QuerySet[Relation]:
    """Relations of the actor in force on `day`, for `Exists` and subqueries."""
    if actor.user_id is None:
        return Relation.objects.none()
    return Relation.objects.on(day).filter(user_id=actor.user_id)


def excluded_subjects(*, actor: Actor, day: date) -> ExcludedSubjects:
    """Return what the actor must not see or judge on `day`, in one query.

    Actors without an account (parties, the system) have no relations.
    """
    if actor.user_id is None:
        return ExcludedSubjects(frozenset(), frozenset(), frozenset())
    rows = list(relations_of(actor=actor, day=day).select_related("unit"))
    return ExcludedSubjects(
        person_ids=frozenset(row.person_id for row in rows if row.person_id is not None),
        unit_paths=frozenset(row.unit.path for row in rows if row.unit is not None),
        agency_ids=frozenset(row.agency_id for row in rows if row.agency_id is not None),
    )
