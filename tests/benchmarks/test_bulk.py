"""The bulk parts of `make bench` at a tiny size: they run and write what they have measured."""

import json

import pytest

from benchmarks import crowd, rosters

pytestmark = pytest.mark.django_db(transaction=True)


def test_rosters_are_measured_from_csv_and_from_a_workbook(var, capfd):
    assert rosters.main(["--people", "300", "--workbook", "200"]) == 0

    written = json.loads((var / "bench" / "rosters" / "latest.json").read_text())
    assert [(each["name"], each["rows"]) for each in written] == [
        ("roster_import", 300),
        ("roster_reimport", 300),
        ("open_round", 300),
        ("xlsx_import", 200),
    ]
    assert written[-1]["reader_mib"] > 0
    said = capfd.readouterr().out
    assert "first.xlsx: APPLIED {'NEW': 200}" in said
    assert "roster_memory" in said


def test_a_hall_and_an_archive_are_measured(var, capfd):
    assert crowd.main(["--each", "1", "--certificates", "6"]) == 0

    written = json.loads((var / "bench" / "crowd.json").read_text())
    assert [(each["name"], each["rows"]) for each in written] == [
        ("sign_32_at_once_p95", 32),
        ("sign_32_at_once_slower", 32),
        ("certificates_zip_MiB", 6),
        ("certificates_zip_each", 6),
    ]
    assert all(each["floor_ms"] > 0 for each in written)
    assert "sign_32_at_once_p95" in capfd.readouterr().out
