"""Identities of synthetic reporters, sealed as the vault does, beside who writes the other rows."""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import Final, NamedTuple

import django

from complaints.seeding.sheets import hexed
from neutrality.vault.services import IdentityData, sealed_values

_BATCH: Final = 2000
# So many batches are sealed ahead, and no more: all of them would fill the memory.
_AHEAD: Final = 3


class Sealed(NamedTuple):
    """What the rows of an identity hold, as COPY wants it; a digest by each purpose."""

    uuid: str
    key_id: str
    wrapped_key: str
    sealed: str
    digests: tuple[tuple[str, str], ...]


def seal_reporters(serials: Sequence[int], *, beside: bool) -> Iterator[Sealed]:
    """Yield the identities of the reporters with these serial numbers, in their order.

    `beside` seals in a process of its own, which needs a second or two to begin.
    """
    if not beside:
        yield from map(_seal, serials)
        return
    batches = (serials[first : first + _BATCH] for first in range(0, len(serials), _BATCH))
    waiting: deque[Future[list[Sealed]]] = deque()
    with ProcessPoolExecutor(1, get_context("spawn"), initializer=django.setup) as process:
        while True:
            room = _AHEAD - len(waiting)
            waiting.extend(process.submit(_seal_all, batch) for batch in islice(batches, room))
            if not waiting:
                return
            yield from waiting.popleft().result()


def _seal_all(serials: Sequence[int]) -> list[Sealed]:
    return [_seal(serial) for serial in serials]


def _seal(serial: int) -> Sealed:
    values = sealed_values(
        data=IdentityData(
            name=f"Warga contoh {serial}",
            nik=f"{3571014101900000 + serial % 10000}",
            address=f"Jalan Contoh {serial % 200}",
            phone=f"+62812{serial:08d}",
            email=f"warga{serial}@benih.example",
        )
    )
    return Sealed(
        str(values.uuid),
        values.key_id,
        hexed(values.wrapped_key),
        hexed(values.sealed),
        tuple((purpose, hexed(digest)) for purpose, digest in values.digests.items()),
    )
