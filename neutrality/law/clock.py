"""The one reading of the time that a request, a task or a command makes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Clock:
    """An instant, handed down as an argument.

    Attributes:
        now: An aware instant in UTC.

    Raises:
        ValueError: When `now` is naive or not in UTC.
    """

    now: datetime

    def __post_init__(self) -> None:
        """Refuse an instant that does not say where it is."""
        if self.now.tzinfo is not UTC:
            raise ValueError("A clock holds an aware instant in UTC.")

    def today_in(self, tz: ZoneInfo) -> date:
        """Return the local date in `tz`: legal days are local days of the office."""
        return self.now.astimezone(tz).date()


def noon_of(day: date, tz: ZoneInfo) -> datetime:
    """Return the instant that stands for a local day of which no more is known."""
    return datetime.combine(day, time(12), tzinfo=tz)


def read_clock() -> Clock:
    """Read the server's time. Only views, tasks and commands call this."""
    return Clock(now=datetime.now(UTC))
