"""What the pages of filing show: regions, the responsible office, the filing window, the answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from complaints.models import Report, Tip
from complaints.services.lodge import filing_due
from complaints.workflow.base import calendar_of
from neutrality.casework.models import LegalClock
from neutrality.elections.models import Contest
from neutrality.elections.selectors import running_contests
from neutrality.law.books import rulebook_at
from neutrality.law.calendar import WorkCalendar
from neutrality.law.citations import cited
from neutrality.law.clock import Clock
from neutrality.law.codes import BodyKind, PeriodCode, Regime
from neutrality.law.labels import label
from neutrality.law.periods import CountedDay, Due
from neutrality.organisations.models import Agency, Office, Region
from neutrality.organisations.selectors import (
    NoBody,
    NoOffice,
    body_for,
    office_for_region,
    search_regions,
)
from neutrality.ui.dates import say_day, say_instant

# The day begins here first; a date that is not in the future anywhere is accepted.
EASTERNMOST: Final = ZoneInfo("Asia/Jayapura")
SUGGESTIONS: Final = 60
ZONES: Final = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
_LEVELS: Final = ("REGENCY", "CITY")
RegionChoices = list[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of a count, as the page tells it."""

    day: str
    number: str
    reason: str
    counted: bool


@dataclass(frozen=True, slots=True)
class WindowFacts:
    """Until when a report can be filed, whether that has passed, and the count day by day."""

    in_time: bool
    due: str
    days: tuple[DayRow, ...]
    unit: str
    basis: str
    zone: str


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """The responsible office as a citizen needs it."""

    name: str
    address: str
    phone: str
    email: str
    zone: str
    hours: tuple[str, ...]
    closed_soon: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Channel:
    """Another place to which the same can be told, with the addresses that are known."""

    name: str
    address: str = ""
    phone: str = ""
    email: str = ""
    web: str = ""


def other_channels(*, region_code: str, clock: Clock) -> list[Channel]:
    """Return who else takes complaints about civil servants of a region, nearest first."""
    day = clock.today_in(EASTERNMOST)
    agencies = Agency.objects.on(day).filter(region__code=region_code).exclude(hr_email="")
    rows = [Channel(name=row.name, email=row.hr_email) for row in agencies.order_by("name")]
    try:
        body = body_for(kind=BodyKind.CIVIL_SERVICE, region=region_of(region_code), day=day)
    except NoBody:
        pass
    else:
        rows.append(Channel(name=body.name, address=body.address, email=body.email))
    return [*rows, *(Channel(name=name, web=web) for name, web in settings.OTHER_CHANNELS)]


def region_choices(*, found: str = "") -> RegionChoices:
    """Return regencies and cities by province for a select; only those like `found`, if given."""
    if found:
        rows = [row for row in search_regions(text=found) if row.level in _LEVELS]
        return [("", _("Pilih")), *((row.code, f"{row.name}, {row.parent}") for row in rows)]
    wanted = Region.objects.filter(level__in=("PROVINCE", *_LEVELS)).order_by("name")
    provinces: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    below: list[tuple[str, str]] = []
    for code, name, level in wanted.values_list("code", "name", "level"):
        if level == "PROVINCE":
            provinces[code] = (name, [])
        else:
            below.append((code, name))
    for code, name in below:
        provinces[code.split(".", maxsplit=1)[0]][1].append((code, name))
    return [("", _("Pilih kabupaten atau kota")), *provinces.values()]


def region_of(code: str) -> Region | None:
    """Return the region of a code, or None."""
    return Region.objects.filter(code=code).first()


def responsible_office(*, region_code: str, clock: Clock) -> Office | None:
    """Return the office that answers for a region today."""
    try:
        return office_for_region(region_code=region_code, day=clock.today_in(EASTERNMOST))
    except NoOffice:
        return None


def contests_at(*, region_code: str, day: date) -> list[Contest]:
    """Return the contests that run in a region on the day of the act, Pilkada first."""
    region = region_of(region_code)
    found = running_contests(region=region, day=day)
    return sorted(found, key=lambda row: row.election.regime != Regime.PILKADA)


