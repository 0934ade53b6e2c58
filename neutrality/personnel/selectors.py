"""What others ask about persons and their positions."""

from datetime import date

from django.db.models import Case, IntegerField, Value, When

from neutrality.organisations.models import Agency
from neutrality.organisations.validity import DatedQuerySet
from neutrality.personnel.codes import Assignment, NumberKind
from neutrality.personnel.models import Employment, Person, PersonNumber
from neutrality.personnel.numbers import digest_of

# The own position says more about a person than one held for another.
_OWN_FIRST = Case(
    When(assignment=Assignment.MAIN, then=Value(0)),
    When(assignment=Assignment.SECONDED, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def find_by_number(*, kind: NumberKind, number: str, day: date) -> Person | None:
    """The person whom the number names on `day`; None for a number that is nobody's."""
    digest = digest_of(kind=kind, number=number)
    found = (
        PersonNumber.objects.on(day)
        .filter(kind=kind, digest=digest)
        .select_related("person")
        .first()
    )
    return found.person if found else None


def employment_on(*, person: Person, agency: Agency, day: date) -> Employment | None:
    """The position that the agency states for the person on `day`; the own one before others."""
    return (
        Employment.objects.on(day)
        .filter(person=person, agency=agency)
        .select_related("agency", "unit")
        .order_by(_OWN_FIRST, "-valid_from", "pk")
        .first()
    )


def roster(*, agency: Agency, day: date) -> DatedQuerySet[Employment]:
    """The main and seconded positions of the agency on `day`, with person and unit."""
    return (
        Employment.objects.on(day)
        .filter(agency=agency)
        .exclude(assignment=Assignment.ACTING)
        .select_related("person", "unit")
        .order_by("person__name", "pk")
    )
