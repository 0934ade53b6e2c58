"""What an authority without an account did is written down from its letter, and confirmed later."""

import pytest

from complaints.codes import ReferralState
from complaints.models import Examination, ExternalNumber, Sanction, SanctionStep
from complaints.selectors.tracking import tracking_page
from neutrality.casework.models import Step
from tests.complaints import factories as make
from tests.complaints.referral.scene import DECREE, Scene, agency, kanreg

pytestmark = pytest.mark.django_db
PAPER = {
    "pihak": "Wali Kota contoh",
    "nomor_surat": "800/21/2025",
    "tanggal_surat": "2025-06-20",
}


@pytest.fixture
def scene():
    """An item whose agency follows up, and sanctions by a decree of which the office has a copy."""
    made = Scene(employer=agency())
    (made.item,) = made.send()
    made.recommend(made.item)
    made.recorded(made.item, "RECORD_FOLLOW_UP", make.at(20, 9))
    made.desk = f"/petugas/penerusan/{made.item.public_id}"
    made.room = f"/kepegawaian/disiplin/{made.item.public_id}"
    return made


def test_an_examination_is_written_from_the_letter_and_confirmed_by_the_agency(
    scene, browser_of, travel
):
    travel(20, 12)
    desk = browser_of(scene.handler_user)
    told = {"tim": "Inspektorat contoh", "dipanggil": "2025-06-18", "diperiksa": "2025-06-19"}
    page = f"{scene.desk}/pemeriksaan/"
    assert desk.post(page, told).status_code == 422
    assert desk.post(page, {**told, **PAPER}).status_code == 302
    row = Examination.objects.get()
    assert "800/21/2025" in desk.get(f"{scene.desk}/").content.decode()

    officer = browser_of(make.user("Petugas disiplin", "hr_discipline", agency=scene.agency))
    confirm = f"{scene.room}/konfirmasi/pemeriksaan/{row.pk}/"
    assert confirm in officer.get(f"{scene.room}/").content.decode()
    assert officer.post(confirm).status_code == 302
    row.refresh_from_db()
    assert row.confirmed_at == make.at(20, 12).now
    again = officer.post(confirm, follow=True).content.decode()
    assert "sudah dikonfirmasi" in again
    assert confirm not in officer.get(f"{scene.room}/").content.decode()
    assert officer.post(confirm.replace(str(row.pk), "999999")).status_code == 404


def test_the_life_of_a_sanction_is_written_from_letters(scene, browser_of, travel):
    scene.recorded(scene.item, "RECORD_SANCTION", make.at(20, 10), **DECREE)
    sanction = Sanction.objects.get()
    travel(27, 9)
    desk = browser_of(scene.handler_user)
    news = {"keadaan": "IMPOSED", "perkembangan": "OBJECTED", "tanggal": "2025-06-26"}
    page = f"{scene.desk}/sanksi/{sanction.pk}/"
    assert desk.post(page, {**news, **PAPER}).status_code == 302
    step = SanctionStep.objects.get(state="OBJECTED")
    assert (step.acting_party, step.source_number) == ("Wali Kota contoh", "800/21/2025")
    officer = browser_of(make.user("Petugas disiplin", "hr_discipline", agency=scene.agency))
    confirm = f"{scene.room}/konfirmasi/perkembangan/{step.pk}/"
    assert officer.post(confirm).status_code == 302
    step.refresh_from_db()
    assert step.confirmed_at is not None
    shown = officer.get(f"{scene.room}/").content.decode()
    assert "Wali Kota contoh; sudah dikonfirmasi" in shown
    assert "Wali Kota contoh; belum dikonfirmasi" not in shown
    assert desk.get(page.replace(str(sanction.pk), "999999")).status_code == 404


def test_only_the_handler_of_the_file_writes_for_others(scene, browser_of, travel):
    travel(20, 12)
    others = {
        "intake": browser_of(make.user("P", "intake", office=scene.office)),
        "neighbour": browser_of(make.user("N", "handler", office=make.office("35.06"))),
        "agency": browser_of(make.user("H", "hr_discipline", agency=scene.agency)),
    }
    given = {"tim": "Tim contoh", "dipanggil": "2025-06-18", **PAPER}
    page = f"{scene.desk}/pemeriksaan/"
    answers = {who: browser.post(page, given).status_code for who, browser in others.items()}
    assert answers == {"intake": 404, "neighbour": 404, "agency": 404}


def test_a_body_asks_for_more_and_gets_a_new_version(browser_of, travel):
    scene = Scene(employer=agency())
    (item,) = scene.send()
    liaison = make.user("D", "liaison", body=kanreg())
    travel(19, 9)
    body, desk = browser_of(liaison), browser_of(scene.handler_user)
    room = f"/instansi/{item.public_id}/langkah"
    known = {"versi": 1, "sistem": "SBT", "nomor_luar": "SBT-77"}
    assert body.post(f"{room}/ACKNOWLEDGE/", known).status_code == 302
    assert ExternalNumber.objects.get(item=item).number == "SBT-77"
    asked = {"alasan": "Mohon tangkapan layar utuh.", "versi": 2}
    assert body.post(f"{room}/ASK_FOR_MORE/", asked).status_code == 302
    item.refresh_from_db()
    assert item.state == ReferralState.RETURNED
    again = {"kanal": "SYSTEM", "versi": 3}
    page = f"/petugas/penerusan/{item.public_id}/langkah/RESEND/"
    assert desk.post(page, again).status_code == 302
    versions = list(item.packages.order_by("version").values_list("version", "channel"))
    assert versions == [(1, "DIRECT"), (2, "SYSTEM")]


