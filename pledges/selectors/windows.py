"""Whether a ceremony of a round is going on, and who a number names in it."""

from datetime import date

from neutrality.law.clock import Clock
from neutrality.organisations.models import Unit
from neutrality.personnel.codes import NumberKind
from neutrality.personnel.models import Employment, PersonNumber
from neutrality.personnel.numbers import digest_of
from pledges.models import Ceremony, Obligation
from pledges.selectors.gaps import below

NUMBERS = (NumberKind.NIP, NumberKind.NI_PPPK)


def open_ceremony(*, round_id: int, clock: Clock) -> Ceremony | None:
    """Return the ceremony of the round that is going on now; the latest to begin, if several."""
    rows = Ceremony.objects.filter(
        round_id=round_id, begins_at__lte=clock.now, ends_at__gt=clock.now
    )
    return rows.order_by("-begins_at", "-pk").first()


def owed_by_number(
    *, round_id: int, number: str, day: date, unit: Unit | None = None
) -> Obligation | None:
    """Return the obligation in the round of whom the NIP or NI PPPK names on `day`, or None.

    With a unit only of somebody who is counted in it or below it.
    """
    digests = [digest_of(kind=kind, number=number) for kind in NUMBERS]
    named = PersonNumber.objects.on(day).filter(kind__in=NUMBERS, digest__in=digests)
    rows = Obligation.objects.filter(round_id=round_id, person__in=named.values("person"))
    if unit is not None:
        rows = rows.filter(below(unit.path))
    return rows.first()


def has_number(*, person_id: int, number: str, day: date) -> bool:
    """Whether the NIP or NI PPPK is this person's on `day`."""
    digests = [digest_of(kind=kind, number=number) for kind in NUMBERS]
    rows = PersonNumber.objects.on(day).filter(kind__in=NUMBERS, digest__in=digests)
    return rows.filter(person_id=person_id).exists()


def post_by_number(*, agency_id: int, number: str, day: date) -> Employment | None:
    """Return the position at the agency of whom the number names on `day`; the own one first."""
    digests = [digest_of(kind=kind, number=number) for kind in NUMBERS]
    named = PersonNumber.objects.on(day).filter(kind__in=NUMBERS, digest__in=digests)
    posts = Employment.objects.on(day).filter(
        agency_id=agency_id, person__in=named.values("person")
    )
    joined = posts.select_related("person", "unit", "agency")
    return joined.order_by("-assignment", "-valid_from", "pk").first()
