"""The file as it came, with a column that says what is wrong with each row."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Final

from xlsxwriter import Workbook

from neutrality.personnel.models import RosterImport, RosterRow
from neutrality.personnel.roster.errors import RowError
from neutrality.personnel.roster.layout import Layout
from neutrality.personnel.roster.reading import rows_of_csv

_LINES_AT_ONCE: Final = 500
# What a spreadsheet would carry out when it opens the file.
_ACTS: Final = ("=", "+", "-", "@", "\t", "\r")

Told = tuple[list[str], str]  # the cells of a row, the reason


def safe_cell(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_ACTS) else text


def told_rows(*, place: RosterImport, pieces: Iterable[bytes]) -> Iterator[Told]:
    """The rows of the file in CSV with the reason of each that is not taken over."""
    layout = Layout.from_json(place.layout)
    wrong = (
        RosterRow.objects.filter(import_id=place.pk)
        .exclude(error="")
        .order_by("row")
        .values_list("row", "error")
        .iterator(chunk_size=_LINES_AT_ONCE)
    )
    row_wrong, error = next(wrong, (0, ""))
    for number, row in rows_of_csv(pieces=pieces, layout=layout):
        reason = ""
        if number == row_wrong:
            reason = str(RowError(error).label)
            row_wrong, error = next(wrong, (0, ""))
        yield row, reason


def as_csv(*, headers: Iterable[str], rows: Iterable[Told], reason: str) -> Iterator[bytes]:
    """The rows as CSV in UTF-8 with a mark, which Excel opens as it is."""
    text = io.StringIO()
    writer = csv.writer(text)
    text.write("\ufeff")
    writer.writerow([reason, *headers])
    for place, (row, why) in enumerate(rows, start=1):
        writer.writerow([why, *map(safe_cell, row)])
        if place % _LINES_AT_ONCE == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def as_xlsx(*, headers: Iterable[str], rows: Iterable[Told], reason: str) -> IO[bytes]:
    """The rows as a workbook of texts, in an unnamed file; rows are written one by one."""
    kept = tempfile.TemporaryFile()  # noqa: SIM115  the answer closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(kept, options)
    sheet = book.add_worksheet()
    for column, header in enumerate([reason, *headers]):
        sheet.write_string(0, column, header)
    for place, (row, why) in enumerate(rows, start=1):
        for column, cell in enumerate([why, *row]):
            sheet.write_string(place, column, cell)
    book.close()
    kept.seek(0)
    return kept
