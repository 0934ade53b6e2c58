"""A process of its own that turns a workbook on its input into CSV on its output.

It loads no Django: a workbook that needs too much memory ends this process and no other.
"""

import csv
import io
import resource
import sys
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

MOST_ROWS: Final = 100_000
# Above a header and its titles.
_ROOM: Final = 20
_MOST_BYTES: Final = 600 * 1024 * 1024
_MEMORY: Final = 1536 * 1024 * 1024
# Beyond fifteen digits Excel keeps zeros; such a number is shown as Excel shows it.
_EXACT: Final = 10**15
BROKEN, TOO_MANY, LOCKED = 3, 4, 5


def main() -> int:
    """Write the first sheet that has rows; the exit code says why not."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    data = sys.stdin.buffer.read()
    try:
        if _unpacked(data) > _MOST_BYTES:
            return TOO_MANY
        rows = _rows(data)
        if rows is None:
            return TOO_MANY
        _write(rows)
    except PasswordError:
        return LOCKED
    except (CalamineError, zipfile.BadZipFile, MemoryError, ValueError, KeyError, OSError):
        return BROKEN
    return 0


def _unpacked(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(part.file_size for part in archive.infolist())


def _rows(data: bytes) -> Iterator[Sequence[object]] | None:
    """Return the rows of the first sheet with any, or None when there are too many."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height > MOST_ROWS + _ROOM:
            return None
        if sheet.height:
            # Rows are numbered as in the workbook, the empty ones at the top included.
            return iter(sheet.to_python(skip_empty_area=False))
    return iter(())


def _write(rows: Iterator[Sequence[object]]) -> None:
    out = io.TextIOWrapper(sys.stdout.buffer, "utf-8", newline="")
    csv.writer(out).writerows([_text(cell) for cell in row] for row in rows)
    out.flush()


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        if abs(cell) >= _EXACT:
            return f"{cell:.5E}"
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return str(cell).replace("\0", "")


if __name__ == "__main__":
    sys.exit(main())
