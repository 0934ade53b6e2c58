"""A decree and its life: carried out in time, contested, other than recommended, told in public."""

import pytest
from django.db.models import Sum

from complaints.codes import ReferralState
from complaints.models import ReferralItem, Sanction, Tally
from complaints.selectors.tracking import tracking_page
from complaints.services.chase_items import chase_items
from complaints.workflow.referral import REFERRAL
from neutrality.casework.corrections import confirm_request, request_correction
from neutrality.casework.models import LegalClock
from neutrality.notifications.models import Outbox
from tests.complaints import factories as make
from tests.complaints.referral.scene import DECREE, kanreg
from tests.complaints.referral.test_discipline import FollowedUp

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    """An item whose agency follows the recommendation up."""
    return FollowedUp()


def decreed(scene, **decree):
    """The appointing authority decides on 20 June; return the address where its life goes on."""
    scene.step(scene.item, "SANCTION", scene.officer, make.at(20, 13), **{**DECREE, **decree})
    row = Sanction.objects.get(item=scene.item)
    return f"{scene.base}/sanksi/{row.pk}/"


def clocks_of(code):
    """The states and the last days of the clocks of one period, oldest first."""
    rows = LegalClock.objects.filter(code=code).order_by("pk")
    zone = make.office().tz
    return [(row.state, f"{row.due_at.astimezone(zone):%d.%m}") for row in rows]


def execution():
    """The clocks of the execution."""
    return clocks_of("EXECUTION")


def heard(kind):
    """Who was told, by kind of message."""
    return set(Outbox.objects.filter(kind=kind).values_list("user_id", flat=True))


def told(scene, day=30):
    """What the reporter reads: the status, then the history from the newest back to the decree."""
    page = tracking_page(entry=scene.report, clock=make.at(day))
    titles = [entry.title for entry in page.timeline]
    began = titles.index("Ditindaklanjuti pejabat pembina kepegawaian")
    return page.status, titles[:began]


def news(browser, url, shown, happened, **more):
    given = {"keadaan": shown, "perkembangan": happened, "tanggal": "2025-06-26", **more}
    answer = browser.post(url, given)
    assert answer.status_code == 302, answer.content.decode()


def test_a_decree_is_to_be_carried_out_in_time_and_is_chased_when_it_is_not(
    scene, browser_of, travel
):
    url = decreed(scene)
    scene.item.refresh_from_db()
    # 23-26, 30 June, 1-4, 7-11 July; 27 June is the Islamic new year.
    assert execution() == [("open", "11.07")]
    assert scene.item.due_at == LegalClock.objects.get(code="EXECUTION").due_at
    travel(27, 9)
    queue = browser_of(scene.officer_user).get("/kepegawaian/disiplin/").content.decode()
    assert "Lurah contoh" in queue
    Outbox.objects.all().delete()
    assert chase_items(clock=make.at(14, 9, month=7)) == 1
    late = Outbox.objects.filter(kind="work_reminder").values_list("user_id", flat=True)
    assert scene.officer_user.pk in set(late)
    news(browser_of(scene.officer_user), url, "IMPOSED", "EXECUTED")
    scene.item.refresh_from_db()
    assert (execution(), scene.item.due_at) == ([("met", "11.07")], None)
    assert chase_items(clock=make.at(21, 9, month=7)) == 0


def test_a_decree_that_takes_effect_later_has_its_time_from_then(scene):
    decreed(scene, effective_on="2025-07-01")
    assert execution() == [("open", "21.07")]


ASKED = {
    "OBJECTED": "Keberatan atas sanksi diajukan",
    "APPEALED": "Banding administratif atas sanksi diajukan",
}
AGAIN = [("voided", "11.07"), ("open", "17.07")]
# 26 June, then 27 June is closed: twenty-one working days end on 28 July; sixty-five, with
# 18 August and 5 September closed, on 30 September.
TO_DECIDE = {
    "OBJECTED": ("OBJECTION_DECISION", "28.07"),
    "APPEALED": ("APPEAL_DECISION", "30.09"),
}


