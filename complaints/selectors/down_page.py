"""What stands on the static page that is shown while the application is down."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from complaints.selectors.filing import ZONES, filing_days, week_hours
from complaints.workflow.base import calendar_of
from neutrality.law.clock import Clock
from neutrality.organisations.models import Office
from neutrality.organisations.validity import in_force

NATIONAL: Final = "RI"


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """One office as the page tells it; what is not known is empty."""

    name: str
    address: str
    phone: str
    email: str
    zone: str


@dataclass(frozen=True, slots=True)
class Province:
    """The offices of one province, its own first."""

    name: str
    offices: tuple[OfficeLine, ...]


@dataclass(frozen=True, slots=True)
class DownPage:
    """The offices of the country, the hours that hold for all of them, the days for a report."""

    hours: tuple[str, ...]
    filing_days: int
    provinces: tuple[Province, ...]


def down_page(*, clock: Clock) -> DownPage:
    """Return offices and ordinary hours; two queries beside the calendar's."""
    rows = list(_offices(clock))
    by_province: dict[str, list[Office]] = defaultdict(list)
    for row in rows:
        by_province["/".join(row.path.split("/")[:2])].append(row)
    national = next(row for row in rows if row.path == NATIONAL)
    return DownPage(
        hours=tuple(week_hours(calendar_of(national, None), clock.today_in(national.tz))),
        filing_days=filing_days(clock=clock),
        provinces=tuple(
            Province(offices[0].name, tuple(_line(row) for row in offices))
            for offices in by_province.values()
        ),
    )


def _offices(clock: Clock) -> Iterable[Office]:
    rows = Office.objects.filter(in_force(clock.now.date())).exclude(level="DISTRICT")
    return rows.select_related("region").order_by("path")


def _line(row: Office) -> OfficeLine:
    zone = ZONES.get(row.time_zone, row.time_zone)
    return OfficeLine(row.name, row.address, row.phone, row.email, zone)
