"""The file as it came, with a column that says what is wrong with each row."""

import codecs
import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from xlsxwriter import Workbook

from neutrality.personnel.models import RosterImport, RosterRow
from neutrality.personnel.roster.errors import RowError
from neutrality.personnel.roster.layout import Layout
from neutrality.personnel.roster.reading import Row, all_rows_of_csv

REASON: Final = _("Alasan tidak diterapkan")
_LINES_AT_ONCE: Final = 500
# What a spreadsheet would carry out when it opens the file.
_ACTS: Final = ("=", "+", "-", "@", "\t", "\r")

Told = tuple[list[str], str]  # the cells of a row, the reason


def safe_cell(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if _acts(text) else text


def came_from_here(layout: Layout) -> bool:
    """Whether a file is one that told mistakes, mended and handed in again."""
    return layout.headers[0] in set(_titles())


def _titles() -> Iterator[str]:
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield str(REASON)


def as_they_were(rows: Iterable[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
    """The rows without the mark that `safe_cell` put before what a spreadsheet would carry out."""
    for number, row in rows:
        yield number, [cell[1:] if cell[:1] == "'" and _acts(cell[1:]) else cell for cell in row]


def _acts(text: str) -> bool:
    return text.startswith(_ACTS)


def told_rows(*, place: RosterImport, pieces: Iterable[bytes], reason: str) -> Iterator[Told]:
    """All rows of the file in CSV, each with why it is not taken over.

    The header is told `reason`, the title of the new column; titles above it and empty rows stay
    where they were.
    """
    layout = Layout.from_json(place.layout)
    wrong = (
        RosterRow.objects.filter(import_id=place.pk)
        .exclude(error="")
        .order_by("row")
        .values_list("row", "error")
        .iterator(chunk_size=_LINES_AT_ONCE)
    )
    row_wrong, error = next(wrong, (0, ""))
    for number, row in all_rows_of_csv(pieces=pieces, layout=layout):
        why = reason if number == layout.header_row else ""
        if number == row_wrong:
            why = str(RowError(error).label)
            row_wrong, error = next(wrong, (0, ""))
        yield row, why


def as_csv(*, rows: Iterable[Told], layout: Layout) -> Iterator[bytes]:
    """The rows as CSV with the separator and in the encoding of the file that came."""
    encode = codecs.getincrementalencoder(layout.encoding)(errors="replace").encode
    text = io.StringIO()
    writer = csv.writer(text, delimiter=layout.separator)
    for place, (row, why) in enumerate(rows, start=1):
        writer.writerow([why, *map(safe_cell, row)])
        if place % _LINES_AT_ONCE == 0:
            yield encode(text.getvalue())
            text.seek(0)
            text.truncate()
    yield encode(text.getvalue(), final=True)


def charset_of(layout: Layout) -> str:
    """The encoding as a browser calls it."""
    return {"utf-8-sig": "utf-8", "cp1252": "windows-1252"}.get(layout.encoding, layout.encoding)


def as_xlsx(*, rows: Iterable[Told]) -> IO[bytes]:
    """The rows as a workbook of texts, in an unnamed file; rows are written one by one."""
    kept = tempfile.TemporaryFile()  # noqa: SIM115  the answer closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(kept, options)
    sheet = book.add_worksheet()
    for place, (row, why) in enumerate(rows):
        for column, cell in enumerate([why, *row]):
            sheet.write_string(place, column, cell)
    book.close()
    kept.seek(0)
    return kept
