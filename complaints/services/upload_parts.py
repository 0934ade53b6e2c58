"""Files that come into an unsent report part by part: begin, go on, finish, give up, forget."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, gettext_noop

from complaints.codes import DraftState
from complaints.models import Evidence, Upload
from complaints.services.evidence_intake import (
    Owner,
    Sealed,
    cleaned_name,
    room_left,
    seen_words,
    take_in_sealed,
)
from complaints.services.media_types import FileRefused, checked_type, largest_file
from neutrality.audit.actor import CITIZEN
from neutrality.law.clock import Clock
from neutrality.vault.sealing import SealBroken
from neutrality.vault.services import (
    ArrivalLost,
    arrived_file,
    begin_arrival,
    digest_of_arrival,
    discard_arrival,
    finish_arrival,
    receive,
)

CAPTION_LENGTH: Final = 200
LOST: Final = gettext_noop(
    "Unggahan ini terputus dan tidak dapat dilanjutkan. Kirim berkasnya lagi."
)


class UploadGone(LookupError):
    """There is no such upload in this draft, or its time is over."""


class NoRoom(ValueError):
    """The draft has as many files as it may have; the sentence says so."""

    def __init__(self) -> None:
        super().__init__(str(self.sentence))

    @property
    def sentence(self) -> str | Promise:
        """What the page shows."""
        return _("Sudah ada %(count)d bukti. Hapus satu sebelum menambah yang lain.") % {
            "count": settings.EVIDENCE_MAX_FILES
        }


@dataclass(frozen=True, slots=True)
class Announced:
    """What the sender says of a file before it comes."""

    name: str
    size: int
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Stand:
    """How far an upload is; refused with a sentence, still untranslated, or arrived."""

    offset: int
    refusal: str = ""
    evidence: Evidence | None = None


@transaction.atomic(durable=True)
def begin_upload(*, draft_id: int, announced: Announced, clock: Clock) -> Upload:
    """Make room for a file; the draft is locked against more files than it may have.

    Raises:
        DraftGone: It was sent meanwhile.
        NoRoom: It has as many files as it may have, those on their way included.
        FileRefused: Nothing, or more than the biggest kind may have.
    """
    if not 0 < announced.size <= largest_file():
        raise FileRefused(_too_big() if announced.size else _("Berkas ini kosong."))
    on_their_way = Upload.objects.filter(draft_id=draft_id, arrival__isnull=False)
    room = room_left(draft_id=draft_id) - on_their_way.filter(expires_at__gt=clock.now).count()
    if room <= 0:
        raise NoRoom
    return Upload.objects.create(
        draft_id=draft_id,
        arrival=begin_arrival(size=announced.size, clock=clock),
        name=cleaned_name(announced.name),
        caption=seen_words(announced.caption)[:CAPTION_LENGTH],
        size=announced.size,
        started_at=clock.now,
        expires_at=clock.now + timedelta(hours=settings.UPLOAD_LIFE_HOURS),
    )


def uploads_of(*, draft_id: int, clock: Clock) -> QuerySet[Upload]:
    """Return the uploads of a draft whose time is not over, oldest first."""
    rows = Upload.objects.filter(draft_id=draft_id, expires_at__gt=clock.now)
    return rows.select_related("arrival").order_by("pk")


def find_upload(*, draft_id: int, public_id: str, clock: Clock) -> Upload:
    """Return an upload of this draft; raises `UploadGone`."""
    upload = uploads_of(draft_id=draft_id, clock=clock).filter(public_id=public_id).first()
    if upload is None:
        raise UploadGone(public_id)
    return upload


def stand_of(upload: Upload) -> Stand:
    """Return how far an upload is."""
    if upload.arrival is not None:
        return Stand(upload.arrival.received)
    return Stand(upload.size, upload.refusal, upload.evidence)


def is_whole(upload: Upload) -> bool:
    """Whether all of it came and it was not taken in: who was at it ended before it was done."""
    return upload.arrival is not None and upload.arrival.received == upload.size


def continue_upload(*, upload: Upload, offset: int, source: Iterable[bytes], clock: Clock) -> Stand:
    """Take more of a file, and take the file in when that was the last of it.

    Not in a transaction: a line may stay open for minutes.

    Raises:
        ArrivalMoved: It is not there that it goes on, or another connection went on with it.
        ValueError: More comes than was announced.
        UploadGone: What came before is lost.
        DraftGone: The report was sent meanwhile.
    """
    if upload.arrival is None:
        return stand_of(upload)
    try:
        if is_whole(upload):
            return _take_in(upload, "", clock)
        progress = receive(arrival=upload.arrival, offset=offset, source=source)
        if progress.received < upload.size:
            return Stand(progress.received)
        return _take_in(upload, progress.sha256, clock)
    except (ArrivalLost, SealBroken) as error:
        _refuse(upload, LOST)
        raise UploadGone(upload.public_id) from error


@transaction.atomic(durable=True)
def end_upload(*, upload: Upload) -> None:
    """Forget a file that is on its way; one that has arrived stays evidence."""
    arrival = upload.arrival
    upload.delete()
    if arrival is not None:
        discard_arrival(arrival=arrival)


@transaction.atomic(durable=True)
def expire_uploads(*, clock: Clock, limit: int = 100) -> int:
    """Forget up to `limit` uploads whose time is over or whose draft has ended; return how many."""
    over = Q(expires_at__lte=clock.now) | ~Q(draft__state=DraftState.OPEN)
    rows = Upload.objects.filter(over).select_for_update(of=("self",), skip_locked=True)
    ended = list(rows.select_related("arrival").order_by("expires_at")[:limit])
    Upload.objects.filter(pk__in=[row.pk for row in ended]).delete()
    for row in ended:
        if row.arrival is not None:
            discard_arrival(arrival=row.arrival)
    return len(ended)


def _take_in(upload: Upload, digest: str, clock: Clock) -> Stand:
    """Look at a file that is whole, and make it evidence or say why not."""
    arrival = upload.arrival
    if arrival is None:
        return stand_of(upload)
    try:
        with arrived_file(arrival=arrival) as file:
            media_type = checked_type(file=file, size=upload.size)
    except FileRefused as refused:
        _refuse(upload, str(refused.sentence))
        return Stand(upload.size, str(refused.sentence))
    return _store(upload, media_type, digest or digest_of_arrival(arrival=arrival), clock)


@transaction.atomic(durable=True)
def _store(upload: Upload, media_type: str, digest: str, clock: Clock) -> Stand:
    held = _locked(upload)
    if held.arrival is None:  # the sender's other connection was faster
        return stand_of(held)
    room_left(draft_id=held.draft_id)
    arrival = held.arrival
    blob = finish_arrival(arrival=arrival, digest=digest, clock=clock)
    held.evidence = take_in_sealed(
        sealed=Sealed(held.name, media_type, held.size, digest, blob.pk),
        owner=Owner(draft_id=held.draft_id),
        caption=held.caption,
        actor=CITIZEN,
        clock=clock,
    )
    held.arrival = None
    held.save(update_fields=["arrival", "evidence"])
    arrival.delete()
    return stand_of(held)


@transaction.atomic(durable=True)
def _refuse(upload: Upload, sentence: str) -> None:
    held = _locked(upload)
    if held.arrival is None:
        return
    arrival, held.arrival, held.refusal = held.arrival, None, sentence[:200]
    held.save(update_fields=["arrival", "refusal"])
    discard_arrival(arrival=arrival)


def _locked(upload: Upload) -> Upload:
    """Return the upload as it is now; raises `UploadGone` when its sender gave it up meanwhile."""
    rows = Upload.objects.select_for_update(of=("self",)).select_related("arrival")
    held = rows.filter(pk=upload.pk).first()
    if held is None:
        raise UploadGone(upload.public_id)
    return held


def _too_big() -> str | Promise:
    return _("Berkas ini lebih besar dari %(limit)s MB, batas yang terbesar.") % {
        "limit": max(settings.EVIDENCE_MAX_MIB.values())
    }
