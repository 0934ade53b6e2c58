"""Examination, decree and what became of the sanction; only those in force are counted."""

from datetime import date

import pytest
from django.db.models import Sum

from complaints.codes import Audience, CustodyAct, SanctionState
from complaints.models import Custody, Examination, Examiner, Party, Sanction, Tally
from complaints.services.record_sanction_step import NEXT
from neutrality.accounts.actors import actor_of
from pledges.services.open_round import open_round
from tests.complaints import factories as make
from tests.complaints.evidence import copies
from tests.complaints.referral.scene import DECREE, Scene, agency, kanreg
from tests.pledges import factories as pledges

pytestmark = pytest.mark.django_db


class FollowedUp(Scene):
    """An item whose follow-up the agency has begun."""

    def __init__(self):
        super().__init__(employer=agency())
        (self.item,) = self.send()
        self.recommend(self.item)
        self.officer_user = make.user("Petugas disiplin", "hr_discipline", agency=self.agency)
        self.officer = make.actor("Disiplin contoh", "hr_discipline", agency=self.agency)
        self.step(self.item, "START_FOLLOW_UP", self.officer, make.at(20, 9))
        self.base = f"/kepegawaian/disiplin/{self.item.public_id}"


@pytest.fixture
def scene():
    return FollowedUp()


def in_force():
    return Tally.objects.filter(kind="SANCTIONED").aggregate(n=Sum("amount"))["n"] or 0


@pytest.mark.parametrize(
    ("asked", "signs", "words"),
    [
        (True, True, "Ditandatangani 10 Jun 2025, 12.00 WIB · Mengetik nama pada halaman daring"),
        (True, False, "Belum ditandatangani (Wajib)"),
        (False, False, "Tidak diminta menandatangani untuk pemilihan ini"),
    ],
)
def test_the_agency_reads_whether_the_linked_person_signed_the_election_s_pledge(
    scene, browser_of, travel, asked, signs, words
):
    travel(20, 12)
    person = pledges.servant(scene.agency)
    browser = browser_of(scene.officer_user)
    unlinked = browser.get(f"{scene.base}/").content.decode()
    Party.objects.filter(pk=scene.item.respondent_id).update(person=person)
    if asked:
        election_id = scene.matter.contest.election_id
        place = open_round(
            plan=pledges.plan(scene.agency, election=election_id, snapshot_on=date(2025, 6, 9)),
            actor=pledges.officer(scene.agency),
            clock=make.at(9),
        )
    if signs:
        pledges.signed(place, person, make.at(10, 12))
    page = browser.get(f"{scene.base}/").content.decode()
    office = browser_of(scene.handler_user).get(f"/petugas/penerusan/{scene.item.public_id}/")
    assert ("Pakta integritas" in unlinked, words in page) == (False, True)
    assert (office.status_code, words in office.content.decode()) == (200, False)


def test_an_examination_keeps_team_summons_and_minutes(scene, browser_of, travel):
    travel(20, 12)
    browser = browser_of(scene.officer_user)
    given = {"tim": "Camat contoh", "dipanggil": "2025-06-19", "diperiksa": "2025-06-20"}
    url = f"{scene.base}/pemeriksaan/"
    wrong = browser.post(url, {**given, "diperiksa": "2025-06-18"})
    assert (wrong.status_code, "mendahului panggilannya" in wrong.content.decode()) == (422, True)
    assert browser.post(url, given).status_code == 302
    row = Examination.objects.get()
    assert (row.team, row.recorded_by) == ("Camat contoh", scene.officer_user)


