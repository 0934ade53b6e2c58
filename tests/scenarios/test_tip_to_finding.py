"""A tip that nobody puts a name to: traced, found, and handled as a finding of the supervisor.

The same story of December 2023 with the other end that the law knows: the informant never comes
to the counter, so there is no report (laporan), and the office finds out by itself (temuan,
UU 7/2017 art. 454(5)). Only the plenary can set a finding; the coordinator cannot.
"""

import pytest

from complaints.codes import CaseState, TipState
from complaints.models import Finding
from tests.scenarios.filing import tell, told
from tests.scenarios.pages import words
from tests.scenarios.test_kediri_2023 import president
from tests.scenarios.town import Town, due, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(elections, move):
    """The office of Kota Kediri on the evening of Thursday, 7 December 2023."""
    kediri = Town("35.71", "Kota Kediri", move)
    kediri.at("2023-12-07 19:30")
    return kediri


def test_a_tip_is_traced_and_becomes_a_finding_and_a_case(town, proven):
    code, tip = tell(on="2023-12-06", region="35.71", contest=president(), named=False)
    town.at("2023-12-08 08:30")
    town.step("handler", tip, "TRACE")
    assert due(tip, "TRACING") == "2023-12-19 23:59"

    town.at("2023-12-14 15:00")
    result = {"hasil": "Status itu dilihat petugas sendiri.", "ditemukan": "2023-12-13"}
    town.send("handler", url("tip_result", tip.public_id), result)
    item = town.propose("handler", tip, "SET_FINDING", "Ditetapkan sebagai temuan.")
    page = words(town.visitor("chair").open(url("agenda_item", item.public_id)))
    assert "Putuskan sebagai koordinator" not in page

    town.meet("2023-12-18 09:00", item)
    tip.refresh_from_db()
    finding = Finding.objects.get(matter=tip.matter)
    assert (tip.state, finding.number) == (TipState.FINDING, "001/TM/PP/Kota/16.04/XII/2023")
    matter = tip.matter
    matter.refresh_from_db()
    assert (matter.state, matter.regime) == (CaseState.REGISTERED, "PEMILU")
    # 19 20 21 22, 27 28 29: Natal and its cuti bersama are not counted.
    assert due(matter, "HANDLING") == "2023-12-29 23:59"
    assert "Ditetapkan sebagai temuan dan ditangani" in told(code)
    assert "record:" in proven()


def test_a_tip_without_enough_evidence_is_closed_with_its_reason(town, proven):
    code, tip = tell(on="2023-12-06", region="35.71", contest=president(), named=False)
    town.at("2023-12-08 08:30")
    town.step("handler", tip, "TRACE")
    town.at("2023-12-18 10:00")
    town.step("handler", tip, "CLOSE", status=422)
    town.step("handler", tip, "CLOSE", alasan="Status sudah hilang dan tidak ada saksi.")
    assert tip.state == TipState.CLOSED
    assert "Penelusuran selesai; tidak cukup bukti untuk ditindaklanjuti" in told(code)
    assert "record:" in proven()
