"""Files that wait in an open mailbox until the letter or the answer they belong to is sent.

They come part by part like those of an unsent report and wait where those wait: on a draft, here
one without answers that no code opens. What is never sent goes with the draft when its time is
over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from complaints.codes import DraftState
from complaints.models import AccessCode, Draft, Evidence, Party, Report, Tip
from complaints.services.drafts import nameless_draft
from complaints.services.evidence_intake import (
    ArrivedFile,
    Owner,
    room_left,
    take_in_file,
)
from complaints.services.media_types import FileRefused, too_many
from neutrality.audit.actor import Actor
from neutrality.law.clock import Clock
from neutrality.vault.services import keyed_hash

LETTER: Final = "pesan"
COMPLETION: Final = "lengkapi"


@dataclass(frozen=True, slots=True)
class Tray:
    """Whose files wait for what; one for each mailbox, holder and purpose.

    Attributes:
        purpose: `LETTER`, `COMPLETION`, or the latter with the number of the missing thing.
    """

    code: AccessCode
    mailbox: Report | Tip | Party
    purpose: str

    @property
    def digest(self) -> bytes:
        """The name under which the draft is found: the same for a code that replaces another."""
        box, code = self.mailbox, self.code
        # What waited for an answer of one round is no answer to the notice of the next.
        count = getattr(box, "review_round", 0) if self.purpose != LETTER else 0
        parts = (type(box).__name__, box.pk, code.representation_id or 0, self.purpose, count)
        return keyed_hash(purpose="enclosures", value=":".join(map(str, parts)))


def for_item(position: int) -> str:
    """Return the purpose of files for one missing thing."""
    return f"{COMPLETION}-{position}"


@transaction.atomic(durable=True)
def open_tray(*, tray: Tray, clock: Clock) -> int:
    """Return the key of the draft on which files wait; it is made where there is none."""
    return nameless_draft(digest=tray.digest, clock=clock)


@transaction.atomic(durable=True)
def lay_in(*, tray: Tray, files: Sequence[ArrivedFile], actor: Actor, clock: Clock) -> None:
    """Let files wait that came with a letter which is asked about before it is sent.

    Raises:
        FileRefused: A file cannot be taken in, or there are too many; nothing is kept then.
    """
    if not files:
        return
    draft_id = nameless_draft(digest=tray.digest, clock=clock)
    if len(files) > room_left(draft_id=draft_id):
        raise FileRefused(too_many())
    for file in files:
        take_in_file(file=file, owner=Owner(draft_id=draft_id), actor=actor, clock=clock)


def find_tray(*, tray: Tray, clock: Clock) -> int | None:
    """Return the key of the draft on which files wait, or None."""
    rows = Draft.objects.filter(
        code_digest=tray.digest, state=DraftState.OPEN, expires_at__gt=clock.now
    )
    return rows.values_list("pk", flat=True).first()


def hand_in(*, tray: Tray | None, owner: Owner, clock: Clock) -> list[Evidence]:
    """Hang the files that wait on what they were sent with; in the caller's transaction.

    Two windows that send at once do not both take them: the draft is locked.
    """
    draft_id = find_tray(tray=tray, clock=clock) if tray else None
    if draft_id is None:
        return []
    Draft.objects.select_for_update(of=("self",)).get(pk=draft_id)
    rows = list(Evidence.objects.filter(draft_id=draft_id).order_by("pk"))
    Evidence.objects.filter(pk__in=[row.pk for row in rows]).update(**owner.columns())
    return rows
