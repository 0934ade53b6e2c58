"""Whom an actor must not deal with, read from the relations declared in advance."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet

from neutrality.accounts.models import Relation
from neutrality.audit.actor import Actor
from neutrality.ui.prepared import Prepared


@dataclass(frozen=True, slots=True)
class ExcludedSubjects:
    """Persons, units (by path, with what is below them) and agencies kept from an actor."""

    person_ids: frozenset[int]
    unit_paths: frozenset[str]
    agency_ids: frozenset[int]

    def __bool__(self) -> bool:
        """Whether anything is excluded."""
        return bool(self.person_ids or self.unit_paths or self.agency_ids)


def _excluded(user: int, day: date) -> QuerySet[Relation, tuple[Any, ...]]:
    rows = Relation.objects.on(day).filter(user_id=user).order_by()
    return rows.values_list("person_id", "unit__path", "agency_id")


_EXCLUDED: Final = Prepared(_excluded)


def excluded_subjects(*, actor: Actor, day: date) -> ExcludedSubjects:
    """Return what the actor must not see or judge on `day`, in one query.

    Actors without an account (parties, the system) have no relations.
    """
    if actor.user_id is None:
        return ExcludedSubjects(frozenset(), frozenset(), frozenset())
    rows = _EXCLUDED(user=actor.user_id, day=day)
    persons, units, agencies = zip(*rows, strict=True) if rows else ((), (), ())
    return ExcludedSubjects(
        person_ids=frozenset(key for key in persons if key is not None),
        unit_paths=frozenset(path for path in units if path is not None),
        agency_ids=frozenset(key for key in agencies if key is not None),
    )
