"""Rosters made for tests; people are roles, numbers are made up."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import xlsxwriter

from neutrality.audit.actor import SYSTEM
from neutrality.law.clock import Clock
from neutrality.personnel.codes import ImportState as S
from neutrality.personnel.services.import_roster import (
    Statement,
    apply_roster,
    check_roster,
    confirm_roster,
    map_columns,
    read_roster,
    receive_roster,
)

CLOCK = Clock(now=datetime(2026, 11, 20, 5, 0, tzinfo=UTC))
DAY = date(2026, 11, 1)
LATER = date(2026, 11, 15)
HEADERS = ("NIP", "NAMA", "KODE UNIT", "UNIT KERJA", "JABATAN", "JENIS JABATAN", "STATUS", "GOL")
COLUMNS = {
    "number": "NIP",
    "name": "NAMA",
    "unit_code": "KODE UNIT",
    "unit_name": "UNIT KERJA",
    "position": "JABATAN",
    "class": "JENIS JABATAN",
    "kind": "STATUS",
    "grade": "GOL",
}


def nip(serial):
    """A number of its own for each serial."""
    born = date(1966, 1, 1) + timedelta(days=serial % 11_000)
    month = 1 + serial // 11_000 % 12
    return f"{born:%Y%m%d}{born.year + 24}{month:02d}{1 + serial % 2}{1 + serial // 132_000:03d}"


def pppk(serial):
    """A contract employee's number."""
    number = nip(serial)
    return f"{number[:12]}21{number[14:]}"


def person(serial, unit="0101", **change):
    """One row: a clerk of the unit."""
    row = {
        "NIP": nip(serial),
        "NAMA": f"Pegawai Contoh {serial}",
        "KODE UNIT": unit,
        "UNIT KERJA": "",
        "JABATAN": "Pengadministrasi",
        "JENIS JABATAN": "Pelaksana",
        "STATUS": "PNS",
        "GOL": "II/c",
    }
    return {**row, **change}


def csv_of(rows, *, separator=",", encoding="utf-8", headers=None):
    """The rows as a file."""
    headers = headers or tuple(rows[0])
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(headers)
    writer.writerows([row.get(header, "") for header in headers] for row in rows)
    return text.getvalue().encode(encoding)


def xlsx_of(rows, *, numbers_as_numbers=False):
    """The rows as a workbook."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    sheet = book.add_worksheet()
    headers = tuple(rows[0])
    sheet.write_row(0, 0, headers)
    for place, row in enumerate(rows, start=1):
        for column, header in enumerate(headers):
            value = row[header]
            if numbers_as_numbers and header == "NIP":
                sheet.write_number(place, column, float(value))
            else:
                sheet.write_string(place, column, value)
    book.close()
    return kept.getvalue()


def statement(agency, data, day=DAY, **change):
    """What the agency hands in."""
    return Statement(
        agency_id=agency.pk,
        states_on=day,
        file_name=change.pop("file_name", "pegawai.csv"),
        pieces=lambda: [data[at : at + 1000] for at in range(0, len(data), 1000)],
        **change,
    )


def read(agency, data, *, columns=COLUMNS, takes_non_asn=False, **change):
    """An import that was received, mapped and read."""
    place = receive_roster(statement=statement(agency, data, **change), actor=SYSTEM, clock=CLOCK)
    map_columns(
        import_id=place.pk,
        columns=columns,
        takes_non_asn=takes_non_asn,
        actor=SYSTEM,
        clock=CLOCK,
    )
    return read_roster(import_id=place.pk, actor=SYSTEM, clock=CLOCK, tell=lambda _rows: None)


def checked(agency, rows, **change):
    """An import of rows that waits for a person."""
    return read(agency, csv_of(rows), **change)


def applied(agency, rows, *, typed=None, **change):
    """An import that a person confirmed, and that was written."""
    place = checked(agency, rows, **change)
    return finish(place, typed=typed)


def finish(place, typed=None):
    """Confirm and apply, typing the number of those who leave."""
    leaving = place.figures["changes"].get("LEFT", 0)
    confirm_roster(
        import_id=place.pk,
        typed=str(leaving) if typed is None else typed,
        actor=SYSTEM,
        clock=CLOCK,
    )
    done = apply_roster(import_id=place.pk, actor=SYSTEM, clock=CLOCK)
    if done.state == S.CHECKING:
        return check_roster(import_id=place.pk, actor=SYSTEM, clock=CLOCK)
    return done
