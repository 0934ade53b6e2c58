"""How dates, instants and odd characters are written in an official document."""

import json
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeAlias

DAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS: Final = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
# Joiners, variation selectors, the byte order mark and the soft hyphen say nothing on paper.
_SILENT: Final = frozenset("\u200c\u200d\ufeff\u00ad") | frozenset(map(chr, range(0xFE00, 0xFE10)))
_COVERAGE: Final = Path(__file__).parent / "typst" / "coverage.json"

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"


def long_date(day: date) -> str:
    """Write a local date with its weekday: `Senin, 8 Januari 2024`."""
    return f"{DAYS[day.weekday()]}, {short_date(day)}"


def short_date(day: date) -> str:
    """Write a local date: `8 Januari 2024`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def moment(at: datetime) -> str:
    """Write an instant in its own zone: `Senin, 8 Januari 2024, pukul 16.00 WIB`.

    Raises:
        ValueError: When the instant has no zone of an office (naive, or in UTC).
    """
    zone = at.tzname()
    if zone is None or zone.startswith("UTC"):
        raise ValueError("A document names instants in the zone of its office.")
    return f"{long_date(at.date())}, pukul {at:%H.%M} {zone}"


@lru_cache(maxsize=1)
def covered() -> frozenset[str]:
    """Return the characters that the fonts of the renderer can show."""
    ranges: list[tuple[int, int]] = json.loads(_COVERAGE.read_text(encoding="ascii"))
    return frozenset(chr(point) for first, last in ranges for point in range(first, last + 1))


@lru_cache(maxsize=4096)
def _written(char: str) -> str:
    if char in "\t\r":
        return " "
    return f"[{unicodedata.name(char, f'U+{ord(char):04X}')}]"


def legible(text: str) -> str:
    """Write a character that the fonts lack as its Unicode name, in brackets.

    One such character would otherwise abort PDF/UA. Line breaks stay.
    """
    known = covered()
    composed = unicodedata.normalize("NFC", text)
    heard = (char for char in composed if char not in _SILENT)
    return "".join(c if c in known or c == "\n" else _written(c) for c in heard)


def legible_tree(value: Json) -> Json:
    """Apply `legible` to every text in a tree of JSON values."""
    if isinstance(value, str):
        return legible(value)
    if isinstance(value, list):
        return [legible_tree(item) for item in value]
    if isinstance(value, Mapping):
        return {key: legible_tree(item) for key, item in value.items()}
    return value
