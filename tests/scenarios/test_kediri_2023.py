"""Kota Kediri, December 2023: a finger pose in a WhatsApp story, told on 7 and 8 December.

What the two documents say is used as they say it where the law agrees: one complaint about a
civil servant's finger pose in a WhatsApp story during the campaign of Pemilu 2024; it is
preliminary information (informasi awal) until formal and material requirements are there; the
civil servant is summoned; the plenary discusses it. Where they are wrong the law is followed:

- "aduan", "laporan awal" and "informasi awal" are not the same: the anonymous tip is no report
  (laporan) until somebody with a name and an address stands behind it (art. 15 Perbawaslu 7/2022);
- "komisi ASN yang memberikan sanksi" is wrong: KASN recommends, the appointing authority (PPK)
  imposes the sanction.

The people are roles; nobody in the documents is anybody here. Working days: 9, 10, 16, 17, 23,
24, 30 and 31 December are weekends, 25 (Natal) and 26 December (cuti bersama) and 1 January are
closed. The day on which a period begins is not counted.
"""

import pytest

from complaints.codes import CaseState, ReferralState, ReportState, SanctionState, TipState
from complaints.models import ReferralItem, Report, Sanction
from neutrality.documents.models import Document
from neutrality.elections.models import Contest
from tests.complaints import factories as make
from tests.complaints.public.journey import PERSON
from tests.complaints.public.mailboxes import changed_code
from tests.scenarios.filing import mailbox, picture, tell, told
from tests.scenarios.pages import Visitor, words
from tests.scenarios.town import Town, due, url, wall

pytestmark = pytest.mark.django_db

NUMBER = "001/LP/PP/Kota/16.04/XII/2023"


@pytest.fixture
def town(elections, move):
    """The office of Kota Kediri on the evening of Thursday, 7 December 2023."""
    kediri = Town("35.71", "Kota Kediri", move)
    kediri.at("2023-12-07 19:30")
    return kediri


def president():
    """The contest that a pose with the number of a pair is about."""
    return Contest.objects.get(election__code="pemilu-2024", kind="PRESIDENT")


def test_the_finger_pose_goes_from_a_tip_to_the_sanction(town, proven):
    code, tip = tell(on="2023-12-06", region="35.71", contest=president(), named=False)
    # Sent after 16:00: one hour of service from Friday 08:00 (Perbawaslu 7/2022 art. 11).
    assert due(tip, "SERVICE") == "2023-12-08 09:00"

    town.at("2023-12-08 08:30")
    town.step("handler", tip, "TRACE")
    # 11 12 13 14 15 18 19: seven working days.
    assert due(tip, "TRACING") == "2023-12-19 23:59"
    assert tip.state == TipState.TRACING

    report = at_the_counter(town, tip)
    assert "Laporan diterima dan diberi nomor" in told(code)
    review(town, report, code)
    matter = register(town, report)
    hear(town, matter)
    decide(town, matter)
    item = refer(town, matter)
    recommend(town, item)
    sanction(town, item)

    story = told(code)
    for step in (
        "Laporan diregistrasi dan ditangani",
        "Klarifikasi para pihak",
        "Hasil ditetapkan",
        "Diteruskan ke instansi tujuan",
        "Rekomendasi terbit kepada pejabat pembina kepegawaian",
        "Sanksi dijatuhkan",
    ):
        assert step in story
    assert "record:" in proven()


def at_the_counter(town, tip):
    """The informant comes with an identity card: the tip becomes a report and gets its number."""
    town.at("2023-12-11 10:00")
    person = {name: value for name, value in PERSON.items() if name != "surel"}
    town.step("intake", tip, "IDENTIFY", **person)
    report = Report.objects.get(matter=tip.matter)
    assert (tip.state, report.state) == (TipState.REPORT, ReportState.SUBMITTED)
    # Learned of on Wednesday, 6 December: 7 8 11 12 13 14 15 (UU 7/2017 art. 454(6)).
    assert wall(report.window_due_at) == "2023-12-15 23:59"
    assert not report.late
    assert due(report, "SERVICE") == "2023-12-11 11:00"
    assert due(report, "HAND_OVER") == "2023-12-14 16:00"

    town.at("2023-12-11 10:15")
    town.step("intake", report, "RECEIVE", cara_periksa="COUNTER")
    assert (report.state, report.number) == (ReportState.RECEIVED, NUMBER)
    # 12 13 (art. 15(1)).
    assert due(report, "INITIAL_REVIEW") == "2023-12-13 23:59"
    return report


