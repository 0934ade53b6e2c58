"""The messages of a mailbox with their files, as the holder of the code sees them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.codes import Direction, EvidenceKind, EvidenceState, PartyKind
from complaints.models import Evidence, Message, Party, Report, Tip
from complaints.selectors.carried import FileState, ItemFile, state_of, waiting_among
from complaints.services.write_message import side_of
from neutrality.ui.dates import say_short_instant


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a message; those of the office can be fetched, of one's own it is said how they stand.

    Attributes:
        told: How a file of one's own stands; nothing of the office's.
    """

    name: str
    caption: str
    size: int
    state: str
    url: str
    told: FileState | None


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
    """Return the messages, oldest first, in two queries; `page` names the address of a file.

    With the copies that went to a respondent it is a third one.
    """
    rows = list(Message.objects.filter(**side_of(mailbox)).order_by("sent_at", "pk"))
    files = _files(rows, page)
    if isinstance(mailbox, Party) and mailbox.kind == PartyKind.RESPONDENT:
        _add_copies(files, rows, page)
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
    for row in kept:
        from_office = row.message_id in office
        open_to_all = from_office and row.state == EvidenceState.CLEAN
        file = Attachment(
            name=row.original_name,
            caption=row.caption,
            size=row.size,
            state=str(EvidenceState(row.state).label),
            url=reverse(page, args=[row.public_id]) if open_to_all else "",
            told=None if from_office else state_of(row),
        )
        found[row.message_id or 0].append(file)
    return found


def _add_copies(files: dict[int, list[Attachment]], rows: list[Message], page: str) -> None:
    links = Message.copies.through.objects.filter(message_id__in=[row.pk for row in rows])
    for link in links.select_related("derivative").order_by("derivative_id"):
        copy = link.derivative
        file = Attachment(
            name=copy.wording or _("Salinan bukti"),
            caption="",
            size=copy.size,
            state=_("Salinan"),
            url=reverse(page, args=[copy.public_id]),
            told=None,
        )
        files[link.message_id].append(file)


def other_files(*, mailbox: Report | Tip | Party) -> tuple[ItemFile, ...]:
    """Return what the holder handed in outside of a message, oldest first; one query.

    What the staff wrote down or captured is not the holder's, and papers that name people are not
    shown again.
    """
    own = Evidence.objects.filter(**side_of(mailbox), message=None, recorded_by=None)
    rows = own.filter(kind=EvidenceKind.FILE, is_identity=False).order_by("pk")
    return tuple(ItemFile(row.original_name, row.caption, state_of(row)) for row in rows)


def waiting_in(letters: Iterable[LetterWithFiles], others: Iterable[ItemFile]) -> int:
    """Return how many of one's own files are still being examined."""
    files = (file for letter in letters for file in letter.files)
    in_letters = waiting_among(file.told for file in files if file.told)
    return in_letters + waiting_among(file.state for file in others)
