"""The working calendar of one office: closed days, hours, days of twenty-four hours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from neutrality.law.codes import CalendarKind, DayReason

LAST_MOMENT = time.max
_FARTHEST_SEARCH = 400
_TICK = timedelta.resolution


class NeverOpen(Exception):
    """The calendar has no open hour within more than a year."""


@dataclass(frozen=True, slots=True)
class DateRange:
    """Local days from `first` to `last`, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        """Say whether `day` lies in the range."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """Why the office is closed on one day, and by which decree.

    Attributes:
        kind: Holiday, collective leave, local holiday or closure of the office.
        name: What the day is called.
        decree: The decision that set it; empty when it is only proposed.
        is_proposed: Counted as closed, but no decree was entered yet.
    """

    kind: CalendarKind
    name: str
    decree: str = ""
    is_proposed: bool = False


@dataclass(frozen=True, slots=True)
class OpenHours:
    """Local hours of one day, from `opens` until `closes`, or the whole day.

    Attributes:
        opens: First local moment at which somebody is at the counter.
        closes: Last local moment that is still in time.
        is_all_day: Open for twenty-four hours.
    """

    opens: time
    closes: time
    is_all_day: bool = False


ALL_DAY = OpenHours(opens=time.min, closes=LAST_MOMENT, is_all_day=True)


@dataclass(frozen=True, slots=True)
class OfficeWeek:
    """The hours of a week, 0 = Monday, in force from `valid_from` until before `valid_until`.

    A day may have hours without being a working day: a Saturday counter does not move deadlines.
    """

    hours: Mapping[int, OpenHours]
    working_weekdays: frozenset[int]
    valid_from: date = date.min
    valid_until: date = date.max


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Everything that a legal clock must know about the days of one office.

    Attributes:
        tz: The office's zone; legal days are local days.
        closed_days: The closed days by date.
        weeks: Office hours by validity, the first that covers a day applies.
        all_day: Ranges with service around the clock (quiet period, voting).
    """

    tz: ZoneInfo
    closed_days: Mapping[date, ClosedDay] = field(default_factory=lambda: MappingProxyType({}))
    weeks: tuple[OfficeWeek, ...] = ()
    all_day: tuple[DateRange, ...] = ()

    def is_working_day(self, day: date) -> bool:
        """Say whether `day` counts as *hari kerja*; service around the clock does not change it."""
        if day in self.closed_days:
            return False
        week = self._week_of(day)
        return week is not None and day.weekday() in week.working_weekdays

    def hours_on(self, day: date) -> OpenHours | None:
        """Return the hours of `day`, or None when the office is closed."""
        if any(day in span for span in self.all_day):
            return ALL_DAY
        if day in self.closed_days:
            return None
        week = self._week_of(day)
        return None if week is None else week.hours.get(day.weekday())

    def why_not_working(self, day: date) -> DayReason:
        """Name why `day` is not a working day.

        Raises:
            ValueError: When it is one.
        """
        if self.is_working_day(day):
            raise ValueError(f"{day} is a working day.")
        closed = self.closed_days.get(day)
        return DayReason.WEEKEND if closed is None else DayReason[closed.kind.name]

    def next_open(self, instant: datetime) -> datetime:
        """Return the earliest open instant (UTC) at or after `instant`.

        Raises:
            NeverOpen: When there is none within 400 days.
        """
        local = instant.astimezone(self.tz)
        for offset in range(_FARTHEST_SEARCH):
            day = local.date() + timedelta(days=offset)
            hours = self.hours_on(day)
            if hours is None:
                continue
            if instant <= self.at(day, hours.closes):
                return max(instant.astimezone(UTC), self.at(day, hours.opens))
        raise NeverOpen(f"No open hour within {_FARTHEST_SEARCH} days of {instant}.")

    def add_open_hours(self, instant: datetime, amount: int) -> datetime:
        """Return the instant (UTC) at which `amount` hours of service have passed since `instant`."""
        left = timedelta(hours=amount)
        cursor = self.next_open(instant)
        while True:
            closes = self.closes_at(self.local_day(cursor))
            ends = self._service_ends(cursor)
            if cursor + left <= ends:
                return min(cursor + left, closes)
            left -= ends - cursor
            cursor = self.next_open(closes + _TICK)

    def closes_at(self, day: date) -> datetime:
        """Return the last moment (UTC) of service on `day`; of a closed day, its last moment."""
        hours = self.hours_on(day)
        return self.at(day, LAST_MOMENT if hours is None else hours.closes)

    def at(self, day: date, moment: time) -> datetime:
        """Return the instant (UTC) of a local time on a local day."""
        return datetime.combine(day, moment, tzinfo=self.tz).astimezone(UTC)

    def local_day(self, instant: datetime) -> date:
        """Return the local day on which `instant` falls."""
        return instant.astimezone(self.tz).date()

    def _service_ends(self, instant: datetime) -> datetime:
        """Return when the service of the day ends; one of twenty-four hours ends at midnight."""
        day = self.local_day(instant)
        hours = self.hours_on(day)
        is_whole = hours is not None and hours.is_all_day
        return self.closes_at(day) + (_TICK if is_whole else timedelta())

    def _week_of(self, day: date) -> OfficeWeek | None:
        for week in self.weeks:
            if week.valid_from <= day < week.valid_until:
                return week
        return None