def test_an_examiner_sees_the_named_item_until_the_sanction(scene, browser_of, travel):
    person = make.user("Pemeriksa contoh", "examiner", agency=scene.agency)
    travel(20, 12)
    examiner, officer = browser_of(person), browser_of(scene.officer_user)
    assert examiner.get(f"{scene.base}/").status_code == 404
    named = officer.post(f"{scene.base}/pemeriksa/", {"pemeriksa": str(person.pk)})
    assert named.status_code == 302
    assert examiner.get(f"{scene.base}/").status_code == 200
    assert examiner.get(f"{scene.base}/pemeriksa/").status_code == 404
    given = {"tim": "Tim contoh", "dipanggil": "2025-06-19"}
    assert examiner.post(f"{scene.base}/pemeriksaan/", given).status_code == 302
    scene.step(scene.item, "SANCTION", scene.officer, make.at(20, 13), **DECREE)
    travel(20, 14)
    assert examiner.get(f"{scene.base}/").status_code == 404


def test_the_own_agency_opens_the_copies_that_two_persons_let_go_for_it(scene, browser_of, travel):
    travel(20, 12)
    pair, now = (scene.handler, scene.member), make.at(20, 11)
    copy = copies.let_go(scene.matter, Audience.AGENCY, pair, now)
    closed = [
        copies.prepared(scene.matter, Audience.AGENCY, scene.handler, now),
        copies.declined(scene.matter, Audience.AGENCY, pair, now),
        copies.let_go(scene.matter, Audience.RESPONDENT, pair, now, wording="Foto terlapor"),
        scene.copy,
    ]
    other = agency("kota-lain", "Pemerintah Kota Lain", "61.71")
    examiner = make.user("Pemeriksa contoh", "examiner", agency=scene.agency)
    Examiner.objects.create(
        item=scene.item, user=examiner, named_at=now.now, named_by=scene.officer_user
    )
    people = {
        "officer": scene.officer_user,
        "named": examiner,
        "not named": make.user("Pemeriksa lain", "examiner", agency=scene.agency),
        "pledges": make.user("Petugas pakta", "hr_pledges", agency=scene.agency),
        "foreign": make.user("Disiplin lain", "hr_discipline", agency=other),
        "liaison": make.user("Penghubung", "liaison", body=kanreg()),
        "office": scene.handler_user,
    }
    address = f"{scene.base}/salinan/%s/"
    got = {who: browser_of(one).get(address % copy.public_id) for who, one in people.items()}
    seen = [who for who, answer in got.items() if answer.status_code == 200]
    assert (seen, {each.status_code for each in got.values()}) == (["officer", "named"], {200, 404})
    officer = browser_of(scene.officer_user)
    assert {officer.get(address % row.public_id).status_code for row in closed} == {404}
    page = officer.get(f"{scene.base}/").content.decode()
    called = ("Foto di aula", "menunggu", "ditolak", "Foto terlapor", "Dari meja sebelah")
    assert [words in page for words in called] == [True, False, False, False, False]
    assert b"".join(got["officer"].streaming_content) == copies.PICTURE
    links = Custody.objects.filter(derivative=copy, act=CustodyAct.VIEWED).order_by("pk")
    assert list(links.values_list("who", "reason")) == [
        (actor_of(user=each, day=date(2025, 6, 20)).label, scene.agency.name)
        for each in (scene.officer_user, examiner)
    ]


def test_the_decree_offers_the_classes_of_the_violation_with_their_basis(scene, browser_of, travel):
    travel(20, 12)
    browser = browser_of(scene.officer_user)
    page = browser.get(f"{scene.base}/langkah/SANCTION/").content.decode()
    assert "Hukuman disiplin berat: SKB Netralitas 2022" in page
    given = {
        "nomor_surat": "SK-9/2025",
        "tanggal_surat": "2025-06-20",
        "jenis_sanksi": "MORAL_OPEN",
        "versi": "4",
    }
    beyond = browser.post(f"{scene.base}/langkah/SANCTION/", given)
    assert (beyond.status_code, "di luar pasal" in beyond.content.decode()) == (422, True)
    early = {**given, "jenis_sanksi": "HEAVY", "berlaku": "2025-06-01"}
    assert browser.post(f"{scene.base}/langkah/SANCTION/", early).status_code == 422
    right = {**given, "jenis_sanksi": "HEAVY", "berlaku": "2025-07-01"}
    answer = browser.post(f"{scene.base}/langkah/SANCTION/", right)
    assert answer.status_code == 302, answer.content.decode()
    row = Sanction.objects.get()
    assert (row.decree_number, str(row.effective_on), in_force()) == ("SK-9/2025", "2025-07-01", 1)


