"""One agency of the demo at one hour."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from neutrality.audit.actor import Actor
from neutrality.elections.models import Election
from neutrality.law.clock import Clock
from neutrality.organisations.models import Agency


@dataclass(frozen=True, slots=True)
class Scene:
    """One agency of the demo with its two officers, and the hour of the next step."""

    agency: Agency
    election: Election
    officer: Actor
    second: Actor
    tz: ZoneInfo
    now: datetime

    @property
    def clock(self) -> Clock:
        """Return the clock of the next step."""
        return Clock(now=self.now.astimezone(UTC))

    def later(self, *, days: int = 0, minutes: int = 0) -> "Scene":
        """Return the scene some time on; the stories of different people run side by side."""
        return replace(self, now=self.now + timedelta(days=days, minutes=minutes))
