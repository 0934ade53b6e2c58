"""The messages of a mailbox with their files, as the holder of the code sees them."""

from collections import defaultdict
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.urls import reverse

from complaints.codes import Direction, EvidenceState
from complaints.models import Evidence, Message, Party, Report, Tip
from complaints.services.write_message import side_of
from neutrality.ui.dates import say_short_instant


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a message; those of the office can be fetched, one's own are only named."""

    name: str
    size: int
    state: str
    url: str


@dataclass(frozen=True, slots=True)
class LetterWithFiles:
    """One message with its files."""

    own: bool
    body: str
    at: str
    unread: bool
    files: tuple[Attachment, ...]


def letters_with_files(
    *, mailbox: Report | Tip | Party, tz: ZoneInfo, page: str
) -> tuple[LetterWithFiles, ...]:
    """Return the messages, oldest first, in two queries; `page` names the address of a file."""
    rows = list(Message.objects.filter(**side_of(mailbox)).order_by("sent_at", "pk"))
    files = _files(rows, page)
    return tuple(
        LetterWithFiles(
            own=row.direction == Direction.FROM_PARTY,
            body=row.body,
            at=say_short_instant(row.sent_at, tz),
            unread=row.direction == Direction.FROM_OFFICE and row.read_at is None,
            files=tuple(files[row.pk]),
        )
        for row in rows
    )


def _files(rows: list[Message], page: str) -> dict[int, list[Attachment]]:
    office = {row.pk for row in rows if row.direction == Direction.FROM_OFFICE}
    found: dict[int, list[Attachment]] = defaultdict(list)
    kept = Evidence.objects.filter(message__in=[row.pk for row in rows]).order_by("pk")
    for row in kept.only("message_id", "public_id", "original_name", "size", "state"):
        open_to_all = row.message_id in office and row.state == EvidenceState.CLEAN
        url = reverse(page, args=[row.public_id]) if open_to_all else ""
        state = str(EvidenceState(row.state).label)
        found[row.message_id or 0].append(Attachment(row.original_name, row.size, state, url))
    return found
