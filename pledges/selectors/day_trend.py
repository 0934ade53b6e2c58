"""How the signatures of one day came in, hour by hour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import connection
from django.utils.translation import gettext as _

from neutrality.ui.charts import BarChart, LineChart, make_bars, make_line
from pledges.models import Ceremony, Round

# Of somebody who signed twice (a correction, a new text) the first that holds counts.
_BY_HOUR: Final = """
    SELECT extract(hour FROM given.signed_at AT TIME ZONE %(zone)s)::int, count(*)
    FROM pledges_signature given
    {joined}
    WHERE given.round_id = %(round)s AND given.annulled_at IS NULL
      AND given.signed_at >= %(begin)s AND given.signed_at < %(end)s {below}
    GROUP BY 1
"""
_JOINED: Final = """
    JOIN pledges_obligation owed ON owed.id = given.obligation_id
    JOIN organisations_unit unit ON unit.id = owed.unit_now_id
"""
_BELOW: Final = "AND (unit.path = %(path)s OR starts_with(unit.path, %(path)s || '/'))"
OPENING_HOUR: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class HourRow:
    """One hour of the day: how many signed in it, and up to its end."""

    label: str
    number: int
    so_far: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTrend:
    """A day of a round; `busiest` is empty when nobody signed."""

    day: date
    rows: Sequence[HourRow]
    total: int
    busiest: str
    line: LineChart
    bars: BarChart


def day_trend(*, place: Round, day: date, now: datetime, path: str = "") -> DayTrend:
    """Return the day by local hours, of the round or of a unit with all below it; one query.

    The hours go from six in the morning (or the first signature) to now, or to the last one.
    """
    counts = _counts(place, day, path)
    rows = _rows(counts, _last_hour(place, day, now, counts))
    top = max(rows, key=lambda row: row.number, default=None)
    return DayTrend(
        day=day,
        rows=rows,
        total=sum(counts.values()),
        busiest=top.label if top and top.number else "",
        line=make_line(
            title=_("Jumlah tanda tangan sampai pukul"),
            label_heading=_("Pukul"),
            value_heading=_("Sejak pagi"),
            rows=[(row.label, row.so_far) for row in rows],
        ),
        bars=make_bars(
            title=_("Tanda tangan per jam"),
            label_heading=_("Pukul"),
            value_heading=_("Orang"),
            rows=[(row.label, row.number) for row in rows],
        ),
    )


def day_to_show(*, place: Round, now: datetime) -> date:
    """Return the day of the round's latest ceremony that has begun; without one, today."""
    today = now.astimezone(place.office.tz).date()
    held = Ceremony.objects.filter(round=place, held_on__lte=today).order_by("-held_on")
    return held.values_list("held_on", flat=True).first() or today


def _counts(place: Round, day: date, path: str) -> dict[int, int]:
    begin = datetime.combine(day, time(0), tzinfo=place.office.tz)
    query = _BY_HOUR.format(joined=_JOINED if path else "", below=_BELOW if path else "")
    values: dict[str, int | str | datetime] = {
        "round": place.pk,
        "zone": place.office.time_zone,
        "begin": begin,
        "end": begin + timedelta(days=1),
        "path": path,
    }
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return dict(cursor.fetchall())


def _last_hour(place: Round, day: date, now: datetime, counts: dict[int, int]) -> int:
    here = now.astimezone(place.office.tz)
    last = max(counts, default=OPENING_HOUR)
    return max(last, here.hour) if here.date() == day else last


def _rows(counts: dict[int, int], last: int) -> list[HourRow]:
    rows, so_far = [], 0
    for hour in range(min([OPENING_HOUR, *counts]), max(last, OPENING_HOUR) + 1):
        so_far += counts.get(hour, 0)
        label = f"{hour:02d}.00-{hour:02d}.59"
        rows.append(HourRow(label=label, number=counts.get(hour, 0), so_far=so_far))
    return rows
