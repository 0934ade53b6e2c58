"""Whether online filing is paused, for an office or everywhere, and what people read then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import get_language

from complaints.models import FilingPause
from neutrality.law.clock import Clock
from neutrality.organisations.models import Office

EVERYWHERE: Final = "RI"
CACHED_AS: Final = "filing-pauses"
# Whoever sets or lifts a pause writes it here; this is for a clock that runs into one.
_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Pause:
    """One pause: where, since when, until when, and the sentence in both languages."""

    path: str
    starts_at: datetime
    ends_at: datetime | None
    sentence_id: str
    sentence_en: str

    @property
    def sentence(self) -> str:
        """The sentence in the language of the page."""
        return self.sentence_en if get_language() == "en" else self.sentence_id

    def runs(self, clock: Clock) -> bool:
        """Whether it is in force at this instant."""
        return self.starts_at <= clock.now and (self.ends_at is None or clock.now < self.ends_at)


def any_pause(*, clock: Clock) -> bool:
    """Whether online filing is paused anywhere; asks no database as a rule."""
    return bool(_running(clock))


def pause_everywhere(*, clock: Clock) -> Pause | None:
    """Return the pause of the whole country, or None."""
    return _first(_running(clock), [EVERYWHERE])


def pause_of(*, office: Office, clock: Clock) -> Pause | None:
    """Return the pause that holds for an office: its own or that of one above it, or None."""
    segments = office.path.split("/")
    above = ["/".join(segments[: depth + 1]) for depth in range(len(segments))]
    return _first(_running(clock), above)


def set_pause(*, office: Office) -> FilingPause | None:
    """Return the pause that was set at exactly this office and not lifted."""
    rows = FilingPause.objects.filter(office=office, lifted_at__isnull=True)
    return rows.select_related("set_by").first()


def renew_pauses(*, clock: Clock) -> None:
    """Let every request from now on see what was just committed."""
    cache.set(CACHED_AS, _read(clock), _SECONDS)


def _running(clock: Clock) -> list[Pause]:
    rows: list[Pause] | None = cache.get(CACHED_AS)
    if rows is None:
        rows = _read(clock)
        # Never over what was written since we looked: it would hide a pause for a minute.
        cache.add(CACHED_AS, rows, _SECONDS)
    return [row for row in rows if row.runs(clock)]


def _read(clock: Clock) -> list[Pause]:
    rows = FilingPause.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=clock.now), lifted_at__isnull=True
    ).values_list("office__path", "starts_at", "ends_at", "sentence", "sentence_en")
    return [
        Pause(path or EVERYWHERE, starts, ends, sentence, english)
        for path, starts, ends, sentence, english in rows
    ]


def _first(rows: Iterable[Pause], paths: list[str]) -> Pause | None:
    return next((row for row in rows if row.path in paths), None)
