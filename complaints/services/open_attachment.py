"""Open a file that the office sent with a message, for the holder of the code."""

import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction

from complaints.codes import CustodyAct, Direction, EvidenceState
from complaints.models import Evidence, Party, Report, Tip
from complaints.services.custody import note_custody
from complaints.services.write_message import side_of
from neutrality.audit.actor import Actor
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
    """Open a file of the office's messages piece by piece; it stands in the chain of custody.

    Raises:
        NoAttachment: Another mailbox's, one's own, not found clean, or erased.
    """
    side = {f"message__{name}": value for name, value in side_of(mailbox).items()}
    rows = Evidence.objects.select_related("matter").filter(public_id=public_id, **side)
    found = rows.filter(message__direction=Direction.FROM_OFFICE, state=EvidenceState.CLEAN).first()
    if found is None or found.matter is None:
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
    ending = mimetypes.guess_extension(found.media_type) or ".bin"
    return OpenedFile(f"berkas-{found.public_id}{ending}", pieces)
