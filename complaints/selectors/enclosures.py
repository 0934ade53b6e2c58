"""Files that wait for the letter or the answer with which they will be sent."""

from dataclasses import dataclass

from complaints.models import Evidence
from complaints.selectors.carried import FileState, state_of


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One file that waits, and how it stands."""

    public_id: str
    name: str
    caption: str
    size: int
    state: FileState


def enclosed_files(*, draft_id: int) -> tuple[Enclosed, ...]:
    """Return the files that wait on this draft, oldest first; one query."""
    return tuple(
        Enclosed(row.public_id, row.original_name, row.caption, row.size, state_of(row))
        for row in Evidence.objects.filter(draft_id=draft_id).order_by("pk")
    )
