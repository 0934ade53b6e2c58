"""Reading the truth tables that a lawyer can check."""

import csv
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from neutrality.law.calendar import LAST_MOMENT, DateRange

ZONES = {
    "WIB": ZoneInfo("Asia/Jakarta"),
    "WITA": ZoneInfo("Asia/Makassar"),
    "WIT": ZoneInfo("Asia/Jayapura"),
}


def table(name: str) -> list[dict[str, str]]:
    """Return the lines of a truth table."""
    path = Path(__file__).with_name(f"{name}.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def instant(text: str, tz: ZoneInfo) -> datetime:
    """Read a local time; 24:00 is the last moment of the day."""
    day, clock = text.split()
    moment = LAST_MOMENT if clock == "24:00" else time.fromisoformat(clock)
    return datetime.combine(date.fromisoformat(day), moment, tzinfo=tz).astimezone(UTC)


def span(text: str) -> tuple[DateRange, ...]:
    """Read `first..last`, or nothing."""
    if not text:
        return ()
    first, last = text.split("..")
    return (DateRange(date.fromisoformat(first), date.fromisoformat(last)),)