@pytest.mark.parametrize(
    ("contest", "answer", "public", "clocks"),
    [
        ("APPEALED", "UPHELD", "Sanksi dikuatkan", AGAIN),
        ("OBJECTED", "CHANGED", "Sanksi diubah", AGAIN),
        ("OBJECTED", "ANNULLED", "Sanksi dibatalkan", AGAIN[:1]),
    ],
)
def test_while_it_is_contested_the_time_to_decide_runs_and_everybody_reads_how_it_ended(
    scene, browser_of, travel, contest, answer, public, clocks
):
    url, asked = decreed(scene), ASKED[contest]
    assert told(scene) == ("Sanksi dijatuhkan", ["Sanksi dijatuhkan"])
    travel(27, 9)
    browser = browser_of(scene.officer_user)
    news(browser, url, "IMPOSED", contest, catatan="Diajukan Lurah contoh.")
    code, last = TO_DECIDE[contest]
    assert (execution(), clocks_of(code)) == ([("voided", "11.07")], [("open", last)])
    scene.item.refresh_from_db()
    assert scene.item.due_at == LegalClock.objects.get(code=code).due_at
    assert told(scene) == (asked, [asked, "Sanksi dijatuhkan"])
    changed = {"jenis_baru": "MEDIUM"} if answer == "CHANGED" else {}
    news(browser, url, contest, answer, **changed)
    assert (execution(), clocks_of(code)) == (clocks, [("met", last)])
    status, history = told(scene)
    assert (status, history) == (public, [public, asked, "Sanksi dijatuhkan"])
    scene.item.refresh_from_db()
    assert scene.item.state == ReferralState.SANCTIONED
    page = tracking_page(entry=scene.report, clock=make.at(30))
    (first, *_rest) = page.timeline
    assert (first.at, first.body) == ("Kamis, 26 Juni 2025", "")


def test_an_objection_that_nobody_decides_is_chased_and_stands_still_while_its_person_is_away(
    scene, browser_of, travel
):
    url, step = decreed(scene), f"{scene.base}/langkah"
    travel(27, 9)
    browser = browser_of(scene.officer_user)
    fresh = browser.get(f"{scene.base}/").content.decode()
    assert "paling lambat 11 Jul 2025, atau 14 hari kerja sejak keputusan diterima" in fresh
    Outbox.objects.all().delete()
    news(browser, url, "IMPOSED", "OBJECTED")
    assert heard("item_decided") == {scene.handler_user.pk}
    contested = browser.get(f"{scene.base}/").content.decode()
    assert "paling lambat 11 Jul" not in contested
    assert "Keputusan atas keberatan" in contested
    assert "jenis hari dan nomor pasal belum dipastikan" in contested
    Outbox.objects.all().delete()
    assert chase_items(clock=make.at(29, 9, month=7)) == 1
    agency = {scene.officer_user.pk, scene.officer.user_id}
    assert heard("work_reminder") == {*agency, scene.handler_user.pk}
    left = {"sebab": "RETIRED", "alasan": "SK pensiun 1/2025.", "versi": "5"}
    assert browser.post(f"{step}/MARK_INACTIVE/", left).status_code == 302
    back = {"alasan": "Keliru.", "versi": "6"}
    assert browser.post(f"{step}/MARK_ACTIVE_AGAIN/", back).status_code == 302
    states = [state for state, _day in clocks_of("OBJECTION_DECISION")]
    assert (states, execution()) == (["met", "open"], [("voided", "11.07")])


def test_nobody_has_to_decide_on_a_decree_that_another_has_replaced(scene, browser_of, travel):
    url = decreed(scene, sanction_class="MEDIUM", reason="Unggahan dihapus sendiri.")
    travel(27, 9)
    news(browser_of(scene.officer_user), url, "IMPOSED", "OBJECTED")
    body = make.actor("Penghubung contoh", "liaison", body=kanreg())
    scene.step(scene.item, "REFUSE_DEVIATION", body, make.at(27, 10), reason="Pelanggaran berat.")
    assert clocks_of("OBJECTION_DECISION") == [("open", "28.07")]
    second = {**DECREE, "decree_number": "SK-2/2025", "decree_on": "2025-06-27"}
    scene.step(scene.item, "SANCTION", scene.officer, make.at(27, 11), **second)
    assert clocks_of("OBJECTION_DECISION") == [("voided", "28.07")]
    scene.item.refresh_from_db()
    open_one = LegalClock.objects.get(code="EXECUTION", state="open")
    assert scene.item.due_at == open_one.due_at


def test_of_a_closed_statement_nothing_more_is_told(scene, browser_of, travel):
    url = decreed(scene, sanction_class="MORAL_CLOSED", reason="Baru pertama kali.")
    travel(27, 9)
    browser = browser_of(scene.officer_user)
    for shown, happened in (("IMPOSED", "APPEALED"), ("APPEALED", "UPHELD")):
        news(browser, url, shown, happened)
        assert told(scene) == ("Tindak lanjut selesai", ["Tindak lanjut selesai"])