def test_a_body_cancels_and_what_the_handler_records_for_it_is_confirmed(browser_of, travel):
    scene = Scene(employer=agency())
    (item,) = scene.send()
    scene.recorded(item, "RECORD_ACKNOWLEDGE", make.at(19, 9))
    scene.recorded(item, "RECORD_CANCEL", make.at(19, 10), reason="Laporan ganda di SBT.")
    step = Step.objects.get(action="RECORD_CANCEL")
    travel(19, 12)
    body = browser_of(make.user("D", "liaison", body=kanreg()))
    assert body.post(f"/instansi/{item.public_id}/konfirmasi/{step.pk}/").status_code == 302
    item.refresh_from_db()
    step.refresh_from_db()
    assert (item.state, step.confirmed_at is None) == (ReferralState.CANCELLED, False)


def test_that_somebody_left_the_service_is_read_from_a_letter_too(scene, browser_of, travel):
    travel(20, 12)
    desk = browser_of(scene.handler_user)
    scene.item.refresh_from_db()
    left = {"sebab": "RETIRED", "alasan": "Mencapai batas usia.", "versi": scene.item.version}
    step = f"{scene.desk}/langkah/MARK_INACTIVE/"
    assert desk.post(step, left).status_code == 422
    assert desk.post(step, {**left, **PAPER}).status_code == 302
    scene.item.refresh_from_db()
    row = Step.objects.get(action="MARK_INACTIVE")
    assert (scene.item.state, row.acting_party) == ("SUBJECT_INACTIVE", "Wali Kota contoh")
    body = browser_of(make.user("D", "liaison", body=kanreg()))
    room = f"/instansi/{scene.item.public_id}/"
    confirm = f"{room}konfirmasi/{row.pk}/"
    assert confirm in body.get(room).content.decode()
    assert body.post(confirm).status_code == 302
    row.refresh_from_db()
    assert row.confirmed_at == make.at(20, 12).now


def test_what_was_read_from_a_letter_is_marked_until_the_body_confirms_it(browser_of, travel):
    scene = Scene(employer=agency())
    (item,) = scene.send()
    scene.recorded(item, "RECORD_ACKNOWLEDGE", make.at(19, 9))
    step = Step.objects.get(action="RECORD_ACKNOWLEDGE")
    travel(19, 12)
    desk = browser_of(scene.handler_user)
    body = browser_of(make.user("D", "liaison", body=kanreg()))
    pages = (
        (desk, f"/petugas/penerusan/{item.public_id}/"),
        (body, f"/instansi/{item.public_id}/"),
    )
    marks = [
        "Dicatat dari suratnya; belum dikonfirmasi",
        "Dicatat dari suratnya; sudah dikonfirmasi",
    ]

    def marked():
        shown = [browser.get(page).content.decode() for browser, page in pages]
        return [[page.count(mark) for mark in marks] for page in shown]

    assert "Dilakukan oleh Instansi contoh" in desk.get(pages[0][1]).content.decode()
    assert marked() == [[1, 0], [1, 0]]
    assert body.post(f"{pages[1][1]}konfirmasi/{step.pk}/").status_code == 302
    assert marked() == [[0, 1], [0, 1]]


def test_a_control_that_was_lifted_is_recorded_too(scene):
    scene.recorded(scene.item, "RECORD_NOT_FOLLOWED_UP", make.at(23, 9), reason="Tidak dijawab.")
    scene.recorded(scene.item, "RECORD_CONTROL", make.at(24, 9), control="BLOCK")
    scene.recorded(scene.item, "RECORD_LIFT_CONTROL", make.at(25, 9), reason="PPK bertindak.")
    scene.item.refresh_from_db()
    assert (scene.item.state, scene.item.control) == (ReferralState.FOLLOW_UP, "")


@pytest.mark.parametrize(
    ("sanction", "told"),
    [("MORAL_CLOSED", "Tindak lanjut selesai"), ("MORAL_OPEN", "Sanksi dijatuhkan")],
)
def test_a_closed_statement_is_told_as_the_end_of_the_follow_up(scene, sanction, told):
    decree = {**DECREE, "sanction_class": sanction, "reason": "Baru pertama kali."}
    scene.recorded(scene.item, "RECORD_SANCTION", make.at(20, 10), **decree)
    page = tracking_page(entry=scene.report, clock=make.at(21))
    lines = [page.status, *(entry.title for entry in page.timeline)]
    both = {"Tindak lanjut selesai", "Sanksi dijatuhkan"}
    assert both & set(lines) == {told}