def review(town, report, code):
    """The material requirement is not met yet; the reporter completes it from the mailbox."""
    town.at("2023-12-12 14:00")
    town.step("handler", report, "START_REVIEW")
    town.judge(report, MATERIAL_EVIDENCE="Tangkapan layar tidak menunjukkan waktu unggahan.")
    town.step("handler", report, "ASK_FOR_COMPLETION")
    assert due(report, "NOTIFY_INCOMPLETE") == "2023-12-13 23:59"

    town.at("2023-12-12 19:00")
    phone = mailbox(code)
    phone.send("/lacak/laporan/", to="terima/")
    assert "Tangkapan layar tidak menunjukkan waktu unggahan." in phone.read("/lacak/laporan/")
    # From the evening on which the notice was read: 13, 14 until the counter closes.
    assert due(report, "COMPLETION") == "2023-12-14 16:00"

    town.at("2023-12-13 20:00")
    files = {"berkas": picture("lengkap.png", b"\0")}
    answer = {"jawaban": "Ini tangkapan lengkap dengan waktunya.", **files}
    mailbox(code).send("/lacak/laporan/lengkapi/", answer)
    report.refresh_from_db()
    assert report.state == ReportState.INITIAL_REVIEW
    # 14 15: the review begins anew.
    assert due(report, "INITIAL_REVIEW") == "2023-12-15 23:59"


def register(town, report):
    """The plenary of Friday, 15 December registers it."""
    town.at("2023-12-14 11:00")
    town.judge(report)
    item = town.propose("handler", report, "REGISTER", "Syarat formal dan materiel terpenuhi.")
    town.meet("2023-12-15 09:00", item)
    report.refresh_from_db()
    assert report.state == ReportState.REGISTERED
    assert report.register_number == "001/Reg/LP/PP/Kota/16.04/XII/2023"
    matter = report.matter
    matter.refresh_from_db()
    assert matter.regime == "PEMILU"
    # 18 19 20 21 22, then 27 28: Natal and its cuti bersama lie between (art. 454(7)).
    assert due(matter, "HANDLING") == "2023-12-28 23:59"
    return matter


def hear(town, matter):
    """The civil servant is summoned with a day's notice, comes, and confirms the minutes."""
    town.at("2023-12-18 09:00")
    lurah = matter.parties.get(kind="RESPONDENT")
    town.link(lurah, "PNS")
    town.step("handler", matter, "CLARIFY")
    too_soon = {
        "pihak": lurah.public_id,
        "mulai": "2023-12-18T14:00",
        "selesai": "2023-12-18T15:00",
        "cara": "PRESENT",
        "tempat": "Ruang klarifikasi",
    }
    plan = url("session_plan", matter.public_id)
    answer = town.send("handler", plan, too_soon, status=422)
    assert "alasan" in words(answer)
    session, code = town.invite(lurah, "2023-12-20")
    town.at("2023-12-18 13:30")
    here = url("session", session.public_id)
    given = {
        "kirim-cara": "DIRECT",
        "kirim-diterima": "2023-12-18T13:00",
        "kirim-bukti": "Ekspedisi",
    }
    town.send("handler", here, given, to="undangan/")
    guest = Visitor()
    guest.send("/undangan/", {"kode": code.text})
    changed_code(guest.client, "/undangan/saya/kode/")
    guest.send("/undangan/saya/", to="hadir/")

    town.at("2023-12-20 09:05")
    town.send("handler", here, {"hadir-sumpah": "NOT_ASKED"}, to="hadir/")
    line = {"tanya": "Apakah Anda memasang foto itu?", "jawab": "Ya, tanpa maksud mendukung."}
    town.send("handler", url("session_minutes", session.public_id), line)
    town.at("2023-12-20 10:30")
    town.send("handler", here, {"sah-dibacakan": "on"}, to="konfirmasi/")
    session.refresh_from_db()
    assert (session.state, session.confirmed_at is not None) == ("HELD", True)