def test_another_sanction_than_recommended_needs_a_reason_and_the_body_accepts_it(
    scene, browser_of, travel
):
    travel(20, 13)
    there = liaison()
    officer, body = browser_of(scene.officer_user), browser_of(there)
    url = f"{scene.base}/langkah/SANCTION/"
    ReferralItem.objects.update(recommended_class="MEDIUM")
    given = {
        "nomor_surat": "SK-9/2025",
        "tanggal_surat": "2025-06-20",
        "jenis_sanksi": "HEAVY",
        "versi": "4",
    }
    silent = officer.post(url, given)
    assert silent.status_code == 422
    assert "berbeda dari yang direkomendasikan" in silent.content.decode()
    assert officer.post(url, {**given, "alasan": "Perbuatan berulang."}).status_code == 302
    assert heard("item_deviates") == {there.pk}
    page = f"/instansi/{scene.item.public_id}/"
    shown = body.get(page).content.decode()
    assert "menunggu jawaban instansi yang merekomendasikan" in shown
    assert "Perbuatan berulang." in shown
    assert heard("item_answered") == set()
    assert body.post(f"{page}langkah/ACCEPT_DEVIATION/", {"versi": "5"}).status_code == 302
    assert heard("item_answered") == {scene.officer_user.pk, scene.officer.user_id}
    again = body.get(page).content.decode()
    assert "diterima instansi yang merekomendasikan" in again
    assert "DEVIATION" not in again
    assert execution() == [("open", "11.07")]


def liaison():
    return make.user("Penghubung contoh", "liaison", body=kanreg())


def _open_clock(scene):
    running = LegalClock.objects.filter(subject_kind="referral_item", state="open")
    return running.get(subject_id=scene.item.pk).code


def test_a_refused_deviation_is_the_agency_s_turn_again_and_the_next_decree_takes_its_place(
    scene, browser_of, travel
):
    decreed(scene, sanction_class="MEDIUM", reason="Unggahan dihapus sendiri.")
    travel(23, 9)
    url = f"/instansi/{scene.item.public_id}/langkah/REFUSE_DEVIATION/"
    browser = browser_of(liaison())
    assert browser.post(url, {"versi": "5"}).status_code == 422
    reason = {"versi": "5", "alasan": "Pelanggaran berat."}
    assert browser.post(url, reason).status_code == 302
    scene.item.refresh_from_db()
    assert (scene.item.state, scene.item.deviation) == ("NOT_FOLLOWED_UP", "REFUSED")
    assert _open_clock(scene) == "PPK_FOLLOW_UP"
    assert told(scene)[0] == "Belum ditindaklanjuti sesuai rekomendasi"
    second = {**DECREE, "decree_number": "SK-2/2025", "decree_on": "2025-06-24"}
    scene.step(scene.item, "SANCTION", scene.officer, make.at(24, 9), **second)
    scene.item.refresh_from_db()
    rows = Sanction.objects.filter(item=scene.item).order_by("pk")
    assert list(rows.values_list("sanction_class", "state")) == [
        ("MEDIUM", "ANNULLED"),
        ("HEAVY", "IMPOSED"),
    ]
    assert scene.item.deviation == ""
    counted = Tally.objects.filter(kind="SANCTIONED").aggregate(n=Sum("amount"))["n"]
    assert counted == 1
    assert told(scene)[0] == "Sanksi dijatuhkan"
    agency = browser_of(scene.officer_user).get(f"{scene.base}/").content.decode()
    assert "Diganti keputusan SK-2/2025." in agency


def test_a_second_decree_that_was_a_wrong_click_leaves_the_first_in_force(scene):
    decreed(scene, sanction_class="MEDIUM", reason="Unggahan dihapus sendiri.")
    body = make.actor("Penghubung contoh", "liaison", body=kanreg())
    scene.step(scene.item, "REFUSE_DEVIATION", body, make.at(23, 9), reason="Pelanggaran berat.")
    second = {**DECREE, "decree_number": "SK-2/2025", "decree_on": "2025-06-24"}
    scene.step(scene.item, "SANCTION", scene.officer, make.at(24, 9), **second)
    asked = request_correction(
        workflow=REFERRAL,
        subject_id=scene.item.pk,
        reason="Keputusan untuk orang lain.",
        actor=scene.officer,
        clock=make.at(24, 10),
    )
    colleague = make.actor("Disiplin kedua", "hr_discipline", agency=scene.agency)
    confirm_request(request_id=asked.pk, actor=colleague, clock=make.at(24, 11))
    scene.item.refresh_from_db()
    assert (scene.item.state, scene.item.deviation) == ("NOT_FOLLOWED_UP", "REFUSED")
    rows = Sanction.objects.filter(item=scene.item).order_by("pk")
    assert list(rows.values_list("decree_number", "state")) == [
        ("SK-1/2025", "IMPOSED"),
        ("SK-2/2025", "ANNULLED"),
    ]
    assert Tally.objects.filter(kind="SANCTIONED").aggregate(n=Sum("amount"))["n"] == 1
    assert told(scene)[0] == "Belum ditindaklanjuti sesuai rekomendasi"


