"""What became of a file that was handed in, and what it tells besides what it shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from complaints.codes import Carried, EvidenceKind, EvidenceState
from complaints.models import Evidence

# Of these kinds the copies leave out what the original carries; of others there is no copy.
_COPIED: Final = ("image/", "video/", "audio/", "application/pdf")


@dataclass(frozen=True, slots=True)
class FileState:
    """How a file stands: still being examined, refused with a sentence, or what it carries."""

    is_pending: bool
    refusal: str
    carries: str
    is_copied: bool


@dataclass(frozen=True, slots=True)
class ItemFile:
    """A file as its sender sees it listed, and how it stands."""

    name: str
    caption: str
    state: FileState


def carried_words(codes: Iterable[str]) -> str:
    """Return the codes as one list in words: place, phone model and time."""
    return get_text_list([str(Carried(code).label) for code in codes], _("dan"))


def state_of(row: Evidence) -> FileState:
    """Return how a piece of evidence stands, as its sender is told."""
    is_file = row.kind == EvidenceKind.FILE
    return FileState(
        is_pending=is_file and row.state == EvidenceState.PENDING,
        refusal=_(row.refusal) if row.refusal else "",
        carries=carried_words(row.carries),
        is_copied=row.media_type.startswith(_COPIED),
    )


def waiting_among(states: Iterable[FileState]) -> int:
    """Return how many of these files are still being examined."""
    return sum(state.is_pending for state in states)
