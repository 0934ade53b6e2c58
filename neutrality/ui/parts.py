"""The rows of the blocks that pages are put together from."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A fact under its name, and where it can be changed (empty: nowhere)."""

    label: str
    value: str
    change_url: str = ""
    change_words: str = ""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something that happened; `recorded` is filled when it was entered later than it happened."""

    title: str
    at: str
    body: str = ""
    by: str = ""
    recorded: str = ""
    tone: str = "neutral"
    icon: str = "dot"
    machine_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody else changed meanwhile, for the page of 409."""

    title: str
    at: str
    by: str = ""
