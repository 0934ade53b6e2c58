"""Pontianak, 21 May 2024: the shortcut of art. 22, before anybody is a candidate for Pilkada.

The document tells of an oath in Pontianak on this Tuesday; it quotes "UU 22/2022 tentang ASN",
which is the law on corrections: the law on civil servants is UU 20/2023. The complaint is made
up for the day. No pair is determined before 22 September 2024, so what a civil servant does for a
prospective candidate is no matter of handling: after an approved assessment and an item of the
plenary it is passed on at once, to KASN, in force until 24 August 2024.

Calendar days, except where the rule says otherwise: 23 May (Waisak) and 24 May (cuti bersama) are
closed, 25 and 26 May a weekend.
"""

import pytest

from complaints.codes import CaseState, ReferralState, ReportState
from complaints.models import ReferralItem
from tests.scenarios.filing import tell, told
from tests.scenarios.pages import words
from tests.scenarios.town import Town, due, running, url, wall

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(elections, move):
    """The office of Kota Pontianak on the morning of Tuesday, 21 May 2024."""
    pontianak = Town("61.71", "Kota Pontianak", move)
    pontianak.at("2024-05-21 10:00")
    return pontianak


def test_a_report_is_referred_from_the_initial_review(town, proven):
    mayor = running("61.71", "MAYOR")
    code, report = tell(on="2024-05-20", region="61.71", contest=mayor, named=True)
    # 21 to 27 May: calendar days, a Monday after a long weekend.
    assert wall(report.window_due_at) == "2024-05-27 23:59"
    # 22, 27, 28: three working days until the counter closes.
    assert due(report, "HAND_OVER") == "2024-05-28 16:00"

    town.at("2024-05-21 13:00")
    town.step("intake", report, "RECEIVE", cara_periksa="COUNTER")
    town.step("handler", report, "START_REVIEW")
    assert due(report, "INITIAL_REVIEW") == "2024-05-23 23:59"
    town.judge(report)
    matter = report.matter
    town.link(matter.parties.get(kind="RESPONDENT"), "PNS")
    allegation = town.qualify(matter, "PHOTO_TOGETHER")
    assert allegation.stage == "PROSPECTIVE"
    item = town.propose("handler", report, "REFER", "Diteruskan menurut pasal 22.")

    town.at("2024-05-21 15:00")
    refused = town.send("chair", url("meeting_plan"), {"waktu": "2024-05-21T14:00"}, status=422)
    assert "Waktu rapat harus setelah waktu sekarang." in words(refused)
    town.assess(matter, "ASN_LAW")
    town.meet("2024-05-22 09:00", item)
    report.refresh_from_db()
    assert report.state == ReportState.REFERRED
    assert report.register_number == ""
    sent = ReferralItem.objects.get(matter=matter)
    assert (sent.state, sent.body.code) == (ReferralState.SENT, "KASN")
    # 23 to 29 May: calendar days.
    assert due(sent, "BODY_VERIFICATION") == "2024-05-29 23:59"
    matter.refresh_from_db()
    assert matter.state == CaseState.INTAKE
    town.step("handler", matter, "CLOSE_INTAKE")
    assert "Laporan diteruskan ke instansi yang berwenang" in told(code)
    assert "record:" in proven()


def test_nothing_is_referred_without_an_approved_assessment(town):
    mayor = running("61.71", "MAYOR")
    _code, report = tell(on="2024-05-20", region="61.71", contest=mayor, named=True)
    town.step("intake", report, "RECEIVE", cara_periksa="COUNTER")
    town.step("handler", report, "START_REVIEW")
    town.judge(report)
    town.qualify(report.matter, "PHOTO_TOGETHER")
    item = town.propose("handler", report, "REFER", "Diteruskan menurut pasal 22.")
    answers = {"waktu": "2024-05-22T09:00", "cara": "PRESENT", "tempat": "Ruang rapat"}
    town.send("chair", url("meeting_plan"), answers)
    meeting = town.meetings().get()
    town.send("chair", url("meeting", meeting.public_id), {"butir": [item.public_id]}, to="acara/")
    town.at("2024-05-22 09:00")
    present = [str(row.pk) for row in town.members]
    opened = {"hadir": present, "ketua": present[0]}
    town.send("chair", url("meeting_open", meeting.public_id), opened)
    here = url("agenda_item", item.public_id)
    ballots = {f"suara-suara_{row.pk}": "FOR" for row in town.members}
    town.send("chair", here, ballots, to="suara/")
    town.send("chair", here, {"putusan-keputusan": "Setuju."}, to="putuskan/", status=422)
    report.refresh_from_db()
    assert report.state == ReportState.INITIAL_REVIEW
    assert not ReferralItem.objects.exists()
