"""Exports: streamed, harmless in a spreadsheet, never without a reason."""

import csv
from io import BytesIO, StringIO

import pypdfium2
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from hypothesis import given, strategies as st
from python_calamine import CalamineWorkbook

from neutrality.audit.models import AuditRow
from neutrality.ui.exporting import csv_lines, harmless, xlsx_file
from pledges.selectors.export_rows import export_columns, export_rows
from tests.pledges import factories
from tests.pledges.test_seeing import DAY

pytestmark = pytest.mark.django_db
ATTACK = '=HYPERLINK("http://contoh.example";"klik")'


@pytest.fixture(autouse=True)
def _on_the_day(time_machine, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    time_machine.move_to("2026-11-20T09:00:00Z", tick=False)


@pytest.fixture
def officer(city):
    client = Client()
    client.force_login(factories.user("Petugas", "hr_pledges", agency=city.agency))
    return client


def ask(client, place, shape, who="belum", reason="Rapat pimpinan", unit=None):
    url = reverse("pledges_hr:export", args=[place.public_id])
    query = f"?unit={unit.public_id}" if unit else ""
    return client.post(url + query, {"bentuk": shape, "siapa": who, "alasan": reason})


def rows_of(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";"))


def test_csv_holds_a_row_for_each_who_has_not_signed_with_the_reason(city, place, officer):
    factories.signed(place, city.people[0])

    answer = ask(officer, place, "csv")

    assert answer.streaming
    head, *rows = rows_of(answer)
    assert head == export_columns()
    assert {row[0] for row in rows} == {person.name for person in city.people[1:]}
    assert {row[6] for row in rows} == {"Belum ada surel atau telepon"}


def test_everybody_is_exported_with_when_and_how_they_signed(city, place, officer):
    factories.signed(place, city.people[0])

    _head, *rows = rows_of(ask(officer, place, "csv", "semua"))

    told = {row[0]: (row[5], row[7]) for row in rows}
    assert told[city.people[0].name] == ("Menandatangani", "20 Nov 2026, 12.00 WIB")
    assert told[city.people[1].name] == ("Wajib", "")


def test_a_unit_exports_only_those_below_it(city, place, officer):
    _head, *rows = rows_of(ask(officer, place, "csv", unit=city.board))

    assert {row[0] for row in rows} == {person.name for person in city.people[:3]}


def test_xlsx_is_read_by_a_foreign_reader_and_holds_texts_only(city, place, officer):
    city.people[0].name = ATTACK
    city.people[0].save(update_fields=["name"])

    answer = ask(officer, place, "xlsx", "semua")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    answer.close()

    sheet = book.get_sheet_by_index(0).to_python()
    assert sheet[0] == export_columns()
    assert {row[0] for row in sheet[1:]} == {
        f"'{ATTACK}",
        *(person.name for person in city.people[1:]),
    }


def test_no_cell_begins_as_a_formula(city, place, officer):
    for person, name in zip(
        city.people, (ATTACK, "+62 contoh", "-1 contoh", "@contoh"), strict=True
    ):
        person.name = name
        person.save(update_fields=["name"])

    _head, *rows = rows_of(ask(officer, place, "csv"))

    assert {row[0][0] for row in rows} == {"'"}


@given(st.text(max_size=20))
def test_whatever_a_cell_holds_it_is_harmless_and_nothing_is_lost(text):
    cell = harmless(text)

    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.removeprefix("'") == text.removeprefix("'") or cell == text


def test_without_a_reason_nothing_is_handed_out_and_with_one_it_is_recorded(place, officer):
    refused = ask(officer, place, "csv", reason=" ")
    assert (refused.status_code, AuditRow.objects.filter(what="pledge_round.exported").count()) == (
        422,
        0,
    )

    ask(officer, place, "csv", reason="Laporan mingguan")

    row = AuditRow.objects.get(what="pledge_round.exported")
    assert (row.subject_id, row.data["form"], row.data["reason"]) == (
        place.pk,
        "csv",
        "Laporan mingguan",
    )


def test_the_report_has_charts_and_no_names(city, place, officer):
    factories.signed(place, city.people[2])

    answer = ask(officer, place, "pdf")

    paper = pypdfium2.PdfDocument(answer.content)
    words = "".join(sheet.get_textpage().get_text_range() for sheet in paper)
    parts = ("25,0 %", "Menurut keadaan", "Tanda tangan per jam", "Badan Contoh")
    assert [part for part in parts if part not in words] == []
    assert [person.name for person in city.people if person.name in words] == []


def test_rows_are_written_one_by_one(city, place):
    """The first line is there before the last row was read."""
    rows = export_rows(place=place, day=DAY, only_missing=True)
    lines = csv_lines(columns=["Nama"], rows=([row[0]] for row in rows))

    assert next(lines) == "\ufeffNama\r\n"
    assert len(list(lines)) == 4


def test_an_empty_table_is_a_workbook_with_its_headings():
    with xlsx_file(columns=["Nama"], rows=[]) as file:
        book = CalamineWorkbook.from_filelike(file)

    assert book.get_sheet_by_index(0).to_python() == [["Nama"]]


def test_handing_out_keeps_the_audit_whole(place, officer):
    ask(officer, place, "csv")

    call_command("verify_audit", stdout=StringIO())
