"""The part of a working calendar that a clock keeps, as plain values."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

from neutrality.law.calendar import (
    ClosedDay,
    DateRange,
    OfficeWeek,
    OpenHours,
    WorkCalendar,
)
from neutrality.law.codes import CalendarKind


def snapshot(calendar: WorkCalendar, first: date, last: date) -> dict[str, Any]:
    """Return the days, weeks and ranges of `calendar` that touch the days from first to last.

    `restore` makes a calendar of it that gives the same answers on these days.
    """
    return {
        "tz": calendar.tz.key,
        "closed": {
            day.isoformat(): [closed.kind.value, closed.name, closed.decree, closed.is_proposed]
            for day, closed in sorted(calendar.closed_days.items())
            if first <= day <= last
        },
        "weeks": [
            _week_out(week)
            for week in calendar.weeks
            if week.valid_from <= last and first <= week.valid_until
        ],
        "all_day": [
            [span.first.isoformat(), span.last.isoformat()]
            for span in calendar.all_day
            if span.first <= last and first <= span.last
        ],
    }


def restore(kept: Mapping[str, Any]) -> WorkCalendar:
    """Make the calendar again that `snapshot` wrote down."""
    return WorkCalendar(
        tz=ZoneInfo(kept["tz"]),
        closed_days={
            date.fromisoformat(day): ClosedDay(CalendarKind(kind), name, decree, is_proposed)
            for day, (kind, name, decree, is_proposed) in kept["closed"].items()
        },
        weeks=tuple(_week_in(week) for week in kept["weeks"]),
        all_day=tuple(
            DateRange(date.fromisoformat(first), date.fromisoformat(last))
            for first, last in kept["all_day"]
        ),
    )


def _week_out(week: OfficeWeek) -> dict[str, Any]:
    return {
        "hours": {
            str(weekday): [hours.opens.isoformat(), hours.closes.isoformat(), hours.is_all_day]
            for weekday, hours in sorted(week.hours.items())
        },
        "working": sorted(week.working_weekdays),
        "from": week.valid_from.isoformat(),
        "until": week.valid_until.isoformat(),
    }


def _week_in(kept: Mapping[str, Any]) -> OfficeWeek:
    return OfficeWeek(
        hours={
            int(weekday): OpenHours(time.fromisoformat(opens), time.fromisoformat(closes), all_day)
            for weekday, (opens, closes, all_day) in kept["hours"].items()
        },
        working_weekdays=frozenset(kept["working"]),
        valid_from=date.fromisoformat(kept["from"]),
        valid_until=date.fromisoformat(kept["until"]),
    )
