"""What a respondent can be linked to: agencies, and units and people of one of them."""

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q

from neutrality.organisations.models import Agency, Unit
from neutrality.organisations.selectors import search_units
from neutrality.personnel.models import Employment, Person

MOST = 20
LIKE_ENOUGH = 0.3


@dataclass(frozen=True, slots=True)
class Found:
    """Units and people of an agency with the words that a form shows."""

    units: list[tuple[str, str]]
    people: list[tuple[str, str]]


def agencies_like(*, text: str, region_codes: tuple[str, ...], day: date) -> list[Agency]:
    """Return agencies by name, the likest first; without a text those of the region."""
    rows = Agency.objects.on(day)
    wanted = " ".join(text.replace("\0", "").split())[:100]
    if not wanted:
        return list(rows.filter(region__code__in=region_codes).order_by("name")[:MOST])
    likeness = TrigramWordSimilarity(wanted, "name")
    found = rows.annotate(likeness=likeness).filter(
        Q(likeness__gte=LIKE_ENOUGH) | Q(name__icontains=wanted)
    )
    return list(found.order_by("-likeness", "name")[:MOST])


def agency_of(*, code: str, day: date) -> Agency | None:
    """Return the agency in force with this code."""
    return Agency.objects.on(day).filter(code=code.replace("\0", "")).first()


def inside(*, agency: Agency, unit: str, person: str, day: date) -> Found:
    """Return units and people of the agency on that day whose names are like the texts."""
    units = search_units(agency=agency, text=unit.replace("\0", "")[:100], day=day, limit=MOST)
    rows = _people(agency, " ".join(person.replace("\0", "").split())[:100], day)
    return Found(
        units=[(str(row.public_id), _unit_words(row)) for row in units],
        people=[(str(row.person.public_id), _person_words(row)) for row in rows],
    )


def unit_named(public_id: str) -> Unit | None:
    """Return the unit with this public id."""
    return Unit.objects.filter(public_id=public_id).first()


def person_named(public_id: str) -> Person | None:
    """Return the person with this public id."""
    return Person.objects.filter(public_id=public_id).first()


def _people(agency: Agency, text: str, day: date) -> list[Employment]:
    if len(text) < 2:
        return []
    likeness = TrigramWordSimilarity(text, "person__name")
    rows = Employment.objects.on(day).filter(agency=agency).annotate(likeness=likeness)
    found = rows.filter(Q(likeness__gte=LIKE_ENOUGH) | Q(person__name__icontains=text))
    return list(
        found.select_related("person", "unit").order_by("-likeness", "person__name", "pk")[:MOST]
    )


def _unit_words(row: Unit) -> str:
    return f"{row.name} ({row.parent.name})" if row.parent else row.name


def _person_words(row: Employment) -> str:
    unit = row.unit.name if row.unit else ""
    return ", ".join(filter(None, (row.person.name, row.position_title, unit)))
