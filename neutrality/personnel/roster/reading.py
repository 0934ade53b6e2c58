"""From the bytes of a file to its rows, a piece at a time, whatever wrote it."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from neutrality.personnel.roster.errors import FileProblem, FileRefused
from neutrality.personnel.roster.layout import Layout

# Control characters are damage; two of them separate what is sent to the database.
_KEPT: Final = b"\t\n\r"
_CLEAN: Final = bytes(
    byte if (byte >= 32 and byte != 127) or byte in _KEPT else 32 for byte in range(256)
)
_LONGEST_CELL: Final = 64 * 1024
_BUFFER: Final = 256 * 1024

Row = list[str]


def rows_of_csv(*, pieces: Iterable[bytes], layout: Layout) -> Iterator[tuple[int, Row]]:
    """The rows below the header with their number as spreadsheets count; empty ones are left out.

    Raises:
        FileRefused: A quotation mark is never closed.
    """
    try:
        for number, row in enumerate(_table(pieces, layout), start=1):
            if number > layout.header_row and any(row):
                yield number, row
    except csv.Error as error:
        raise FileRefused(FileProblem.BROKEN_CSV) from error


def all_rows_of_csv(*, pieces: Iterable[bytes], layout: Layout) -> Iterator[tuple[int, Row]]:
    """Every row with its number: the titles, the header, the empty ones too.

    Raises:
        FileRefused: A quotation mark is never closed.
    """
    try:
        yield from enumerate(_table(pieces, layout), start=1)
    except csv.Error as error:
        raise FileRefused(FileProblem.BROKEN_CSV) from error


def _table(pieces: Iterable[bytes], layout: Layout) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST_CELL)
    encoding = "utf-8" if layout.encoding == "utf-16" else layout.encoding
    source = io.BufferedReader(_Pieces(_clean(pieces, layout.encoding)), _BUFFER)
    text = io.TextIOWrapper(source, encoding, errors="replace", newline="")
    return csv.reader(text, delimiter=layout.separator)


def _clean(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    if encoding == "utf-16":
        pieces = _as_utf8(pieces)
    for piece in pieces:
        yield piece.translate(_CLEAN)


def _as_utf8(pieces: Iterable[bytes]) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder("utf-16")(errors="replace")
    for piece in pieces:
        yield decoder.decode(piece).encode()


class _Pieces(io.RawIOBase):
    """A file of pieces that come one after another."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        """Fill the buffer as far as the next piece goes."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size