def test_the_time_to_carry_out_a_decree_recorded_by_mistake_ends_with_it(scene, browser_of, travel):
    url = decreed(scene)
    browser = browser_of(scene.officer_user)
    travel(20, 14)
    for shown, happened in (("IMPOSED", "OBJECTED"), ("OBJECTED", "UPHELD")):
        news(browser, url, shown, happened, tanggal="2025-06-20")
    assert execution() == [("voided", "11.07"), ("open", "11.07")]
    asked = request_correction(
        workflow=REFERRAL,
        subject_id=scene.item.pk,
        reason="Keputusan untuk orang lain.",
        actor=scene.officer,
        clock=make.at(20, 15),
    )
    colleague = make.actor("Disiplin kedua", "hr_discipline", agency=scene.agency)
    confirm_request(request_id=asked.pk, actor=colleague, clock=make.at(20, 15))
    assert execution() == [("voided", "11.07"), ("voided", "11.07")]
    second = {**DECREE, "decree_number": "SK-2/2025", "decree_on": "2025-06-26"}
    scene.step(scene.item, "SANCTION", scene.officer, make.at(26, 9), **second)
    assert execution()[2:] == [("open", "17.07")]


def test_who_retires_before_the_decree_is_carried_out_ends_it_and_afterwards_cannot(
    scene, browser_of, travel
):
    url = decreed(scene)
    travel(25, 9)
    browser = browser_of(scene.officer_user)
    step = f"{scene.base}/langkah"
    left = {"sebab": "RETIRED", "alasan": "SK pensiun 1/2025.", "versi": "5"}
    assert browser.post(f"{step}/MARK_INACTIVE/", left).status_code == 302
    scene.item.refresh_from_db()
    assert (scene.item.state, scene.item.due_at) == ("SUBJECT_INACTIVE", None)
    back = {"alasan": "Keliru.", "versi": "6"}
    assert browser.post(f"{step}/MARK_ACTIVE_AGAIN/", back).status_code == 302
    assert [state for state, _day in execution()] == ["met", "open"]
    travel(27, 9)
    news(browser, url, "IMPOSED", "EXECUTED")
    assert "MARK_INACTIVE" not in browser.get(f"{scene.base}/").content.decode()
    refused = browser.post(f"{step}/MARK_INACTIVE/", {**left, "versi": "7"})
    assert refused.status_code == 422
    assert "yang masih harus dilaksanakan" in refused.content.decode()


@pytest.mark.parametrize(
    ("before", "while_away", "again"),
    [
        ((), ("EXECUTED",), False),
        ((), ("ANNULLED",), False),
        ((), ("APPEALED", "UPHELD"), True),
        (("EXECUTED", "APPEALED", "UPHELD"), (), False),
        (("EXECUTED", "APPEALED", "CHANGED"), (), True),
    ],
)
def test_who_is_active_again_finds_a_time_only_for_a_decree_that_is_still_to_be_carried_out(
    scene, browser_of, travel, before, while_away, again
):
    url = decreed(scene)
    travel(27, 9)
    browser, course = browser_of(scene.officer_user), ["IMPOSED"]

    def goes_on(states):
        for state in states:
            changed = {"jenis_baru": "MEDIUM"} if state == "CHANGED" else {}
            news(browser, url, course[-1], state, **changed)
            course.append(state)

    goes_on(before)
    scene.step(scene.item, "MARK_INACTIVE", scene.officer, make.at(27, 10), reason="Pensiun.")
    goes_on(while_away)
    scene.step(scene.item, "MARK_ACTIVE_AGAIN", scene.officer, make.at(30, 9), reason="Keliru.")
    scene.item.refresh_from_db()
    assert (scene.item.state, scene.item.due_at is not None) == ("SANCTIONED", again)
    assert [state for state, _day in execution()].count("open") == int(again)


def test_a_sanction_as_recommended_leaves_the_body_nothing_to_answer(scene, browser_of, travel):
    there = liaison()
    decreed(scene)
    travel(23, 9)
    assert heard("item_deviates") == set()
    browser = browser_of(there)
    page = f"/instansi/{scene.item.public_id}/"
    assert "ACCEPT_DEVIATION" not in browser.get(page).content.decode()
    answer = browser.post(f"{page}langkah/ACCEPT_DEVIATION/", {"versi": "5"})
    assert answer.status_code == 422
    assert "Tidak ada penyimpangan dari rekomendasi" in answer.content.decode()
