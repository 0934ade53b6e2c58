"""Every damage that Excel and exports do: recognised and explained, never guessed."""

import pytest
from django.core.files.base import ContentFile

from neutrality.audit.actor import SYSTEM
from neutrality.organisations.models import Unit
from neutrality.personnel.codes import ImportState as S
from neutrality.personnel.models import Employment, Person, RosterImport, RosterRow
from neutrality.personnel.roster.errors import FileProblem, RowError as E
from neutrality.personnel.roster.fields import proposed_columns
from neutrality.personnel.roster.numbers import number_in
from neutrality.personnel.roster.words import class_in, day_in, kind_in
from neutrality.personnel.services.import_roster import (
    map_columns,
    read_roster,
    receive_roster,
)
from neutrality.vault.services.blobs import sealed_files
from tests.personnel.roster.sheets import (
    CLOCK,
    COLUMNS,
    LATER,
    checked,
    csv_of,
    finish,
    nip,
    person,
    pppk,
    read,
    statement,
)

NUMBERS = [
    ("198609262015051001", ("NIP", "198609262015051001", "")),
    ("19860926 201505 1 001", ("NIP", "198609262015051001", "")),
    ("'198609262015051001", ("NIP", "198609262015051001", "")),
    ("19860926.201505.1.001", ("NIP", "198609262015051001", "")),
    ("\u00a0198609262015051001\u200b", ("NIP", "198609262015051001", "")),
    ("198305162019211001", ("NI_PPPK", "198305162019211001", "")),
    ("199009132025242014", ("NI_PPPK", "199009132025242014", "")),
    ("", ("", "", E.NUMBER_MISSING)),
    ("1.98609E+17", ("", "", E.NUMBER_SCIENTIFIC)),
    ("1,98609E+17", ("", "", E.NUMBER_SCIENTIFIC)),
    ("198609262015051000", ("", "", E.NUMBER_ROUNDED)),
    ("198609262015051001,00", ("", "", E.NUMBER_DECIMAL)),
    ("198609262015051001.0", ("", "", E.NUMBER_DECIMAL)),
    ("98609262015051001", ("", "", E.NUMBER_SHORT)),
    ("1986092620150510011", ("", "", E.NUMBER_LONG)),
    ("510123456", ("", "", E.NUMBER_OLD)),
    ("19860926201505100A", ("", "", E.NUMBER_LETTERS)),
    ("١٩٨٦٠٩٢٦٢٠١٥٠٥١٠٠١", ("", "", E.NUMBER_LETTERS)),
    ("198609312015051001", ("", "", E.NUMBER_BIRTH)),
    ("198609261985051001", ("", "", E.NUMBER_YEAR)),
    ("198609262015151001", ("", "", E.NUMBER_MONTH)),
    ("198609262015053001", ("", "", E.NUMBER_SEX)),
    ("3571014509860001", ("NIK", "3571014509860001", "")),
    ("0000000000000000", ("", "", E.NUMBER_NIK_WRONG)),
    ('=TEXT(A1;"0")', ("", "", E.FORMULA)),
    ("#N/A", ("", "", E.EXCEL_ERROR)),
]
ROWS = [
    ({"NAMA": ""}, E.NAME_MISSING),
    ({"NAMA": "198609262015051001"}, E.NAME_IS_NUMBER),
    ({"NAMA": "=A1"}, E.FORMULA),
    ({"JABATAN": "#REF!"}, E.EXCEL_ERROR),
    ({"JABATAN": ""}, E.TITLE_MISSING),
    ({"KODE UNIT": ""}, E.UNIT_MISSING),
    ({"NAMA": "x" * 161}, E.TOO_LONG),
    ({"GOL": "Pembina Utama"}, E.TOO_LONG),
    ({"JENIS JABATAN": "Bukan kelompok"}, E.CLASS_UNKNOWN),
    ({"STATUS": "Entah"}, E.KIND_UNKNOWN),
    ({"STATUS": "PPPK"}, E.KIND_OTHER),
    ({"STATUS": "Honorer"}, E.KIND_NOT_TAKEN),
    ({"NIP": "3571014509860001"}, E.NUMBER_NIK),
    ({"TMT": "31-02-2024"}, E.SINCE_WRONG),
    ({"TMT": "45292"}, E.SINCE_SERIAL),
    ({"TMT": "01-12-2026"}, E.SINCE_LATER),
]
UNITS = [("101", E.UNIT_LOST_ZEROS), ("01-Jan", E.UNIT_IS_DATE), ("9999", E.UNIT_UNKNOWN)]


@pytest.mark.parametrize(("cell", "found"), NUMBERS)
def test_a_number_is_read_or_its_damage_named(cell, found):
    assert number_in(cell) == found


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("Jabatan Pimpinan Tinggi", "JPT"),
        ("II.b", "JPT"),
        ("Eselon III.a", "ADMINISTRATOR"),
        ("IV/a", "SUPERVISOR"),
        ("JFT", "FUNCTIONAL"),
        ("pelaksana", "EXECUTIVE"),
        ("", "OTHER"),
    ],
)
def test_position_groups_have_many_names(cell, found):
    assert class_in(cell) == (found, "")


