"""Proposing closed days from the `holidays` library, for a person to confirm by decree."""

from collections.abc import Iterator
from datetime import date

import holidays
from django.db import transaction

from neutrality.law.clock import Clock
from neutrality.law.codes import CalendarKind, CalendarStatus, Certainty
from neutrality.law.models import CalendarDay
from neutrality.law.services.load import NATIONAL_ZONE
from neutrality.law.services.version import bump_version

_CATEGORIES = {
    "public": CalendarKind.NATIONAL_HOLIDAY,
    "government": CalendarKind.COLLECTIVE_LEAVE,
}


@transaction.atomic
def propose_calendar(*, year: int, clock: Clock) -> list[CalendarDay]:
    """Add the days of `year` that the library knows and the table does not, marked as proposed.

    Days that a decree set, or that were proposed before, stay as they are.
    """
    known = set(
        CalendarDay.objects.filter(
            day__year=year, area_code="", superseded_on__isnull=True
        ).values_list("day", flat=True)
    )
    announced_on = clock.today_in(NATIONAL_ZONE)
    rows = [
        _proposal(day, name, kind, announced_on)
        for day, (name, kind) in sorted(known_holidays(year).items())
        if day not in known
    ]
    CalendarDay.objects.bulk_create(rows)
    if rows:
        bump_version()
    return rows


def known_holidays(year: int) -> dict[date, tuple[str, CalendarKind]]:
    """Return what the library knows of `year`; a holiday wins over a collective leave."""
    return dict(_entries(year))


def _entries(year: int) -> Iterator[tuple[date, tuple[str, CalendarKind]]]:
    for category, kind in reversed(_CATEGORIES.items()):
        days = holidays.country_holidays("ID", years=year, categories=(category,), language="id")
        yield from ((day, (name, kind)) for day, name in days.items())


def _proposal(day: date, name: str, kind: CalendarKind, announced_on: date) -> CalendarDay:
    return CalendarDay(
        day=day,
        kind=kind,
        name=name,
        status=CalendarStatus.PROPOSED,
        announced_on=announced_on,
        legal_basis="Usulan pustaka holidays",
        certainty=Certainty.UNCERTAIN,
    )
