"""Sealing and opening bytes: short ones in the row, long ones as a file in private storage."""

import io
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import IO, Final

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import transaction

from neutrality.audit.actor import Actor, OrgRef
from neutrality.audit.record import SubjectRef
from neutrality.law.clock import Clock
from neutrality.vault import sealing
from neutrality.vault.errors import BlobErased
from neutrality.vault.keys import master_keys
from neutrality.vault.models import SealedBlob
from neutrality.vault.openings import Purpose, leave_opening
from neutrality.vault.parts import SealedReader
from neutrality.vault.streams import CHUNK, SealingStream, unseal_stream

# The sealed text waits in memory up to here, beyond in an unnamed file; it is sealed already.
_IN_MEMORY: Final = 1024 * 1024


def sealed_files() -> Storage:
    """Where sealed files lie: STORAGES["sealed"], else the default storage."""
    return storages["sealed" if "sealed" in settings.STORAGES else "default"]


def blob_name(row: uuid.UUID) -> str:
    """Return under which name the sealed file of this blob lies."""
    return f"sealed/{row.hex[:2]}/{row.hex}"


def seal_blob(*, data: bytes, clock: Clock, identity_id: int | None = None) -> SealedBlob:
    """Store bytes sealed in a row, in one statement; for what fits into memory many times.

    With `identity_id` the blob is erased together with that identity.
    """
    blob, key, bound = _new_blob(clock, identity_id)
    blob.sealed = sealing.seal(key=key, plain=data, bound=bound)
    blob.size, blob.sha256 = len(data), sha256(data).hexdigest()
    blob.save(force_insert=True)
    return blob


def seal_stream(
    *, source: Iterable[bytes], clock: Clock, identity_id: int | None = None
) -> SealedBlob:
    """Store what `source` gives as a sealed file, chunk by chunk; size and SHA-256 are the original's.

    When the caller's transaction is rolled back, a file without a key stays behind.
    """
    blob, key, bound = _new_blob(clock, identity_id)
    stream = SealingStream(source=source, key=key, bound=bound)
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as waiting:
        for piece in stream:
            waiting.write(piece)
        waiting.seek(0)
        name = blob_name(blob.uuid)
        blob.file_name = sealed_files().save(name, File(waiting, name=name))
    blob.size, blob.sha256 = stream.size, stream.sha256
    blob.save(force_insert=True)
    return blob


def open_blob(
    *,
    blob_id: int,
    reason: str,
    subject: SubjectRef,
    actor: Actor,
    clock: Clock,
    role: str = "",
    organisation: OrgRef | None = None,
) -> bytes:
    """Open a blob whole for the matter `subject`, and leave an opening and an act in its chain.

    Raises:
        ReasonMissing: the reason is empty.
        BlobErased: its data key was destroyed.
        SealedBlob.DoesNotExist: there is no such blob.
        SealBroken, UnknownKey: it was tampered with, or VAULT_KEYS lacks its master key.
    """
    purpose = Purpose(subject, reason, actor, clock, role, organisation)
    return b"".join(_opened(blob_id, purpose))


def open_stream(
    *,
    blob_id: int,
    reason: str,
    subject: SubjectRef,
    actor: Actor,
    clock: Clock,
    role: str = "",
    organisation: OrgRef | None = None,
) -> Iterator[bytes]:
    """Open a blob piece by piece; the opening is left before the first piece is read.

    Raises:
        ReasonMissing, BlobErased, SealedBlob.DoesNotExist, UnknownKey: at once, as `open_blob`.
        SealBroken: at once, or while reading when a later chunk was changed or is missing.
    """
    purpose = Purpose(subject, reason, actor, clock, role, organisation)
    return _opened(blob_id, purpose)


def open_reader(
    *,
    blob_id: int,
    reason: str,
    subject: SubjectRef,
    actor: Actor,
    clock: Clock,
    role: str = "",
    organisation: OrgRef | None = None,
) -> io.RawIOBase | io.BytesIO:
    """Open a blob to be read from any place; the opening is left first. The caller closes it.

    Raises:
        ReasonMissing, BlobErased, SealedBlob.DoesNotExist, UnknownKey: at once, as `open_blob`.
        SealBroken: at once, or while reading when a chunk was changed or is missing.
    """
    purpose = Purpose(subject, reason, actor, clock, role, organisation)
    blob, key, bound = _unwrapped(blob_id, purpose)
    if not blob.file_name:
        return io.BytesIO(sealing.unseal(key=key, sealed=bytes(blob.sealed), bound=bound))
    file = sealed_files().open(blob.file_name)
    return SealedReader(file=file, key=key, bound=bound, size=blob.size)


def _opened(blob_id: int, purpose: Purpose) -> Iterator[bytes]:
    blob, key, bound = _unwrapped(blob_id, purpose)
    if blob.file_name:
        return _from_file(blob.file_name, key, bound)
    return iter([sealing.unseal(key=key, sealed=bytes(blob.sealed), bound=bound)])


def _unwrapped(blob_id: int, purpose: Purpose) -> tuple[SealedBlob, bytes, bytes]:
    """The blob, its key and what it is bound to; the opening is written down."""
    blob = SealedBlob.objects.get(pk=blob_id)
    if blob.wrapped_key is None:
        raise BlobErased
    bound = sealing.bound_to(kind="blob", uuid=blob.uuid)
    key = sealing.unwrap(
        keys=master_keys(), key_id=blob.key_id, wrapped=bytes(blob.wrapped_key), bound=bound
    )
    with transaction.atomic():
        leave_opening(purpose=purpose, identity_id=None, blob_id=blob_id)
    return blob, key, bound


def _from_file(name: str, key: bytes, bound: bytes) -> Iterator[bytes]:
    with sealed_files().open(name) as file:
        yield from unseal_stream(source=_pieces(file), key=key, bound=bound)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(CHUNK):
        yield piece


def _new_blob(clock: Clock, identity_id: int | None) -> tuple[SealedBlob, bytes, bytes]:
    """A blob with its wrapped key, the key itself, and what it is bound to."""
    row_id = uuid.uuid4()
    bound = sealing.bound_to(kind="blob", uuid=row_id)
    key = sealing.new_data_key()
    key_id, wrapped = sealing.wrap(keys=master_keys(), data_key=key, bound=bound)
    blob = SealedBlob(
        uuid=row_id,
        identity_id=identity_id,
        key_id=key_id,
        wrapped_key=wrapped,
        created_at=clock.now,
    )
    return blob, key, bound