def test_dates_are_read_day_first_or_iso_and_status_by_its_words():
    assert [day_in(cell)[0] for cell in ("2024-03-01", "1/3/2024", "01.03.2024", "-")] == [
        "2024-03-01",
        "2024-03-01",
        "2024-03-01",
        "",
    ]
    assert [kind_in(cell)[0] for cell in ("CPNS", "P3K", "PPPK Paruh Waktu")] == [
        "PNS",
        "PPPK",
        "PPPK",
    ]


@pytest.mark.django_db
def test_each_damaged_row_is_told_and_the_good_ones_go_through(town):
    rows = [person(serial, TMT="") for serial in range(20, 40)]
    rows += [{**person(serial, TMT=""), **damage} for serial, (damage, _error) in enumerate(ROWS)]
    columns = {**COLUMNS, "since": "TMT"}

    place = checked(town.agency, rows, columns=columns)

    wrong = RosterRow.objects.filter(import_id=place.pk).exclude(error="").order_by("row")
    assert list(wrong.values_list("row", "error")) == [
        (22 + serial, error) for serial, (_damage, error) in enumerate(ROWS)
    ]
    assert place.figures["changes"] == {"NEW": 20}


@pytest.mark.django_db
def test_damaged_unit_codes_are_told_before_anybody_is_compared(town):
    rows = [person(serial, code) for serial, (code, _error) in enumerate(UNITS)]

    place = checked(town.agency, [*rows, person(9)])

    assert place.state == S.UNITS
    assert sorted((unit["code"], unit["error"]) for unit in place.units) == sorted(UNITS)


@pytest.mark.django_db
def test_a_number_that_stands_twice_is_taken_from_neither_row(town):
    place = checked(town.agency, [person(1), person(2), person(1, NAMA="Orang Lain")])

    assert place.figures["errors"] == {"DUPLICATE": 2}
    assert place.figures["changes"] == {"NEW": 1}