def test_objection_and_appeal_take_the_sanction_out_of_force_and_upholding_brings_it_back(
    scene, browser_of, travel
):
    scene.step(scene.item, "SANCTION", scene.officer, make.at(20, 13), **DECREE)
    row = Sanction.objects.get()
    url = f"{scene.base}/sanksi/{row.pk}/"
    travel(27, 9)
    browser = browser_of(scene.officer_user)
    counts = [in_force()]
    history = [
        ("IMPOSED", "OBJECTED", ""),
        ("OBJECTED", "UPHELD", ""),
        ("UPHELD", "APPEALED", ""),
        ("APPEALED", "CHANGED", "MEDIUM"),
        ("CHANGED", "EXECUTED", ""),
        ("EXECUTED", "ANNULLED", ""),
    ]
    for shown, news, changed in history:
        given = {
            "keadaan": shown,
            "perkembangan": news,
            "tanggal": "2025-06-26",
            "jenis_baru": changed,
        }
        assert browser.post(url, given).status_code == 302, (shown, news)
        counts.append(in_force())
    row.refresh_from_db()
    assert counts == [1, 0, 1, 0, 1, 1, 0]
    assert (row.state, row.sanction_class) == (SanctionState.ANNULLED, "MEDIUM")
    assert list(row.steps.order_by("pk").values_list("state", flat=True)) == [
        "IMPOSED",
        "OBJECTED",
        "UPHELD",
        "APPEALED",
        "CHANGED",
        "EXECUTED",
        "ANNULLED",
    ]
    shown = browser.get(f"{scene.base}/").content.decode()
    for words in ("Diajukan keberatan", "Diajukan banding administratif ke BPASN"):
        assert words in shown


def test_a_lost_race_and_an_impossible_step_are_told_apart(scene, browser_of, travel):
    scene.step(scene.item, "SANCTION", scene.officer, make.at(20, 13), **DECREE)
    row = Sanction.objects.get()
    url = f"{scene.base}/sanksi/{row.pk}/"
    travel(27, 9)
    browser = browser_of(scene.officer_user)
    given = {"keadaan": "IMPOSED", "perkembangan": "EXECUTED", "tanggal": "2025-06-26"}
    answers = [
        browser.post(url, {**given, "perkembangan": "UPHELD"}).status_code,
        browser.post(url, {**given, "tanggal": "2025-06-01"}).status_code,
        browser.post(url, given).status_code,
        browser.post(url, given).status_code,
        browser.post(url.replace(str(row.pk), str(row.pk + 999)), given).status_code,
    ]
    assert answers == [422, 422, 302, 409, 404]


def test_every_state_of_a_sanction_says_what_can_follow():
    assert set(NEXT) == set(SanctionState)
    assert NEXT[SanctionState.ANNULLED] == ()


def test_who_left_the_service_ends_the_item_and_can_come_back(scene, browser_of, travel):
    travel(20, 12)
    browser = browser_of(scene.officer_user)
    given = {"sebab": "RETIRED", "alasan": "SK pensiun 1/2025.", "versi": "4"}
    assert browser.post(f"{scene.base}/langkah/MARK_INACTIVE/", given).status_code == 302
    scene.item.refresh_from_db()
    assert (scene.item.state, scene.item.inactive_since) == ("SUBJECT_INACTIVE", "FOLLOW_UP")
    given = {"alasan": "Keliru.", "versi": "5"}
    assert browser.post(f"{scene.base}/langkah/MARK_ACTIVE_AGAIN/", given).status_code == 302
    scene.item.refresh_from_db()
    assert (scene.item.state, scene.item.inactive_since) == ("FOLLOW_UP", "")
