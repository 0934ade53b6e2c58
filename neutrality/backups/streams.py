"""Reading and writing the parts of a backup piece by piece, with their hashes."""

import gzip
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

from neutrality.backups.manifest import Part

PIECE: Final = 1024 * 1024
_NEWLINE: Final = b"\n"


class HashingFile:
    """A new file that knows the size and hash of what was written to it."""

    def __init__(self, path: Path) -> None:
        """Make the file and the folders above it; only their owner may read them."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = path.open("xb")
        self._digest = sha256()
        self.size = 0

    def write(self, piece: bytes) -> int:
        """Append a piece."""
        self._digest.update(piece)
        self.size += len(piece)
        return self._file.write(piece)

    def flush(self) -> None:
        """Hand what was written to the system."""
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def part(self, path: str) -> Part:
        """The finished file as the manifest names it."""
        return Part(path=path, size=self.size, sha256=self._digest.hexdigest())


class RowWriter:
    """Takes what COPY gives, compresses it, and counts the rows."""

    def __init__(self, target: HashingFile) -> None:
        """Compress into `target`; the same rows give the same bytes."""
        self._gzip = gzip.GzipFile(fileobj=target, mode="wb", compresslevel=6, mtime=0)
        self.rows = 0

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Finish the compressed stream; the target stays open."""
        self._gzip.close()

    def write(self, piece: bytes) -> int:
        """Append text of COPY, in which a line break stands only at the end of a row."""
        self.rows += piece.count(_NEWLINE)
        return self._gzip.write(piece)


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """The content of an open file, a mebibyte at a time."""
    while piece := file.read(PIECE):
        yield piece


def copy(*, source: Iterable[bytes], folder: Path, path: str) -> Part:
    """Write a source under `folder`/`path`; return it as the manifest names it."""
    target = HashingFile(folder / path)
    try:
        for piece in source:
            target.write(piece)
    finally:
        target.close()
    return target.part(path)


def is_whole(*, folder: Path, part: Part) -> bool:
    """Whether the file of a part is there with the size and hash that the manifest says."""
    path = folder / part.path
    if not path.is_file() or path.stat().st_size != part.size:
        return False
    digest = sha256()
    with path.open("rb") as file:
        for piece in pieces(file):
            digest.update(piece)
    return digest.hexdigest() == part.sha256