@pytest.mark.django_db
def test_swapped_columns_are_refused_and_nothing_changes(town):
    columns = {**COLUMNS, "number": "NAMA", "name": "NIP"}

    place = read(town.agency, csv_of([person(1), person(2)]), columns=columns)

    assert (place.state, place.problem) == (S.FAILED, FileProblem.WRONG_COLUMNS)
    assert (Employment.objects.count(), RosterRow.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_rows_that_are_too_short_are_told(town):
    data = csv_of([person(1), person(2)]) + f"{nip(3)},Pegawai\r\n".encode()

    place = read(town.agency, data)

    assert place.figures["errors"] == {"ROW_SHORT": 1}


@pytest.mark.django_db
def test_staff_who_are_no_asn_are_taken_where_the_agency_asks(town):
    row = person(1, NIP="3571014509860001", STATUS="Honorer")

    place = read(town.agency, csv_of([row, person(2)]), takes_non_asn=True)
    finish(place)

    kinds = Employment.objects.order_by("kind").values_list("kind", flat=True)
    assert list(kinds) == ["NON_ASN", "PNS"]


@pytest.mark.django_db
def test_a_contract_number_makes_a_contract_employee(town):
    finish(checked(town.agency, [person(1, NIP=pppk(1), STATUS="")]))
    assert Employment.objects.get().kind == "PPPK"


@pytest.mark.django_db
def test_units_are_found_by_name_where_there_is_no_code(town):
    columns = {name: header for name, header in COLUMNS.items() if name != "unit_code"}
    rows = [person(1, "", **{"UNIT KERJA": "  BADAN  contoh "})]

    finish(read(town.agency, csv_of(rows), columns=columns))

    assert Employment.objects.get().unit == town.board


@pytest.mark.django_db
def test_two_units_of_one_name_are_not_guessed(town):
    Unit.objects.create(
        agency=town.agency,
        code="0303",
        path=f"{town.agency.path}/0303",
        name="Badan Contoh",
        kind="OTHER",
    )
    columns = {name: header for name, header in COLUMNS.items() if name != "unit_code"}
    rows = [person(1, "", **{"UNIT KERJA": "Badan Contoh"})]

    place = read(town.agency, csv_of(rows), columns=columns)

    assert [unit["error"] for unit in place.units] == [E.UNIT_AMBIGUOUS]


@pytest.mark.django_db
def test_a_broken_file_leaves_the_import_failed_and_the_roster_as_it_was(town):
    finish(checked(town.agency, [person(1)]))
    long = [person(1, NAMA="Baru"), *(person(serial) for serial in range(2, 2_000))]

    place = read(town.agency, csv_of(long) + b'"' + b"x" * 70_000)

    assert (place.state, place.problem) == (S.FAILED, FileProblem.BROKEN_CSV)
    assert Employment.objects.get().person.name == "Pegawai Contoh 1"
    assert RosterImport.objects.filter(state=S.FAILED).count() == 1


@pytest.mark.django_db
def test_a_file_that_was_changed_on_the_disk_is_not_read(town):
    long = [person(serial) for serial in range(3_000)]
    place = receive_roster(
        statement=statement(town.agency, csv_of(long)), actor=SYSTEM, clock=CLOCK
    )
    name = place.blob.file_name
    with sealed_files().open(name) as file:
        content = bytearray(file.read())
    content[-5] ^= 1
    sealed_files().delete(name)
    assert sealed_files().save(name, ContentFile(bytes(content))) == name

    map_columns(import_id=place.pk, columns=COLUMNS, takes_non_asn=False, actor=SYSTEM, clock=CLOCK)
    place = read_roster(import_id=place.pk, actor=SYSTEM, clock=CLOCK, tell=lambda _rows: None)

    assert (place.state, place.problem) == (S.FAILED, FileProblem.FILE_GONE)
    assert RosterRow.objects.count() == 0


# Headers as SIASN and SIMASN may give them: assumed, no export of either could be seen.
SIASN = {
    "PNS ID": "a1b2c3d4",
    "NIP BARU": "",
    "NIP LAMA": "-",
    "NAMA": "",
    "GELAR BELAKANG": "S.Sos.",
    "TANGGAL LAHIR": "01-01-1980",
    "JENIS PEGAWAI NAMA": "PNS Daerah Otonom",
    "KEDUDUKAN HUKUM NAMA": "Aktif",
    "GOL AKHIR NAMA": "III/a",
    "JENIS JABATAN NAMA": "Jabatan Struktural",
    "JABATAN NAMA": "Kepala Seksi",
    "TMT JABATAN": "01-03-2020",
    "UNOR ID": "0101",
    "UNOR NAMA": "Badan Contoh",
}
SIMASN = {
    "No": "1",
    "NIP": "",
    "Nama Lengkap": "",
    "Gol/Ruang": "II/c",
    "Jabatan": "Pengadministrasi",
    "Eselon": "Non Eselon",
    "Perangkat Daerah": "Badan Contoh",
    "Status Kepegawaian": "PNS",
    "Kedudukan Hukum": "Aktif",
}
POSITIONS = ("Jabatan Struktural", "Jabatan Fungsional Tertentu", "Jabatan Fungsional Umum")
SERVES = ("Aktif", "CLTN", "Tugas Belajar", "Pemberhentian Sementara", "Masa Persiapan Pensiun")


def proposed(agency, rows, **change):
    """An import with the columns that are proposed, nobody having mapped any."""
    columns = proposed_columns(headers=tuple(rows[0]), kept={})
    return read(agency, csv_of(rows, separator=";"), columns=columns, **change)


@pytest.mark.django_db
def test_an_export_like_that_of_siasn_needs_no_mapping_and_has_no_mistake(town):
    rows = [
        {
            **SIASN,
            "NIP BARU": nip(serial),
            "NAMA": f"Pegawai {serial}",
            "KEDUDUKAN HUKUM NAMA": SERVES[serial % len(SERVES)],
            "JENIS JABATAN NAMA": POSITIONS[serial % len(POSITIONS)],
        }
        for serial in range(6)
    ]
    rows[0] |= {"JENIS PEGAWAI NAMA": "PPPK Guru", "NIP BARU": pppk(0)}

    first = finish(proposed(town.agency, rows))
    held = Employment.objects.values_list("position_class", flat=True)

    assert (first.state, first.figures["errors"]) == (S.APPLIED, {})
    assert first.figures["changes"] == {"NEW": 6}
    assert sorted(held) == ["EXECUTIVE"] * 2 + ["FUNCTIONAL"] * 2 + ["OTHER"] * 2


@pytest.mark.django_db
def test_who_is_no_longer_in_service_by_the_legal_position_leaves_with_the_reason(town):
    rows = [{**SIASN, "NIP BARU": nip(serial), "NAMA": f"Pegawai {serial}"} for serial in range(4)]
    finish(proposed(town.agency, rows))
    rows[0]["KEDUDUKAN HUKUM NAMA"] = "Pensiun BUP"
    gone = {**SIASN, "NIP BARU": nip(9), "NAMA": "Pegawai 9", "KEDUDUKAN HUKUM NAMA": "Wafat"}

    place = proposed(town.agency, [*rows, gone], day=LATER)
    finish(place)

    assert place.figures["changes"] == {"LEFT": 1}
    assert Employment.objects.exclude(end_reason="").get().end_reason == "RETIRED"
    assert not Person.objects.filter(name="Pegawai 9").exists()


@pytest.mark.django_db
def test_an_export_like_that_of_simasn_needs_no_mapping_and_has_no_mistake(town):
    rows = [
        {**SIMASN, "NIP": nip(serial), "Nama Lengkap": f"Pegawai {serial}"} for serial in (1, 2)
    ]
    rows[1] |= {"Eselon": "IV.a", "Status Kepegawaian": "CPNS"}

    place = finish(proposed(town.agency, rows))

    assert (place.figures["errors"], place.figures["changes"]) == ({}, {"NEW": 2})
    assert set(Employment.objects.values_list("position_class", "unit__code")) == {
        ("OTHER", "0101"),
        ("SUPERVISOR", "0101"),
    }
