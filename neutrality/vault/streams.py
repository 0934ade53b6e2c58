"""Sealing streams: chunks of 64 KiB, each under its own nonce, the last one marked.

The format is a header of four bytes and a random prefix of seven; then each chunk's ciphertext
and tag. A chunk's nonce is prefix, counter (four bytes) and a byte that is 1 for the last chunk
(the STREAM construction), so chunks that are moved, repeated or cut off do not open.
"""

import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from neutrality.vault.sealing import SealBroken

CHUNK: Final = 64 * 1024
_MAGIC: Final = b"NVS1"
_PREFIX: Final = 7
HEADER: Final = len(_MAGIC) + _PREFIX
TAG: Final = 16
_MAX_CHUNKS: Final = 2**32


class SealingStream:
    """Seals what is read through it; afterwards knows the size and SHA-256 of the original."""

    def __init__(self, *, source: Iterable[bytes], key: bytes, bound: bytes) -> None:
        """Take the source's pieces, of any size, the data key and what it is bound to."""
        self._source, self._cipher, self._bound = source, AESGCM(key), bound
        self._digest = sha256()
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        """Give the sealed file piece by piece."""
        header = new_header()
        prefix = prefix_of(header)
        yield header
        for counter, (chunk, is_last) in enumerate(_marked(_even(self._counted(), CHUNK))):
            nonce = nonce_of(prefix, counter, is_last=is_last)
            yield self._cipher.encrypt(nonce, chunk, self._bound)

    @property
    def sha256(self) -> str:
        """The SHA-256 of what has been read, in hex."""
        return self._digest.hexdigest()

    def _counted(self) -> Iterator[bytes]:
        for piece in self._source:
            self._digest.update(piece)
            self.size += len(piece)
            yield piece


def unseal_stream(*, source: Iterable[bytes], key: bytes, bound: bytes) -> Iterator[bytes]:
    """Open a sealed stream piece by piece; a piece is given only after it was authenticated.

    Raises:
        SealBroken: when a chunk does not open, or the last one is missing. What was given before
            is authentic, but not whole.
    """
    pieces = iter(source)
    header, rest = _take(pieces, HEADER)
    cipher, prefix = AESGCM(key), prefix_of(header)
    chunks = _even(_then(rest, pieces), CHUNK + TAG)
    for counter, (chunk, is_last) in enumerate(_marked(chunks)):
        try:
            yield cipher.decrypt(nonce_of(prefix, counter, is_last=is_last), chunk, bound)
        except InvalidTag:
            raise SealBroken("A chunk does not open: another key or row, cut or changed.") from None


def new_header() -> bytes:
    """The beginning of a new sealed file: its version and a random prefix for its nonces."""
    return _MAGIC + os.urandom(_PREFIX)


def prefix_of(header: bytes) -> bytes:
    """The prefix of the nonces of a file that begins so; raises `SealBroken`."""
    if header[: len(_MAGIC)] != _MAGIC or len(header) != HEADER:
        raise SealBroken("This is not a sealed stream of a version that is known.")
    return header[len(_MAGIC) :]


def nonce_of(prefix: bytes, counter: int, *, is_last: bool) -> bytes:
    """The nonce of a chunk."""
    if counter >= _MAX_CHUNKS:
        raise OverflowError("A sealed stream holds at most 256 TiB.")
    return prefix + counter.to_bytes(4, "big") + bytes([is_last])


def _even(pieces: Iterable[bytes], size: int) -> Iterator[bytes]:
    """The same bytes in pieces of `size`; at least one piece, the last one shorter or empty."""
    waiting = bytearray()
    given = False
    for piece in pieces:
        waiting += piece
        while len(waiting) >= size:
            yield bytes(waiting[:size])
            given = True
            del waiting[:size]
    if waiting or not given:
        yield bytes(waiting)


def _marked(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each chunk, and whether it is the last."""
    iterator = iter(chunks)
    held = next(iterator)
    for chunk in iterator:
        yield held, False
        held = chunk
    yield held, True


def _take(pieces: Iterator[bytes], size: int) -> tuple[bytes, bytes]:
    """The first `size` bytes, and what was read beyond them."""
    read = b""
    while len(read) < size and (piece := next(pieces, None)) is not None:
        read += piece
    return read[:size], read[size:]


def _then(first: bytes, others: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from others
