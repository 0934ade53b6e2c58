"""What a file is: its encoding, its separator, its headers, and a few rows to look at."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from neutrality.personnel.codes import FileKind
from neutrality.personnel.roster.errors import FileProblem, FileRefused
from neutrality.personnel.roster.fields import field_of

HEAD: Final = 128 * 1024
SAMPLE_ROWS: Final = 5
HEADER_WITHIN: Final = 20
_SEPARATORS: Final = ";,\t|"
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LONG: Final = re.compile(r"\d{9,}")
_SHOWN: Final = 60


def _masked(match: re.Match[str]) -> str:
    return match[0][:4] + "•" * (len(match[0]) - 4)


@dataclass(frozen=True, slots=True)
class Layout:
    """How to read a file; `header_row` counts from 1 as spreadsheets do."""

    encoding: str
    separator: str
    header_row: int
    headers: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]

    def as_json(self) -> dict[str, Any]:
        """The layout as an import keeps it; long numbers in the sample are masked."""
        sample = [[_LONG.sub(_masked, cell)[:_SHOWN] for cell in row] for row in self.sample]
        return asdict(self) | {"sample": sample}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Layout":
        """The layout that `as_json` gave."""
        return cls(**{**kept, "headers": tuple(kept["headers"]), "sample": ()})


class Watch:
    """Looks at bytes as they pass: the head, and whether all of them are UTF-8."""

    def __init__(self) -> None:
        self.head = b""
        self.is_utf8 = True
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def over(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Give the same pieces."""
        for piece in pieces:
            if len(self.head) < HEAD:
                self.head += piece[: HEAD - len(self.head)]
            self._look(piece)
            yield piece
        self._look(b"", final=True)

    def _look(self, piece: bytes, *, final: bool = False) -> None:
        if self.is_utf8:
            try:
                self._decoder.decode(piece, final)
            except UnicodeDecodeError:
                self.is_utf8 = False


def kind_of_file(head: bytes) -> FileKind:
    """Whether this begins like an XLSX or can be a CSV.

    Raises:
        FileRefused: It is empty, an old or encrypted workbook, or no table at all.
    """
    if not head.strip():
        raise FileRefused(FileProblem.EMPTY)
    if head.startswith(_ZIP):
        return FileKind.XLSX
    if head.startswith(_OLE):
        raise FileRefused(FileProblem.OLD_EXCEL)
    if b"\0" in head[:4096] and encoding_of(head, is_utf8=False) != "utf-16":
        raise FileRefused(FileProblem.NOT_A_TABLE)
    return FileKind.CSV


def encoding_of(head: bytes, *, is_utf8: bool) -> str:
    """By the mark at the beginning, else UTF-8 if all of the file is, else Windows-1252."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    return "utf-8" if is_utf8 else "cp1252"


def layout_of(*, head: bytes, is_utf8: bool, separator: str = "") -> Layout:
    """The layout of a CSV file; the separator is found unless it is known.

    Raises:
        FileRefused: It has no header or no rows.
    """
    encoding = encoding_of(head, is_utf8=is_utf8)
    text = head.decode(encoding, errors="replace")
    if len(head) >= HEAD:  # the last line may be cut
        text = text[: text.rfind("\n") + 1] or text
    separator = separator or _separator(text)
    rows = list(_rows(text, separator))
    return with_header(rows, encoding=encoding, separator=separator)


def with_header(rows: Sequence[Sequence[str]], *, encoding: str, separator: str) -> Layout:
    """The layout of rows of which one of the first twenty holds the headers.

    Raises:
        FileRefused: None does, or nothing follows it.
    """
    found = _header_row(rows[:HEADER_WITHIN])
    if found is None:
        raise FileRefused(FileProblem.NO_HEADER)
    below = [row for row in rows[found + 1 :] if any(cell.strip() for cell in row)]
    if not below:
        raise FileRefused(FileProblem.NO_ROWS)
    return Layout(
        encoding=encoding,
        separator=separator,
        header_row=found + 1,
        headers=tuple(_unique(rows[found])),
        sample=tuple(tuple(row) for row in below[:SAMPLE_ROWS]),
    )


def _header_row(rows: Sequence[Sequence[str]]) -> int | None:
    """The row with most headers that are known; exports put a title above it."""
    known = [sum(field_of(cell) is not None for cell in row) for row in rows]
    if max(known, default=0) >= 2:
        return known.index(max(known))
    full = [index for index, row in enumerate(rows) if sum(bool(c.strip()) for c in row) >= 3]
    return full[0] if full else None


def _unique(headers: Iterable[str]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for place, header in enumerate(headers, start=1):
        name = " ".join(header.split())[:80] or f"Kolom {place}"
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"


def _separator(text: str) -> str:
    """The mark that cuts the first lines into most pieces, equally often."""
    lines = [line for line in text.splitlines()[:HEADER_WITHIN] if line.strip()]
    counts = {mark: sorted(line.count(mark) for line in lines) for mark in _SEPARATORS}
    # The middle line says more than the longest: addresses hold commas.
    return max(_SEPARATORS, key=lambda mark: counts[mark][len(lines) // 2] if lines else 0)


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise FileRefused(FileProblem.BROKEN_CSV) from error
