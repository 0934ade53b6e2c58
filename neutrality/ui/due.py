"""What to say about a deadline, and in which tone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _, ngettext

from neutrality.ui.dates import local, say_short_instant, say_time

SOON_DAYS = 1


@dataclass(frozen=True, slots=True)
class DueWords:
    """A deadline as shown: the tone and the icon never stand without the words."""

    tone: str
    icon: str
    words: str
    at: str


def due_words(
    *, due_at: datetime, now: datetime, tz: ZoneInfo, met_at: datetime | None = None
) -> DueWords:
    """Say how a deadline stands at `now`, in days of the office's zone.

    A met deadline says whether it was met in time. An open one counts calendar days, and hours
    on the last day; how the legal days were counted is explained elsewhere, day by day.
    """
    at = say_short_instant(due_at, tz)
    if met_at is not None:
        return _met(met_at <= due_at, at)
    if now > due_at:
        return DueWords("danger", "warning", _late(due_at, now, tz), at)
    return _open(due_at, now, tz, at)


def _met(in_time: bool, at: str) -> DueWords:  # noqa: FBT001  the one fact it is about
    if in_time:
        return DueWords("success", "check", _("Selesai tepat waktu"), at)
    return DueWords("warning", "check", _("Selesai, terlambat"), at)


def _open(due_at: datetime, now: datetime, tz: ZoneInfo, at: str) -> DueWords:
    days = (local(due_at, tz).date() - local(now, tz).date()).days
    time = say_time(due_at, tz)
    if days == 0:
        words = _("Jatuh tempo hari ini pukul %(time)s") % {"time": time}
        return DueWords("warning", "clock", words, at)
    if days == SOON_DAYS:
        words = _("Jatuh tempo besok pukul %(time)s") % {"time": time}
        return DueWords("warning", "clock", words, at)
    words = ngettext("%(days)d hari lagi", "%(days)d hari lagi", days) % {"days": days}
    return DueWords("info", "clock", words, at)


def _late(due_at: datetime, now: datetime, tz: ZoneInfo) -> str:
    days = (local(now, tz).date() - local(due_at, tz).date()).days
    if days:
        return ngettext("Terlambat %(days)d hari", "Terlambat %(days)d hari", days) % {"days": days}
    hours = (now - due_at) // timedelta(hours=1)
    if not hours:
        return _("Terlambat kurang dari satu jam")
    return ngettext("Terlambat %(hours)d jam", "Terlambat %(hours)d jam", hours) % {"hours": hours}
