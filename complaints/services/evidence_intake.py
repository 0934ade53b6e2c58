"""Take in evidence: a file is sealed as it came, a web address is noted; both with who and when."""

import os
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from complaints.codes import DraftState, EvidenceKind, EvidenceState
from complaints.models import Custody, Derivative, Draft, Evidence
from complaints.services.drafts import DraftGone
from complaints.services.lodging import WebGiven
from complaints.services.media_types import checked_type
from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef
from neutrality.law.clock import Clock
from neutrality.vault.services import erase_blob, seal_stream

PROCESSING_TASK: Final = "complaints.tasks.process_evidence"
REMOVED: Final = "Dihapus pelapor sebelum laporan dikirim"
REPLACED: Final = "Diganti pelapor sebelum laporan dikirim"
# Papers that name people are told apart by their captions; that of the card itself is empty.
CARD: Final = ""
POWER_OF_ATTORNEY: Final = "Surat kuasa khusus"
NAME_LENGTH: Final = 200
_UNSEEN: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class ArrivedFile:
    """A file that has arrived whole on our disk, counted and hashed on its way."""

    name: str
    path: Path
    size: int
    sha256: str
    pieces: Iterable[bytes] = field(repr=False)
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file that lies sealed in the vault, and what was found out about it."""

    name: str
    media_type: str
    size: int
    sha256: str
    blob_id: int


@dataclass(frozen=True, slots=True)
class Owner:
    """What evidence hangs on: a draft, or a matter with the entry, the message and the person."""

    draft_id: int | None = None
    matter_id: int | None = None
    report_id: int | None = None
    tip_id: int | None = None
    party_id: int | None = None
    message_id: int | None = None

    def columns(self) -> dict[str, int | None]:
        """Return the foreign keys."""
        return {
            "draft_id": self.draft_id,
            "matter_id": self.matter_id,
            "report_id": self.report_id,
            "tip_id": self.tip_id,
            "party_id": self.party_id,
            "message_id": self.message_id,
        }


def take_in_file(
    *,
    file: ArrivedFile,
    owner: Owner,
    actor: Actor,
    clock: Clock,
    caption: str = "",
    is_identity: bool = False,
) -> Evidence:
    """Seal a file and write its row and the first link of its chain of custody.

    In the caller's transaction or one of its own; the copies are made by a task afterwards.

    Raises:
        FileRefused: Empty, of a kind we do not take, or too big for its kind.
    """
    with file.path.open("rb") as content:
        media_type = checked_type(file=content, size=file.size)
    with transaction.atomic():
        blob = seal_stream(source=file.pieces, clock=clock)
        return take_in_sealed(
            sealed=Sealed(file.name, media_type, file.size, file.sha256, blob.pk),
            owner=owner,
            caption=caption or file.caption,
            is_identity=is_identity,
            actor=actor,
            clock=clock,
        )


def take_in_sealed(
    *,
    sealed: Sealed,
    owner: Owner,
    actor: Actor,
    clock: Clock,
    caption: str = "",
    is_identity: bool = False,
) -> Evidence:
    """Write the row of a file that is sealed already; in the caller's transaction."""
    evidence = Evidence.objects.create(
        **owner.columns(),
        kind=EvidenceKind.FILE,
        state=EvidenceState.PENDING,
        caption=caption,
        original_name=cleaned_name(sealed.name),
        stored_as=str(sealed.blob_id),
        media_type=sealed.media_type,
        size=sealed.size,
        sha256=sealed.sha256,
        is_identity=is_identity,
        handed_in_at=clock.now,
        recorded_by_id=actor.user_id,
    )
    _note(evidence, "RECEIVED", actor, clock)
    transaction.on_commit(lambda: _process(evidence.pk), robust=True)
    return evidence


def take_in_address(
    *,
    web: WebGiven,
    owner: Owner,
    actor: Actor,
    clock: Clock,
) -> Evidence:
    """Note a web address as evidence; staff capture it before it vanishes."""
    with transaction.atomic():
        evidence = Evidence.objects.create(
            **owner.columns(),
            url=web.url,
            platform=web.platform,
            account_name=web.account_name,
            caption=web.caption,
            posted_on=web.posted_on,
            posted_at=web.posted_at,
            kind=EvidenceKind.WEB,
            state=EvidenceState.CLEAN,
            handed_in_at=clock.now,
            recorded_by_id=actor.user_id,
        )
        _note(evidence, "RECEIVED", actor, clock)
    return evidence


