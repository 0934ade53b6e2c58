"""Rows as CSV and XLSX that no spreadsheet takes for formulas."""

import csv
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import IO, Final

import xlsxwriter

# What Excel, LibreOffice and others read as the beginning of a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
ROWS_OF_A_SHEET: Final = 1_000_000
BOM: Final = "\ufeff"


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet executes: what looks like a formula begins with `'`."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_lines(*, columns: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    """Yield the lines of a CSV with semicolons and a byte order mark, as Excel opens it here."""
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    yield BOM + writer.writerow(columns)
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def xlsx_file(*, columns: list[str], rows: Iterable[list[str]]) -> IO[bytes]:
    """Return a temporary file with the workbook, at its beginning; memory does not grow with it.

    Every cell is written as text; beyond a million rows the next sheet goes on.
    """
    file = TemporaryFile()  # noqa: SIM115  the response closes it
    book = xlsxwriter.Workbook(
        file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True})
    sheet = None
    for number, row in enumerate(rows):
        line = number % ROWS_OF_A_SHEET + 1
        if sheet is None or line == 1:
            sheet = _sheet(book, columns, bold)
        for place, cell in enumerate(row):
            sheet.write_string(line, place, harmless(cell))
    if sheet is None:
        _sheet(book, columns, bold)
    book.close()
    file.seek(0)
    return file


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _sheet(
    book: xlsxwriter.Workbook, columns: list[str], bold: "xlsxwriter.format.Format"
) -> "xlsxwriter.worksheet.Worksheet":
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(columns) - 1, 24)
    for place, words in enumerate(columns):
        sheet.write_string(0, place, words, bold)
    return sheet
