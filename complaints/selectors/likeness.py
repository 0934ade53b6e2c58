"""How much two files look as if they spoke of one event; pure, and with its reasons."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _, ngettext

from complaints.selectors.spelling import spellings

ENOUGH: Final = 4
_WORD: Final = re.compile(r"\w+")
_SHORTEST: Final = 4
_NAME_SAME, _NAME_LIKE = 0.6, 0.45
_TEXT_SAME, _TEXT_LIKE = 0.4, 0.2
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What a file says of an event: of whom, where they work, when, and in which words."""

    names: tuple[str, ...] = ()
    people: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    agencies: frozenset[int] = frozenset()
    agency_names: tuple[str, ...] = ()
    days: tuple[tuple[date, date], ...] = ()
    accounts: tuple[str, ...] = ()
    text_keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two files are, and why."""

    points: int
    reasons: tuple[str, ...]

    @property
    def is_enough(self) -> bool:
        """Whether it is worth a look; one thing alone never is."""
        return self.points >= ENOUGH and len(self.reasons) > 1


def likeness(one: EventFacts, other: EventFacts) -> Likeness:
    """Return how alike two files are by person, workplace, time and words."""
    found = [
        row for row in (_who(one, other), _where(one, other), _when(one, other), _what(one, other))
        if row is not None
    ]  # fmt: skip
    reasons = tuple(words for _points, words in found if words)
    return Likeness(sum(points for points, _words in found), reasons)


def name_likeness(one: str, other: str) -> float:
    """Return how alike two names are by their trigrams, in the nearest of their spellings."""
    pairs = ((left, right) for left in spellings(one) for right in spellings(other))
    return max((_share(_trigrams(left), _trigrams(right)) for left, right in pairs), default=0.0)


def _who(one: EventFacts, other: EventFacts) -> tuple[int, str] | None:
    if one.people & other.people:
        return 4, _("orang yang sama di daftar pegawai")
    best = max((name_likeness(a, b) for a in one.names for b in other.names), default=0.0)
    if best < _NAME_LIKE:
        return None
    words = _("nama terlapor mirip (%(share)d%%)") % {"share": round(best * 100)}
    return (3 if best >= _NAME_SAME else 2), words


def _where(one: EventFacts, other: EventFacts) -> tuple[int, str] | None:
    if one.units & other.units:
        return 2, _("unit kerja yang sama")
    if one.agencies & other.agencies:
        return 1, _("instansi yang sama")
    pairs = [name_likeness(a, b) for a in one.agency_names for b in other.agency_names]
    if any(share >= _NAME_SAME for share in pairs):
        return 1, _("nama instansi mirip")
    # Two names of one sound at two workplaces are two people, more often than not.
    return (-2, "") if pairs or (one.agencies and other.agencies) else None


def _when(one: EventFacts, other: EventFacts) -> tuple[int, str] | None:
    apart = min((_apart(a, b) for a in one.days for b in other.days), default=None)
    if apart is None or apart > _WEEK:
        return None
    if apart == 0:
        return 2, _("waktu kejadian yang sama")
    words = ngettext("berjarak %(days)d hari", "berjarak %(days)d hari", apart) % {"days": apart}
    return (2 if apart == 1 else 1), words


def _what(one: EventFacts, other: EventFacts) -> tuple[int, str] | None:
    if one.text_keys & other.text_keys:
        return 4, _("uraian yang sama")
    pairs = ((_words_of(a), _words_of(b)) for a in one.accounts for b in other.accounts)
    best = max((_share(a, b) for a, b in pairs), default=0.0)
    if best < _TEXT_LIKE:
        return None
    return (2 if best >= _TEXT_SAME else 1), _("uraian mirip")


def _apart(one: tuple[date, date], other: tuple[date, date]) -> int:
    """Return how many days lie between two spans; none when they touch."""
    return max((other[0] - one[1]).days, (one[0] - other[1]).days, 0)


def _trigrams(text: str) -> frozenset[str]:
    padded = (f"  {word} " for word in _WORD.findall(text.lower()))
    return frozenset(word[at : at + 3] for word in padded for at in range(len(word) - 2))


def _words_of(text: str) -> frozenset[str]:
    words: Iterable[str] = _WORD.findall(text.lower())
    return frozenset(word for word in words if len(word) >= _SHORTEST)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0
