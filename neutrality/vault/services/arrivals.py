"""Files that arrive in parts: sealed as they come, counted, and in the end a sealed blob."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Final
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.db import transaction

from neutrality.law.clock import Clock
from neutrality.vault import sealing
from neutrality.vault.keys import master_keys
from neutrality.vault.models import Arrival, SealedBlob
from neutrality.vault.parts import PartSealer, SealedReader
from neutrality.vault.services.blobs import blob_name, sealed_files
from neutrality.vault.streams import CHUNK, new_header

# While it arrives, what came is written down this often, so that a broken line loses little.
_KEEP_SECONDS: Final = 1.0
_FOLDER: Final = "arriving"
_FOLDER_MODE: Final = 0o700
_FILE_MODE: Final = 0o600


class ArrivalMoved(Exception):
    """Another connection went on with this file, or it is further than was thought."""


class ArrivalLost(LookupError):
    """The part file is not there any more; the file has to be sent anew."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a file came; with its SHA-256 when all of it came over one connection."""

    received: int
    sha256: str = ""


class _Finished(File):  # type: ignore[type-arg]
    """A sealed file that a storage on the same disk takes by moving it."""

    def temporary_file_path(self) -> str:
        """Return where it lies."""
        return str(self.name)


def begin_arrival(*, size: int, clock: Clock) -> Arrival:
    """Make room for a file of so many bytes, at least one; in the caller's transaction."""
    uuid = uuid4()
    bound = sealing.bound_to(kind="blob", uuid=uuid)
    key_id, wrapped = sealing.wrap(keys=master_keys(), data_key=sealing.new_data_key(), bound=bound)
    arrival = Arrival.objects.create(
        uuid=uuid, key_id=key_id, wrapped_key=wrapped, size=size, created_at=clock.now
    )
    path = _path(arrival)
    path.parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    path.touch(mode=_FILE_MODE, exist_ok=False)
    path.write_bytes(new_header())
    return arrival


def receive(*, arrival: Arrival, offset: int, source: Iterable[bytes]) -> Progress:
    """Seal what `source` gives from `offset` on, and return how far the file came.

    When the source breaks (`OSError`), what came before is kept. Call it outside a transaction: it
    writes down every second how far it is, and a line may stay open for minutes. Whoever calls
    last goes on; a connection that was given up cannot write down anything any more.

    Raises:
        ArrivalMoved: The file is at another place, or another connection went on with it.
        ArrivalLost: What came before is gone.
        ValueError: More comes than was announced.
    """
    mine = _taken_over(arrival, offset)
    digest = sha256()
    try:
        with _path(mine).open("r+b", buffering=0) as file:
            book = _Book(mine, file)
            for piece in _until_it_breaks(source):
                book.sealer.take(piece)
                digest.update(piece)
                book.write_now_and_then()
            book.write()
    except FileNotFoundError as error:
        raise ArrivalLost from error
    alone = mine.generation == 1 and book.sealer.received == arrival.size
    return Progress(book.sealer.received, digest.hexdigest() if alone else "")


@contextmanager
def arrived_file(*, arrival: Arrival) -> Iterator[SealedReader]:
    """Read a file that has arrived whole, from any place.

    Raises:
        ArrivalLost: It is gone.
    """
    file = _whole(arrival)
    key, bound = _key(arrival)
    with SealedReader(file=file, key=key, bound=bound, size=arrival.size) as reader:
        yield reader


def digest_of_arrival(*, arrival: Arrival) -> str:
    """Return the SHA-256 of a file that has arrived whole.

    Raises:
        ArrivalLost: It is gone.
        SealBroken: It is not as it was sealed.
    """
    digest = sha256()
    with arrived_file(arrival=arrival) as reader:
        while piece := reader.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def finish_arrival(*, arrival: Arrival, digest: str, clock: Clock) -> SealedBlob:
    """Turn a file that has arrived whole into a sealed blob, in the caller's transaction.

    The caller deletes the arrival once nothing hangs on it any more. What a transaction that was
    rolled back has moved already is found where it lies.

    Raises:
        ArrivalLost: It is gone.
    """
    held = Arrival.objects.select_for_update(of=("self",)).get(pk=arrival.pk)
    path, name = _path(held), blob_name(held.uuid)
    with _whole(held) as file:
        if path.exists():
            name = sealed_files().save(name, _Finished(file, name=str(path)))
    path.unlink(missing_ok=True)
    return SealedBlob.objects.create(
        uuid=held.uuid,
        key_id=held.key_id,
        wrapped_key=held.wrapped_key,
        file_name=name,
        size=held.size,
        sha256=digest,
        created_at=clock.now,
    )


def discard_arrival(*, arrival: Arrival) -> None:
    """Destroy the key and the parts of a file that will not arrive."""
    path = _path(arrival)
    arrival.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


@transaction.atomic
def _taken_over(arrival: Arrival, offset: int) -> Arrival:
    """Return the row as it stood when nobody else could write to it any more."""
    rows = Arrival.objects.select_for_update().filter(pk=arrival.pk, received=offset)
    mine = rows.first()
    if mine is None:
        raise ArrivalMoved
    mine.generation += 1
    mine.save(update_fields=["generation"])
    return mine


def _whole(arrival: Arrival) -> IO[bytes]:
    """Open the file where it lies: among those that arrive, or among the sealed ones already."""
    try:
        return _path(arrival).open("rb", buffering=0)
    except FileNotFoundError as error:
        name = blob_name(arrival.uuid)
        if not sealed_files().exists(name):
            raise ArrivalLost from error
        return sealed_files().open(name)


def _until_it_breaks(source: Iterable[bytes]) -> Iterator[bytes]:
    with suppress(OSError):
        yield from source


class _Book:
    """Writes down how far a file came: on the disk first, then in its row."""

    def __init__(self, arrival: Arrival, file: IO[bytes]) -> None:
        self._arrival, self._written_at = arrival, time.monotonic()
        self._key, self._bound = _key(arrival)
        waiting = bytes(arrival.waiting)
        if waiting:
            waiting = sealing.unseal(key=self._key, sealed=waiting, bound=self._bound)
        self.sealer = PartSealer(
            file=file,
            key=self._key,
            bound=self._bound,
            size=arrival.size,
            received=arrival.received,
            waiting=waiting,
        )

    def write_now_and_then(self) -> None:
        if time.monotonic() - self._written_at >= _KEEP_SECONDS:
            self.write()

    def write(self) -> None:
        """Raise `ArrivalMoved` when another connection went on meanwhile."""
        self.sealer.keep()
        waiting = self.sealer.waiting
        rows = Arrival.objects.filter(pk=self._arrival.pk, generation=self._arrival.generation)
        if not rows.update(
            received=self.sealer.received,
            waiting=sealing.seal(key=self._key, plain=waiting, bound=self._bound)
            if waiting
            else b"",
        ):
            raise ArrivalMoved
        self._written_at = time.monotonic()


def _key(arrival: Arrival) -> tuple[bytes, bytes]:
    """The data key, and what the file is bound to."""
    bound = sealing.bound_to(kind="blob", uuid=arrival.uuid)
    wrapped = bytes(arrival.wrapped_key)
    key = sealing.unwrap(keys=master_keys(), key_id=arrival.key_id, wrapped=wrapped, bound=bound)
    return key, bound


def _path(arrival: Arrival) -> Path:
    return Path(settings.MEDIA_ROOT) / _FOLDER / arrival.uuid.hex
