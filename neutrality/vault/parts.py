"""Sealed files that are written or read in parts; the format is that of `streams`.

A chunk's place in the file follows from its number, so what arrives can be laid down part by part
and any part can be opened without those before it.
"""

import io
import os
from typing import IO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from neutrality.vault.sealing import SealBroken
from neutrality.vault.streams import CHUNK, HEADER, TAG, nonce_of, prefix_of

_PLACE: Final = CHUNK + TAG


class PartSealer:
    """Seals what arrives and lays it into the file; holds back what does not fill a chunk yet.

    To seal the same bytes again at the same place gives the same ciphertext. A sender who sends
    others after a cut overwrites only what is his own.
    """

    def __init__(
        self, *, file: IO[bytes], key: bytes, bound: bytes, size: int, received: int, waiting: bytes
    ) -> None:
        """Go on after `received` bytes of `size`, the last of which wait in `waiting`."""
        self._file, self._cipher, self._bound = file, AESGCM(key), bound
        file.seek(0)
        self._prefix = prefix_of(file.read(HEADER))
        self._waiting = bytearray(waiting)
        self.size, self.received = size, received

    @property
    def waiting(self) -> bytes:
        """What is not sealed yet, less than a chunk."""
        return bytes(self._waiting)

    def take(self, piece: bytes) -> None:
        """Seal a piece; raises `ValueError` when it would be more than was announced."""
        if self.received + len(piece) > self.size:
            raise ValueError("More arrives than was announced.")
        self._waiting += piece
        self.received += len(piece)
        while len(self._waiting) >= CHUNK or (self._waiting and self.received == self.size):
            self._lay(bytes(self._waiting[:CHUNK]))
            del self._waiting[:CHUNK]

    def keep(self) -> None:
        """Wait until what was laid down is on the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def _lay(self, chunk: bytes) -> None:
        start = self.received - len(self._waiting)
        counter = start // CHUNK
        nonce = nonce_of(self._prefix, counter, is_last=start + len(chunk) == self.size)
        self._file.seek(HEADER + counter * _PLACE)
        self._file.write(self._cipher.encrypt(nonce, chunk, self._bound))


class SealedReader(io.RawIOBase):
    """Reads a sealed file from any place; a chunk is given only after it was authenticated."""

    def __init__(self, *, file: IO[bytes], key: bytes, bound: bytes, size: int) -> None:
        """Take the sealed file, its key, what it is bound to, and the size of the original."""
        super().__init__()
        self._file, self._cipher, self._bound = file, AESGCM(key), bound
        file.seek(0)
        self._prefix = prefix_of(file.read(HEADER))
        self._size, self._at = size, 0
        self._held: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """Return the place in the original."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place in the original; before its beginning is an error, as with files."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise OSError("Before the beginning.")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        """Fill the buffer with what one chunk holds from here on; 0 at the end.

        Raises:
            SealBroken: The chunk was changed, or the file is shorter than it should be.
        """
        if self._at >= self._size:
            return 0
        counter, start = divmod(self._at, CHUNK)
        piece = memoryview(self._chunk(counter))[start : start + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def close(self) -> None:
        """Close the sealed file too."""
        self._file.close()
        super().close()

    def _chunk(self, counter: int) -> bytes:
        if self._held[0] != counter:
            self._file.seek(HEADER + counter * _PLACE)
            is_last = (counter + 1) * CHUNK >= self._size
            nonce = nonce_of(self._prefix, counter, is_last=is_last)
            try:
                opened = self._cipher.decrypt(nonce, self._file.read(_PLACE), self._bound)
            except InvalidTag:
                raise SealBroken("A chunk does not open: changed, cut or missing.") from None
            self._held = (counter, opened)
        return self._held[1]
