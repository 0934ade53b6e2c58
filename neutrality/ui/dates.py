"""Dates and times in the words people use, always with the zone."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext as _, pgettext


def local(instant: datetime, tz: ZoneInfo) -> datetime:
    """The wall time of an aware instant in the office's zone."""
    return instant.astimezone(tz)


def say_day(day: date) -> str:
    """`Sabtu, 21 November 2026`."""
    return _said(day, "l, j F Y", get_language())


def say_short_day(day: date) -> str:
    """`21 Nov 2026`."""
    return _said(day, "j M Y", get_language())


@lru_cache(maxsize=4096)
def _said(day: date, pattern: str, language: str | None) -> str:  # noqa: ARG001
    """Write a day; a list names the same few days again and again."""
    return date_format(day, pattern)


def say_time(instant: datetime, tz: ZoneInfo) -> str:
    """`16.00 WIB`."""
    wall = local(instant, tz)
    return f"{wall.strftime(pgettext('jam', '%H.%M'))} {wall.tzname()}"


def zone_words(tz: ZoneInfo) -> str:
    """`WIB`, `WITA` or `WIT`; none of the three has a summer time."""
    return datetime(2026, 1, 1, tzinfo=tz).tzname() or str(tz)


def say_instant(instant: datetime, tz: ZoneInfo) -> str:
    """`Sabtu, 21 November 2026 pukul 16.00 WIB`."""
    words = {"day": say_day(local(instant, tz).date()), "time": say_time(instant, tz)}
    return _("%(day)s pukul %(time)s") % words


def say_short_instant(instant: datetime, tz: ZoneInfo) -> str:
    """`21 Nov 2026, 16.00 WIB`, for tables."""
    return f"{say_short_day(local(instant, tz).date())}, {say_time(instant, tz)}"
