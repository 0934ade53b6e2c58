"""Appointments as an iCalendar file (RFC 5545): time, room and an opaque id, nothing of a case."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

PRODUCT: Final = "-//Netralitas ASN//Kalender//ID"
FOLD_AT: Final = 75
_ESCAPED: Final = (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One appointment; `uid` never changes, so that a moved one moves in the calendar too."""

    uid: str
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime


def calendar_file(*, name: str, events: Iterable[Event], made_at: datetime) -> bytes:
    """Return the file; times are in UTC, lines end with CRLF and are folded at 75 octets."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
        *(line for event in events for line in _event(event, made_at)),
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _event(event: Event, made_at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{_instant(made_at)}"
    yield f"DTSTART:{_instant(event.starts_at)}"
    yield f"DTEND:{_instant(event.ends_at)}"
    yield f"SUMMARY:{_text(event.title)}"
    if event.place:
        yield f"LOCATION:{_text(event.place)}"
    yield "CLASS:CONFIDENTIAL"
    yield "END:VEVENT"


def _instant(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    for plain, escaped in _ESCAPED:
        value = value.replace(plain, escaped)
    return value


def _folded(line: str) -> bytes:
    """Cut a line between characters, never within one; what follows begins with a space."""
    pieces, piece, room = [], b"", FOLD_AT
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > room:
            pieces.append(piece)
            piece, room = b"", FOLD_AT - 1
        piece += octets
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"