def decide(town, matter):
    """Assessment on the 21st, result of the plenary on Friday, 22 December."""
    town.at("2023-12-21 09:00")
    town.step("handler", matter, "ASSESS")
    allegation = town.qualify(matter, "PHOTO_TOGETHER")
    assert allegation.stage == "CANDIDATE"
    town.assess(matter, "ASN_LAW")
    town.step("handler", matter, "BRING_TO_PLENARY", usul="Diteruskan kepada KASN.")
    assert matter.state == CaseState.PLENARY
    item = matter.agenda_items.get(action="DECIDE")
    town.meet("2023-12-22 09:00", item)
    matter.refresh_from_db()
    assert matter.state == CaseState.DECIDED


def refer(town, matter):
    """It goes to the body in force on that day: KASN. BKN takes over only on 24 August 2024."""
    town.at("2023-12-22 14:00")
    page = town.read("handler", url("send_package", matter.public_id))
    assert "Komisi Aparatur Sipil Negara" in page
    assert "Badan Kepegawaian Negara" not in page
    town.send(
        "handler", url("send_package", matter.public_id), {"kanal": "DIRECT", "periksa": "on"}
    )
    item = ReferralItem.objects.get(matter=matter)
    assert (item.state, item.body.code) == (ReferralState.SENT, "KASN")
    town.step("handler", matter, "CLOSE")
    assert matter.state == CaseState.CLOSED
    # Seven calendar days: 23 to 29 December.
    assert due(item, "BODY_VERIFICATION") == "2023-12-29 23:59"
    return item


def recommend(town, item):
    """KASN acknowledges and recommends; it imposes nothing."""
    town.at("2023-12-27 10:00")
    kasn = Visitor(make.user("Penghubung KASN", "liaison", body=item.body))
    kasn.send(url("liaison:item_step", item.public_id, "ACKNOWLEDGE"))
    # 28 29 December, 2 January.
    assert due(item, "BODY_ASSESSMENT") == "2024-01-02 23:59"
    offered = kasn.open(f"/instansi/{item.public_id}/").content.decode()
    assert "SANCTION" not in offered
    town.at("2023-12-29 10:00")
    letter = {
        "nomor_surat": "R-100/KASN/2023",
        "tanggal_surat": "2023-12-29",
        "jenis_sanksi": "MORAL_OPEN",
    }
    kasn.send(url("liaison:item_step", item.public_id, "RECOMMEND"), letter)
    # 2 3 4 5, 8 9 10 11 12, 15 16 17 18 19 January: fourteen working days.
    assert due(item, "PPK_FOLLOW_UP") == "2024-01-19 23:59"


def sanction(town, item):
    """The officer for discipline records what the appointing authority (PPK) decided."""
    town.at("2024-01-03 09:00")
    step = "hr:item_step"
    town.send("discipline", url(step, item.public_id, "START_FOLLOW_UP"))
    town.at("2024-01-10 09:00")
    heard = {"tim": "Tim pemeriksa", "dipanggil": "2024-01-04", "diperiksa": "2024-01-09"}
    town.send("discipline", url("hr:examination", item.public_id), heard)
    town.at("2024-01-17 09:00")
    decree = {
        "nomor_surat": "800/17/2024",
        "tanggal_surat": "2024-01-16",
        "jenis_sanksi": "MORAL_OPEN",
        "alasan": "Sesuai rekomendasi.",
    }
    town.send("discipline", url(step, item.public_id, "SANCTION"), decree)
    item.refresh_from_db()
    row = Sanction.objects.get(item=item)
    assert (item.state, row.state) == (ReferralState.SANCTIONED, SanctionState.IMPOSED)
    assert Document.objects.filter(matter_ref=item.matter_id, role="REFERRAL_OTHER_LAW").exists()
