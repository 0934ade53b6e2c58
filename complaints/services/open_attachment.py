"""Open a file or a copy that the office sent with a message, for the holder of the code."""

import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction

from complaints.codes import Audience, CustodyAct, Direction, EvidenceState
from complaints.models import Derivative, Evidence, Party, Report, Tip
from complaints.services.custody import note_custody
from complaints.services.open_released import open_within
from complaints.services.write_message import side_of
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock
from neutrality.vault.services import Erased, open_stream

REASON = "Diunduh oleh penerima pesan"


class NoAttachment(LookupError):
    """No such file in this mailbox, or it cannot be opened (any more)."""


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """The pieces of a file and the name under which it is saved."""

    name: str
    pieces: Iterator[bytes] = field(repr=False)


@transaction.atomic(durable=True)
def open_attachment(
    *, mailbox: Report | Tip | Party, public_id: str, actor: Actor, clock: Clock
) -> OpenedFile:
    """Open what went with the office's messages piece by piece; it stands in the chain of custody.

    Raises:
        NoAttachment: Another mailbox's, one's own, not found clean, not let go, or erased.
    """
    side = {f"message__{name}": value for name, value in side_of(mailbox).items()}
    rows = Evidence.objects.select_related("matter").filter(public_id=public_id, **side)
    found = rows.filter(message__direction=Direction.FROM_OFFICE, state=EvidenceState.CLEAN).first()
    if found is None:
        return _copy(mailbox, public_id, actor, clock)
    if found.matter is None:
        raise NoAttachment(public_id)
    try:
        pieces = open_stream(
            blob_id=int(found.stored_as),
            reason=REASON,
            subject=found.matter.ref(),
            actor=actor,
            clock=clock,
        )
    except Erased:
        raise NoAttachment(public_id) from None
    note_custody(act=CustodyAct.DOWNLOADED, evidence=found, actor=actor, clock=clock, reason=REASON)
    return OpenedFile(f"berkas-{found.public_id}{_ending(found.media_type)}", pieces)


def _copy(mailbox: Report | Tip | Party, public_id: str, actor: Actor, clock: Clock) -> OpenedFile:
    """Open a copy that went with a message into this room."""
    if not isinstance(mailbox, Party):
        raise NoAttachment(public_id)
    sent = Derivative.objects.filter(audience=Audience.RESPONDENT, released_at__isnull=False)
    rows = sent.filter(public_id=public_id, messages__party=mailbox)
    copy = rows.select_related("evidence__matter").first()
    if copy is None:
        raise NoAttachment(public_id)
    try:
        pieces = open_within(copy=copy, reader=mailbox.alias, actor=actor, clock=clock)
    except Refused:
        raise NoAttachment(public_id) from None
    return OpenedFile(f"salinan-{copy.public_id}{_ending(copy.media_type)}", pieces)


def _ending(media_type: str) -> str:
    return mimetypes.guess_extension(media_type) or ".bin"
