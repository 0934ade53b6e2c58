"""Kediri, Wednesday 23 October 2024: a soldier and a police officer as respondents.

The document tells of a meeting on neutrality with TNI and Polri in the hall; its points are the
oath's, nobody is accused in it. The report is made up for the day. Pilkada counts calendar days,
so weekends count, and the handling takes 3 days, 5 when it is extended - all from registration.
A soldier goes to the Panglima TNI, a police officer to the Bidpropam of the province, neither of
them to BKN.
"""

import pytest

from complaints.codes import CaseState, ReferralState, ReportState
from complaints.models import ReferralItem
from tests.scenarios.filing import tell, told
from tests.scenarios.town import Town, due, running, url, wall

pytestmark = pytest.mark.django_db

SOLDIER = {"nama": "Babinsa contoh", "instansi": "Komando Distrik contoh", "jenis": "TNI"}
OFFICER = {"nama": "Bhabinkamtibmas contoh", "instansi": "Polres contoh", "jenis": "POLRI"}
ACCOUNT = "Keduanya berbicara di panggung dan meminta warga memilih satu pasangan calon."


@pytest.fixture
def town(elections, move):
    """The office of Kota Kediri on the evening of Wednesday, 23 October 2024."""
    kediri = Town("35.71", "Kota Kediri", move)
    kediri.at("2024-10-23 20:00")
    return kediri


def registered(town):
    """The report of the evening, received on Thursday and registered on Friday."""
    code, report = tell(
        on="2024-10-23",
        region="35.71",
        contest=running("35.71", "MAYOR"),
        named=True,
        respondents=(SOLDIER, OFFICER),
        acts=("ATTEND_RALLY",),
        account=ACCOUNT,
    )
    assert wall(report.window_due_at) == "2024-10-30 23:59"
    assert due(report, "SERVICE") == "2024-10-24 09:00"
    town.at("2024-10-24 08:40")
    town.step("intake", report, "RECEIVE", cara_periksa="COUNTER")
    assert report.number == "001/LP/PW/Kota/16.04/X/2024"
    # Friday and Saturday: calendar days.
    assert due(report, "INITIAL_REVIEW") == "2024-10-26 23:59"
    town.step("handler", report, "START_REVIEW")
    town.judge(report)
    item = town.propose("handler", report, "REGISTER", "Syarat terpenuhi.")
    town.at("2024-10-25 10:00")
    town.decide_alone(item)
    report.refresh_from_db()
    assert report.state == ReportState.REGISTERED
    return code, report.matter, item


def test_a_soldier_and_a_police_officer_are_referred_to_their_own_bodies(town, proven):
    code, matter, first = registered(town)
    matter.refresh_from_db()
    assert matter.regime == "PILKADA"
    # 26 27 28: Saturday and Sunday count.
    assert due(matter, "HANDLING") == "2024-10-28 23:59"
    assert due(matter, "RATIFICATION") == "2024-10-26 23:59"

    town.step("handler", matter, "CLARIFY")
    town.send("handler", url("case_extend", matter.public_id), {"alasan": "Perlu keterangan ahli."})
    extension = matter.agenda_items.get(action="EXTEND")
    town.meet("2024-10-26 09:00", first, extension)
    matter.refresh_from_db()
    # 3 + 2 = 5 days from registration, not from the extension (UU 10/2016 art. 134(6)).
    assert due(matter, "HANDLING_EXTENDED") == "2024-10-30 23:59"

    town.at("2024-10-28 09:00")
    town.step("handler", matter, "ASSESS", status=422)
    town.step("handler", matter, "ASSESS", alasan="Keduanya memberi keterangan tertulis.")
    for number in (1, 2):
        town.qualify(matter, "ATTEND_DECLARATION", number)
    town.assess(matter, "OTHER_LAW", "OTHER_LAW")
    town.step("handler", matter, "BRING_TO_PLENARY", usul="Diteruskan.")
    town.meet("2024-10-29 09:00", matter.agenda_items.get(action="DECIDE"))
    matter.refresh_from_db()
    assert matter.state == CaseState.DECIDED

    page = town.read("handler", url("send_package", matter.public_id))
    assert "Badan Kepegawaian Negara" not in page
    town.send(
        "handler", url("send_package", matter.public_id), {"kanal": "DIRECT", "periksa": "on"}
    )
    sent = {row.respondent.name: row for row in ReferralItem.objects.filter(matter=matter)}
    assert {name: row.body.code for name, row in sent.items()} == {
        "Babinsa contoh": "TNI",
        "Bhabinkamtibmas contoh": "POLDA-35",
    }
    assert {row.state for row in sent.values()} == {ReferralState.SENT}
    assert "Diteruskan ke instansi tujuan" in told(code)
    assert "record:" in proven()
