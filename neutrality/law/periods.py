"""When a period ends, and why, day by day."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from neutrality.law.calendar import LAST_MOMENT, WorkCalendar
from neutrality.law.codes import Certainty, DayEnd, DayReason, PeriodCode, StartEvent, Unit

DAY_UNITS: Final = frozenset({Unit.WORKING_DAY, Unit.CALENDAR_DAY})
_ONE_DAY: Final = dt.timedelta(days=1)


class Endless(Exception):
    """The calendar has too few working days for the period to end within ten years."""


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """How one period is counted.

    Attributes:
        code: Which period.
        amount: How many units, at least one.
        unit: Working days, calendar days, hours, or hours of service.
        start_event: Whether it runs from the sending, the receipt, or the act.
        first_day_counted: Whether the day of the start is day one.
        day_end: When the last day is over; hours end at their own time.
        roll_when_closed: Whether an end on a closed day moves to the next open one.
        legal_basis: Where the law says so.
        certainty: How sure we are.
        note: What a reader should know about the doubt.
        row_id: The row of the period table, None when the rule was made by hand.

    Raises:
        ValueError: When the amount is below one.
    """

    code: PeriodCode
    amount: int
    unit: Unit
    start_event: StartEvent = StartEvent.EVENT
    first_day_counted: bool = False
    day_end: DayEnd = DayEnd.MIDNIGHT
    roll_when_closed: bool = False
    legal_basis: str = ""
    certainty: Certainty = Certainty.FOUND
    note: str = ""
    row_id: int | None = None

    def __post_init__(self) -> None:
        """Refuse a period of nothing."""
        if self.amount < 1:
            raise ValueError("A period lasts at least one unit.")

    def snapshot(self) -> dict[str, str | int | bool | None]:
        """Return plain values from which `restore` makes an equal rule."""
        return {
            "code": self.code.value,
            "amount": self.amount,
            "unit": self.unit.value,
            "start_event": self.start_event.value,
            "first_day_counted": self.first_day_counted,
            "day_end": self.day_end.value,
            "roll_when_closed": self.roll_when_closed,
            "legal_basis": self.legal_basis,
            "certainty": self.certainty.value,
            "note": self.note,
            "row_id": self.row_id,
        }


def restore(snapshot: Mapping[str, str | int | bool | None]) -> PeriodRule:
    """Make the rule again that `PeriodRule.snapshot` wrote down."""
    row_id = snapshot["row_id"]
    return PeriodRule(
        code=PeriodCode(str(snapshot["code"])),
        amount=int(str(snapshot["amount"])),
        unit=Unit(str(snapshot["unit"])),
        start_event=StartEvent(str(snapshot["start_event"])),
        first_day_counted=bool(snapshot["first_day_counted"]),
        day_end=DayEnd(str(snapshot["day_end"])),
        roll_when_closed=bool(snapshot["roll_when_closed"]),
        legal_basis=str(snapshot["legal_basis"]),
        certainty=Certainty(str(snapshot["certainty"])),
        note=str(snapshot["note"]),
        row_id=None if row_id is None else int(row_id),
    )


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One line of the explanation.

    Attributes:
        date: The local day.
        number: Which day of the period it is, None when it was not counted.
        reason: Why it was, or was not.
    """

    date: dt.date
    number: int | None
    reason: DayReason

    @property
    def counted(self) -> bool:
        """Say whether the day was counted."""
        return self.number is not None


@dataclass(frozen=True, slots=True)
class Due:
    """The end of a period.

    Attributes:
        due_at: The last instant (UTC) that is still in time; later is late.
        days: Every local day from the start to the end, with its reason.
        last_day: The local day of `due_at`.
    """

    due_at: dt.datetime
    days: tuple[CountedDay, ...]
    last_day: dt.date

    def is_met_by(self, instant: dt.datetime) -> bool:
        """Say whether an act at `instant` is in time."""
        return instant <= self.due_at


def due(rule: PeriodRule, started_at: dt.datetime, calendar: WorkCalendar) -> Due:
    """Compute when a period that began at `started_at` ends in `calendar`.

    A later start never ends earlier, and no period ends before it started.

    Raises:
        Endless: When the calendar has no working days left to count.
        NeverOpen: When a roll or an hour of service finds no open hour.
    """
    if rule.unit in DAY_UNITS:
        return _due_in_days(rule, started_at, calendar)
    return _due_in_hours(rule, started_at, calendar)