@transaction.atomic(durable=True)
def take_in_card(
    *, file: ArrivedFile, draft_id: int, actor: Actor, clock: Clock, caption: str = CARD
) -> Evidence:
    """Seal the picture of an identity card for a draft; one that came before is destroyed.

    With another caption it is another paper that names people, such as a power of attorney.

    Raises:
        DraftGone: The draft was sent meanwhile.
        FileRefused: As `take_in_file`; the former picture stays then.
    """
    room_left(draft_id=draft_id)
    former = Evidence.objects.filter(draft_id=draft_id, is_identity=True, caption=caption)
    discard_evidence(rows=former, reason=REPLACED, actor=actor, clock=clock)
    return take_in_file(
        file=file,
        owner=Owner(draft_id=draft_id),
        caption=caption,
        is_identity=True,
        actor=actor,
        clock=clock,
    )


@transaction.atomic(durable=True)
def remove_from_draft(*, draft_id: int, public_id: str, actor: Actor, clock: Clock) -> bool:
    """Take evidence out of an unsent report and destroy its keys; whether there was any."""
    rows = Evidence.objects.filter(draft_id=draft_id, public_id=public_id)
    return bool(discard_evidence(rows=rows, reason=REMOVED, actor=actor, clock=clock))


def discard_evidence(*, rows: QuerySet[Evidence], reason: str, actor: Actor, clock: Clock) -> int:
    """Destroy the keys of unsent evidence and of its copies, and delete the rows; return how many.

    Raises:
        ValueError: Some of it belongs to a file already; that is never deleted.
    """
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if any(row.matter_id for row in found):
        raise ValueError("Evidence of a file is never deleted.")
    copies = Derivative.objects.filter(evidence__in=found)
    Custody.objects.filter(evidence__in=found).delete()
    stored = [*(row.stored_as for row in copies), *(row.stored_as for row in found)]
    for blob_id in filter(None, stored):
        _destroy(int(blob_id), reason, actor, clock)
    copies.delete()
    Evidence.objects.filter(pk__in=[row.pk for row in found]).delete()
    return len(found)


def _destroy(blob_id: int, reason: str, actor: Actor, clock: Clock) -> None:
    subject = SubjectRef("sealed_blob", blob_id)
    erase_blob(blob_id=blob_id, reason=reason, subject=subject, actor=actor, clock=clock)


def room_left(*, draft_id: int) -> int:
    """Return how many more files this draft may have; locks it against two uploads at once.

    Raises:
        DraftGone: It was sent meanwhile; what came now would hang on nothing.
    """
    rows = Draft.objects.select_for_update(of=("self",))
    if rows.filter(pk=draft_id, state=DraftState.OPEN).first() is None:
        raise DraftGone(draft_id)
    held = Evidence.objects.filter(draft_id=draft_id).count()
    return max(0, settings.EVIDENCE_MAX_FILES - held)


def cleaned_name(name: str) -> str:
    """Return a file name that is safe to show: no folders, nothing unseen, not too long."""
    plain = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    tidy = seen_words(plain).strip(" .")
    if not tidy:
        return "berkas"
    root, end = os.path.splitext(tidy)  # noqa: PTH122 - a name, not a path
    return root[: NAME_LENGTH - len(end[:20])] + end[:20]


def seen_words(text: str) -> str:
    """Return a line without what nobody sees: control characters, marks of direction, breaks."""
    line = re.sub(r"\s+", " ", text)
    seen = "".join(each for each in line if unicodedata.category(each) not in _UNSEEN)
    return re.sub(r"\s+", " ", seen).strip()


def _note(evidence: Evidence, act: str, actor: Actor, clock: Clock) -> None:
    Custody.objects.create(evidence=evidence, act=act, who=actor.label, happened_at=clock.now)


def _process(evidence_id: int) -> None:
    current_app.send_task(PROCESSING_TASK, args=[evidence_id], ignore_result=True)