def contest_choices(contests: Iterable[Contest]) -> list[tuple[str, str]]:
    """Return the contests for a list of radio buttons."""
    return [(str(row.pk), f"{row.name} ({row.election.name})") for row in contests]


def agency_names(*, region_code: str) -> list[str]:
    """Return names of agencies of the region and of the whole country, to suggest."""
    lineage = [region_code, region_code.split(".", maxsplit=1)[0]]
    local = Agency.objects.filter(region__code__in=lineage) | Agency.objects.filter(region=None)
    return list(local.order_by("name").values_list("name", flat=True).distinct()[:SUGGESTIONS])


def filing_days(*, clock: Clock) -> int:
    """Return in how many days a report can be filed; the fewer where the regimes differ."""
    today = clock.today_in(EASTERNMOST)
    books = (rulebook_at(regime=regime, day=today) for regime in Regime)
    return min(book.period(PeriodCode.FILING_WINDOW).amount for book in books)


def window_facts(
    *, office: Office, contest: Contest | None, known_on: date, clock: Clock
) -> WindowFacts:
    """Return the filing window of what became known on a local day, explained."""
    window, rule = filing_due(office=office, contest=contest, known_on=known_on, clock=clock)
    return WindowFacts(
        in_time=window.is_met_by(clock.now),
        due=say_instant(window.due_at, office.tz),
        days=day_rows(window),
        unit=f"{rule.amount} {label(rule.unit)}",
        basis=cited(rule.legal_basis),
        zone=ZONES.get(office.time_zone, office.time_zone),
    )


def day_rows(window: Due) -> tuple[DayRow, ...]:
    """Return the days of a count in words."""
    return tuple(day_row(each) for each in window.days)


def day_row(counted: CountedDay) -> DayRow:
    """Return one day of a count in words."""
    is_counted = counted.number is not None
    return DayRow(
        day=say_day(counted.date),
        number=_("hari ke-%(number)d") % {"number": counted.number} if is_counted else "",
        reason="" if is_counted else label(counted.reason),
        counted=is_counted,
    )


def hand_over_by(*, entry: Report | Tip) -> str:
    """Return until when identity and originals are to be shown, in words; "" for a tip."""
    if not isinstance(entry, Report):
        return ""
    running = LegalClock.objects.filter(
        subject_kind="report", subject_id=entry.pk, code=PeriodCode.HAND_OVER, voided_at=None
    )
    due_at = running.values_list("due_at", flat=True).order_by("-pk").first()
    return say_instant(due_at, entry.office.tz) if due_at else ""


def office_facts(*, office: Office, contest: Contest | None, clock: Clock) -> OfficeFacts:
    """Return address, zone and hours of an office, with the closed days of the coming week."""
    calendar = calendar_of(office, contest)
    today = clock.today_in(office.tz)
    week = [today + timedelta(days=ahead) for ahead in range(7)]
    return OfficeFacts(
        name=office.name,
        address=office.address,
        phone=office.phone,
        email=office.email,
        zone=ZONES.get(office.time_zone, office.time_zone),
        hours=tuple(week_hours(calendar, today)),
        closed_soon=tuple(_closed(calendar, week)),
    )


def week_hours(calendar: WorkCalendar, today: date) -> Iterable[str]:
    """Tell the hours of the coming seven days by weekday; days without hours are not told."""
    week = [today + timedelta(days=ahead) for ahead in range(7)]
    for day in sorted(week, key=date.weekday):
        hours = calendar.hours_on(day)
        if hours is None:
            continue
        name = WEEKDAYS[day.weekday()]
        if hours.is_all_day:
            yield _("%(day)s: 24 jam") % {"day": name}
        else:
            yield f"{name}: {hours.opens:%H.%M}\u2013{hours.closes:%H.%M}"


def _closed(calendar: WorkCalendar, week: Iterable[date]) -> Iterable[str]:
    for day in week:
        closed = calendar.closed_days.get(day)
        if closed and calendar.hours_on(day) is None:
            yield f"{say_day(day)}: {closed.name}"


def answered(answers: Mapping[str, Any], name: str) -> bool:
    """Whether a step has been answered."""
    return bool(answers.get(name))
