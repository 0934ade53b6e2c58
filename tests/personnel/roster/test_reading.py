"""Whatever wrote the file: encodings, separators, quotes, workbooks, and files that are none."""

import io
from datetime import datetime

import pytest
import xlsxwriter

from neutrality.personnel.roster import error_file, excel
from neutrality.personnel.roster.errors import FileProblem, FileRefused
from neutrality.personnel.roster.layout import Layout, Watch, kind_of_file, layout_of
from neutrality.personnel.roster.reading import rows_of_csv
from tests.personnel.roster.sheets import csv_of, person, xlsx_of

ROWS = [person(1, NAMA="Pegawai Contoh, S.Sos."), person(2, NAMA="Pegawai “Dua” é")]
NAMES = ["Pegawai Contoh, S.Sos.", "Pegawai “Dua” é"]


def read(data, piece=100):
    """The layout and the rows of a file that comes in small pieces."""
    pieces = [data[at : at + piece] for at in range(0, len(data), piece)]
    watch = Watch()
    for _piece in watch.over(pieces):
        pass
    kind_of_file(watch.head)
    layout = layout_of(head=watch.head, is_utf8=watch.is_utf8)
    return layout, list(rows_of_csv(pieces=pieces, layout=layout))


def names(data):
    layout, rows = read(data)
    place = layout.headers.index("NAMA")
    return [row[place] for _number, row in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_names_are_read_whatever_the_encoding_and_the_separator(encoding, separator):
    assert names(csv_of(ROWS, encoding=encoding, separator=separator)) == NAMES


def test_rows_are_numbered_as_spreadsheets_do():
    data = b"DAFTAR PEGAWAI\r\n\r\n" + csv_of(ROWS) + b",,,,,,,\r\n" + csv_of([person(3)])[67:]
    layout, rows = read(data)

    assert layout.header_row == 3
    assert [number for number, _row in rows][:2] == [4, 5]


def test_a_cell_may_hold_line_ends_and_quotes():
    assert names(csv_of([person(1, NAMA='Pegawai "A"\nContoh')])) == ['Pegawai "A"\nContoh']


def test_control_characters_become_spaces():
    assert names(csv_of([person(1, NAMA="Pegawai\x1fContoh")])) == ["Pegawai Contoh"]


def test_headers_that_are_empty_or_double_get_names_of_their_own():
    layout, _rows = read(b"NIP,NAMA,NAMA,\n1,a,b,c\n")
    assert layout.headers == ("NIP", "NAMA", "NAMA (2)", "Kolom 4")


def test_the_kept_sample_masks_numbers():
    layout, _rows = read(csv_of([person(1)]))
    assert layout.as_json()["sample"][0][0] == "1966••••••••••••••"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", FileProblem.EMPTY),
        (b" \r\n ", FileProblem.EMPTY),
        (b"NIP,NAMA,JABATAN\n", FileProblem.NO_ROWS),
        (b"satu\ndua\n", FileProblem.NO_HEADER),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", FileProblem.NOT_A_TABLE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileProblem.OLD_EXCEL),
    ],
)
def test_what_is_no_roster_is_refused_with_a_sentence(data, problem):
    with pytest.raises(FileRefused) as refused:
        read(data)
    assert refused.value.problem == problem


def test_a_quote_that_is_never_closed_is_refused():
    data = csv_of([person(1)]) + b'"' + b"x" * 70_000
    with pytest.raises(FileRefused) as refused:
        read(data, piece=5000)
    assert refused.value.problem == FileProblem.BROKEN_CSV


# --- workbooks --------------------------------------------------------------------------------


def rows_in(data):
    with excel.as_csv([data]) as table:
        return read(table.read())[1]


def test_a_workbook_of_texts_is_read_like_a_csv():
    assert [row[1] for _number, row in rows_in(xlsx_of(ROWS))] == NAMES


def test_a_number_that_excel_has_rounded_is_shown_as_excel_shows_it():
    rows = rows_in(xlsx_of([person(1)], numbers_as_numbers=True))
    assert rows[0][1][0] == "1.96601E+17"


def test_dates_and_formulas_come_as_their_values():
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["NIP", "NAMA", "TMT JABATAN"])
    sheet.write_string(1, 0, "x")
    sheet.write_formula(1, 1, '="Pegawai"', None, "Pegawai")
    day_first = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_datetime(1, 2, datetime(2024, 3, 1), day_first)  # noqa: DTZ001  Excel has no zones
    book.close()
    assert rows_in(kept.getvalue())[0][1] == ["x", "Pegawai", "2024-03-01"]


@pytest.mark.parametrize("data", [b"PK\x03\x04 broken", b"PK\x05\x06" + bytes(18)])
def test_a_broken_workbook_is_refused(data):
    with pytest.raises(FileRefused) as refused, excel.as_csv([data]):
        pass
    assert refused.value.problem == FileProblem.BROKEN_EXCEL


def test_a_workbook_with_too_many_rows_asks_for_csv():
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"constant_memory": True})
    sheet = book.add_worksheet()
    for row in range(100_030):
        sheet.write_number(row, 0, row)
    book.close()
    with pytest.raises(FileRefused) as refused, excel.as_csv([kept.getvalue()]):
        pass
    assert str(refused.value) == (
        "XLSX dengan lebih dari 100.000 baris terlalu berat. Simpan sebagai CSV."
    )


# --- what goes out ----------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["=1+1", "+62", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_nothing_that_goes_out_is_a_formula(cell):
    layout = Layout(encoding="utf-8", separator=",", header_row=1, headers=("A",), sample=())
    content = b"".join(error_file.as_csv(rows=[(["A"], "Alasan"), ([cell], "")], layout=layout))
    assert content.decode().splitlines()[1].lstrip('",').startswith("'")