def filing_window(rule: PeriodRule, known_on: dt.date, calendar: WorkCalendar) -> Due:
    """Compute until when a report can be filed of what became known on the local day `known_on`."""
    return due(rule, calendar.at(known_on, dt.time.min), calendar)


def _due_in_hours(rule: PeriodRule, started_at: dt.datetime, calendar: WorkCalendar) -> Due:
    if rule.unit is Unit.OPEN_HOUR:
        end = calendar.add_open_hours(started_at, rule.amount)
    else:
        end = started_at.astimezone(dt.UTC) + dt.timedelta(hours=rule.amount)
    if rule.roll_when_closed:
        end = calendar.next_open(end)
    first, last = calendar.local_day(started_at), calendar.local_day(end)
    return Due(due_at=end, days=tuple(_passing(first, last)), last_day=last)


def _passing(first: dt.date, last: dt.date) -> Iterator[CountedDay]:
    """Tell the days that a period of hours passes through; none of them is a counted day."""
    for offset in range((last - first).days):
        day = first + dt.timedelta(days=offset)
        yield CountedDay(day, None, DayReason.HOURS_RUN)
    yield CountedDay(last, None, DayReason.ENDS_HERE)


def _due_in_days(rule: PeriodRule, started_at: dt.datetime, calendar: WorkCalendar) -> Due:
    days = tuple(_count(rule, started_at, calendar))
    end = _end_of(rule, started_at, days[-1].date, calendar)
    rolled = _rolled(rule, end, calendar)
    last = calendar.local_day(rolled)
    return Due(due_at=rolled, days=(*days, *_roll_lines(days[-1].date, last)), last_day=last)


def _count(
    rule: PeriodRule, started_at: dt.datetime, calendar: WorkCalendar
) -> Iterator[CountedDay]:
    """Walk the days from the start until the amount is reached."""
    day = calendar.local_day(started_at)
    if not _first_day_counts(rule, started_at, calendar):
        yield CountedDay(day, None, DayReason.START_DAY)
        day += _ONE_DAY
    number = 0
    for _ in range(_farthest(rule)):
        if rule.unit is Unit.CALENDAR_DAY or calendar.is_working_day(day):
            number += 1
            yield CountedDay(day, number, DayReason.COUNTED)
        else:
            yield CountedDay(day, None, calendar.why_not_working(day))
        if number == rule.amount:
            return
        day += _ONE_DAY
    raise Endless(f"{rule.code}: no end found for {rule.amount} {rule.unit}.")


def _farthest(rule: PeriodRule) -> int:
    return rule.amount * 7 + 366


def _first_day_counts(rule: PeriodRule, started_at: dt.datetime, calendar: WorkCalendar) -> bool:
    """The day of the start is day one if the rule says so and the day is not over yet."""
    if not rule.first_day_counted:
        return False
    return started_at <= _day_end(rule, calendar.local_day(started_at), calendar)


def _day_end(rule: PeriodRule, day: dt.date, calendar: WorkCalendar) -> dt.datetime:
    if rule.day_end is DayEnd.OFFICE_CLOSE:
        return calendar.closes_at(day)
    return calendar.at(day, LAST_MOMENT)


def _end_of(
    rule: PeriodRule, started_at: dt.datetime, last: dt.date, calendar: WorkCalendar
) -> dt.datetime:
    """The instant at which the last counted day ends for this rule.

    A working-day period that began on a closed day has no "same time": it began when the next
    working day did, so its last day is a whole one.
    """
    began_on = calendar.local_day(started_at)
    whole = rule.unit is Unit.WORKING_DAY and not calendar.is_working_day(began_on)
    if rule.day_end is DayEnd.SAME_TIME and not whole:
        return calendar.at(last, started_at.astimezone(calendar.tz).time())
    return _day_end(rule, last, calendar)


def _rolled(rule: PeriodRule, end: dt.datetime, calendar: WorkCalendar) -> dt.datetime:
    """Move an end on a closed day to the next open day, at the end that the rule names."""
    if not rule.roll_when_closed:
        return end
    if rule.day_end is DayEnd.SAME_TIME:
        return calendar.next_open(end)
    last = calendar.local_day(end)
    if calendar.hours_on(last) is not None:
        return end
    return _day_end(rule, calendar.local_day(calendar.next_open(end)), calendar)


def _roll_lines(counted_last: dt.date, last: dt.date) -> Iterator[CountedDay]:
    for offset in range(1, (last - counted_last).days + 1):
        day = counted_last + dt.timedelta(days=offset)
        reason = DayReason.ENDS_HERE if day == last else DayReason.ROLLED
        yield CountedDay(day, None, reason)
