"""Whether a ceremony of a round is going on, and who a number names in it."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.db.models import QuerySet

from neutrality.law.clock import Clock
from neutrality.organisations.models import Unit
from neutrality.personnel.codes import NumberKind
from neutrality.personnel.models import Employment, PersonNumber
from neutrality.personnel.numbers import digest_of
from pledges.models import Ceremony, Obligation, Round
from pledges.selectors.gaps import below

NUMBERS: Final = (NumberKind.NIP, NumberKind.NI_PPPK)


def open_ceremony(*, round_id: int, clock: Clock) -> Ceremony | None:
    """Return the ceremony of the round that is going on now; the latest to begin, if several."""
    rows = Ceremony.objects.filter(
        round_id=round_id, begins_at__lte=clock.now, ends_at__gt=clock.now
    )
    return rows.order_by("-begins_at", "-pk").first()


def owed_by_number(
    *, round_id: int, number: str, day: date, unit: Unit | None = None
) -> Obligation | None:
    """Return the obligation in the round of whom the number names on `day`, or None.

    The number is an NIP or NI PPPK; also an NIK, where the round asks staff who have no other. With
    a unit only of somebody who is counted in it or below it.
    """
    named = _named(number, day, _kinds_in(round_id))
    rows = Obligation.objects.filter(round_id=round_id, person__in=named.values("person"))
    if unit is not None:
        rows = rows.filter(below(unit.path))
    return rows.first()


def has_number(*, owed: Obligation, number: str, day: date) -> bool:
    """Whether the number is that of the obligation's person on `day`; as `owed_by_number`."""
    named = _named(number, day, _kinds_in(owed.round_id))
    return named.filter(person_id=owed.person_id).exists()


def post_by_number(*, agency_id: int, number: str, day: date) -> Employment | None:
    """Return the position at the agency of whom the number names on `day`; the own one first."""
    named = _named(number, day, NUMBERS)
    posts = Employment.objects.on(day).filter(
        agency_id=agency_id, person__in=named.values("person")
    )
    joined = posts.select_related("person", "unit", "agency")
    return joined.order_by("-assignment", "-valid_from", "pk").first()


def _kinds_in(round_id: int) -> Sequence[NumberKind]:
    """The kinds of number by which people come in; an NIK only where a round cannot do without."""
    with_nik = Round.objects.filter(pk=round_id, with_non_asn=True).exists()
    return (*NUMBERS, NumberKind.NIK) if with_nik else NUMBERS


def _named(number: str, day: date, kinds: Sequence[NumberKind]) -> QuerySet[PersonNumber]:
    digests = [digest_of(kind=kind, number=number) for kind in kinds]
    return PersonNumber.objects.on(day).filter(kind__in=kinds, digest__in=digests)
