"""Units of agencies to choose from while a citizen names where somebody works."""

import uuid
from dataclasses import dataclass
from typing import Final

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q

from complaints.selectors.filing import EASTERNMOST
from neutrality.law.clock import Clock
from neutrality.organisations.models import Unit
from neutrality.organisations.validity import DatedQuerySet

MOST: Final = 8
LONGEST: Final = 60
SHORTEST: Final = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A unit with its agency, in words and keys."""

    public_id: str
    unit: str
    agency: str
    unit_id: int
    agency_id: int


def places_like(*, text: str, region_code: str, clock: Clock) -> list[Place]:
    """Return units of the region and of national agencies whose names are like the text.

    The likest first, at most eight; one query. Fewer than three letters find nothing.
    """
    wanted = " ".join(text.replace("\0", "").split())[:LONGEST]
    if len(wanted) < SHORTEST:
        return []
    lineage = [region_code, region_code.split(".", maxsplit=1)[0]]
    here = Q(agency__region__code__in=lineage) | Q(agency__region=None)
    rows = (
        _units(clock)
        .filter(here, name__trigram_word_similar=wanted)
        .annotate(likeness=TrigramWordSimilarity(wanted, "name"))
        .order_by("-likeness", "path")
    )
    return [_place(row) for row in rows[:MOST]]


def place_named(public_id: str, *, clock: Clock) -> Place | None:
    """Return the unit in force with this public id, or None."""
    try:
        wanted = uuid.UUID(public_id)
    except (ValueError, AttributeError):
        return None
    row = _units(clock).filter(public_id=wanted).first()
    return _place(row) if row else None


def _units(clock: Clock) -> DatedQuerySet[Unit]:
    return Unit.objects.on(clock.today_in(EASTERNMOST)).select_related("agency")


def _place(row: Unit) -> Place:
    return Place(str(row.public_id), row.name, row.agency.name, row.pk, row.agency_id)
