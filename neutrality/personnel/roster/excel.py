"""Workbooks, read by a process of their own."""

import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Final

from neutrality.personnel.roster import excel_reader
from neutrality.personnel.roster.errors import FileProblem, FileRefused

_SECONDS: Final = 120
_BLOCK: Final = 256 * 1024
_PROBLEMS: Final = {
    excel_reader.TOO_MANY: FileProblem.TOO_MANY_FOR_EXCEL,
    excel_reader.LOCKED: FileProblem.OLD_EXCEL,
}


@contextmanager
def as_csv(pieces: Iterable[bytes]) -> Iterator[IO[bytes]]:
    """The first sheet with rows as CSV in UTF-8, in an unnamed file that ends with the block.

    Raises:
        FileRefused: It is no workbook, has more than 100,000 rows, or needs too much memory.
    """
    with tempfile.TemporaryFile() as book, tempfile.TemporaryFile() as table:
        for piece in pieces:
            book.write(piece)
        book.seek(0)
        _convert(book, table)
        table.seek(0)
        yield table


def blocks(file: IO[bytes]) -> Iterator[bytes]:
    """The bytes of a file piece by piece."""
    while piece := file.read(_BLOCK):
        yield piece


def _convert(book: IO[bytes], table: IO[bytes]) -> None:
    command = [sys.executable, "-P", excel_reader.__file__]
    try:
        done = subprocess.run(  # noqa: S603
            command,
            stdin=book,
            stdout=table,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired as late:
        raise FileRefused(FileProblem.TOO_MANY_FOR_EXCEL) from late
    if done.returncode:
        raise FileRefused(_PROBLEMS.get(done.returncode, FileProblem.BROKEN_EXCEL))
