"""Kendari, Wednesday 17 January 2024: not one report and not one finding, said in a dialogue.

The document says that there is neither a report of citizens nor a finding of the supervisors, and
that is data: zero is stated as zero, at a time. What it says besides is not taken over: the joint
decree (SKB) was not signed by the chair of the KPU, and nobody counted that 40 per cent of the
inhabitants are civil servants.
"""

import json
from zoneinfo import ZoneInfo

import pytest

from tests.complaints import factories as make
from tests.scenarios.filing import tell
from tests.scenarios.pages import Visitor
from tests.scenarios.town import Town, local

pytestmark = pytest.mark.django_db

WITA = ZoneInfo("Asia/Makassar")
KENDARI = "/data/?kantor=RI/74/74.71"


@pytest.fixture
def evening(elections, move):
    """The evening of the dialogue, in Kendari's own zone."""
    move(local("2024-01-17 20:00", WITA))


def figures(page):
    """The large figures of the page of an office."""
    return {row.label: row.value for row in page.context["statistics"].counts}


def test_kendari_reads_zero_and_at_what_time(evening, proven):
    page = Visitor().open(KENDARI)
    assert set(figures(page).values()) == {0}
    words = Visitor().read(KENDARI)
    assert "Bawaslu Kota Kendari" in words
    assert "0 laporan, 0 informasi awal, 0 temuan" in words
    assert "Keadaan Rabu, 17 Januari 2024 pukul 20.00 WITA" in words
    assert "Angka nol berarti tidak ada, bukan tidak dihitung." in words
    assert "record:" in proven()


def test_the_open_data_of_kendari_say_zero_too(evening):
    answer = Visitor().client.get("/data/netralitas-asn.json?kantor=RI/74/74.71")
    data = json.loads(answer.getvalue())
    (row,) = data["rows"]
    assert (data["as_of"][:19], row["office_name"]) == (
        "2024-01-17T12:00:00",
        "Bawaslu Kota Kendari",
    )
    assert {row["report"], row["finding"], row["tip"], row["follow_up_finished"]} == {0}


def test_a_report_elsewhere_does_not_change_the_zero_of_kendari(evening, move, fold):
    Town("35.71", "Kota Kediri", move)
    region = {"region": "35.71", "contest": None}
    tell(on="2024-01-16", named=True, **region)
    fold()
    assert set(figures(Visitor().open(KENDARI)).values()) == {0}
    assert max(figures(Visitor().open("/data/?kantor=RI/35/35.71")).values()) == 1
    assert make.office("74.71").name == "Bawaslu Kota Kendari"
