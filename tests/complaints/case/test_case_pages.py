"""The queue of cases and the file of one."""

import pytest
import time_machine

from complaints.codes import CaseState, PartyKind
from complaints.models import AgendaItem, AllegationResult, Announcement, Assessment, Matter
from complaints.services.lodge import lodge_report
from complaints.services.record_tip import record_tip
from complaints.workflow.actions import CaseAction
from neutrality.casework.models import LegalClock, SecondPersonRequest
from neutrality.documents.models import Document
from tests.complaints import factories as make
from tests.complaints.case.scene import FOREIGN, NEIGHBOUR, Scene, stranger, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel(make.at(18, 11).now, tick=False):
        yield


@pytest.fixture
def scene():
    return Scene()


def page_of(scene, who="handler"):
    answer = scene.client(who).get(url("case", scene.matter.public_id))
    assert answer.status_code == 200
    return answer.content.decode()


def press(scene, action, who="handler", **given):
    given = {"versi": scene.fresh().version, **given}
    return scene.client(who).post(url("case_step", scene.matter.public_id, action), given)


def assessment(scene, version=0, facts="Fakta contoh.", outcomes=("ASN_LAW",), who="handler"):
    pk = scene.allegation.pk
    given = {
        "fakta": facts,
        "analisis": "Analisis contoh.",
        "versi": version,
        f"unsur_{pk}": "Unsur terpenuhi.",
        f"simpulan_{pk}": outcomes,
    }
    return scene.client(who).post(url("assessment", scene.matter.public_id), given)


def approve(scene, version, who="chair"):
    address = url("assessment_approve", scene.matter.public_id, version)
    return scene.client(who).post(address)


def decided(scene, outcome="ASN_LAW"):
    """Decide the case, by default as proven, past the meeting."""
    scene.in_assessment()
    scene.approved()
    scene.step(CaseAction.BRING_TO_PLENARY, clock=make.at(18, 10))
    item = AgendaItem.objects.create(
        office=scene.office,
        office_path=scene.office.path,
        matter=scene.matter,
        kind="RESULT",
        action=CaseAction.DECIDE,
        proposal="Usul contoh",
        proposed_at=make.at(18, 10).now,
        proposed_by=scene.people["handler"],
        outcome="ADOPTED",
        decided_at=make.at(18, 10).now,
        coordinated_at=make.at(18, 10).now,
        coordinated_by=scene.people["chair"],
    )
    AllegationResult.objects.create(
        allegation=scene.allegation,
        outcome=outcome,
        agenda_item=item,
        decided_at=make.at(18, 10).now,
    )
    scene.step(CaseAction.DECIDE, "chair", clock=make.at(18, 10), agenda_item=item.pk)


def test_the_file_never_names_the_reporter(scene):
    page = page_of(scene)
    assert scene.matter.title in page
    assert "Lurah contoh" in page
    for secret in (make.identity().name, make.identity().nik, make.identity().phone):
        assert secret not in page


def test_the_one_next_step_follows_the_state(scene):
    def main():
        page = page_of(scene)
        start = page.index('class="btn btn-primary"')
        return page[page.index(">", start) + 1 : page.index("</a>", start)].strip()

    assert main() == "Mulai klarifikasi"
    scene.step(CaseAction.CLARIFY)
    assert main() == "Jadwalkan klarifikasi"
    scene.step(CaseAction.ASSESS, reason="Keterangan tertulis.")
    scene.qualified()
    assert main() == "Tulis kajian"
    scene.approved()
    assert main() == "Bawa ke pleno"


def test_clarifying_is_pressed_once_and_a_stale_page_says_so(scene):
    old = scene.matter.version
    assert press(scene, "CLARIFY").status_code == 302
    answer = press(scene, "CLARIFY", versi=old)
    assert answer.status_code == 409
    assert scene.fresh().state == CaseState.CLARIFICATION


def test_assessing_before_anybody_was_heard_asks_for_a_reason(scene):
    press(scene, "CLARIFY")
    answer = press(scene, "ASSESS")
    assert answer.status_code == 422
    assert "Setiap terlapor harus diklarifikasi" in answer.content.decode()


def test_plenary_steps_have_no_button_of_their_own(scene):
    for action in ("DECIDE", "EXTEND", "REOPEN", "NOTHING"):
        assert press(scene, action).status_code == 404


def test_every_save_is_a_version_and_its_approval_dies_with_the_next(scene):
    scene.in_assessment()
    assert assessment(scene).status_code == 302
    assert approve(scene, 1).status_code == 302
    assert assessment(scene, 1, "Fakta contoh yang lebih lengkap.").status_code == 302
    rows = list(Assessment.objects.order_by("version").values_list("version", "approved_at"))
    assert rows == [(1, make.at(18, 11).now), (2, None)]
    answer = press(scene, "BRING_TO_PLENARY", usul="Usul contoh")
    assert answer.status_code == 422
    assert "Kajian belum ada atau belum disetujui orang kedua." in answer.content.decode()


def test_the_difference_between_versions_is_marked(scene):
    scene.in_assessment()
    assessment(scene)
    assessment(scene, 1, "Fakta contoh yang baru.")
    address = url("assessment_version", scene.matter.public_id, 2)
    page = scene.client("handler").get(address).content.decode()
    assert "<del>contoh.</del> <ins>contoh yang baru.</ins>" in page


def test_the_author_cannot_approve_and_nobody_twice(scene):
    scene.in_assessment()
    assessment(scene)
    own = approve(scene, 1, "handler")
    assert own.status_code == 422
    assert "Kajian harus disetujui orang lain" in own.content.decode()
    assert approve(scene, 1).status_code == 302
    assert approve(scene, 1, "second").status_code == 409


def test_two_writers_do_not_overwrite_each_other(scene):
    scene.in_assessment()
    assessment(scene)
    answer = assessment(scene, 0, "Tulisan orang lain", who="second")
    page = answer.content.decode()
    assert (answer.status_code, "Yang tadi Anda ketik" in page) == (409, True)
    assert "Tulisan orang lain</textarea>" in page
    assert Assessment.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"facts": ""}, "Tuliskan fakta yang ditemukan."),
        ({"outcomes": ()}, "Pilih paling sedikit satu simpulan."),
        ({"outcomes": ("NOT_PROVEN", "ASN_LAW")}, "tidak dapat digabung"),
        ({"version": "x"}, "Ada yang perlu diperbaiki"),
    ],
)
def test_a_bad_assessment_comes_back_with_what_was_typed(scene, change, sentence):
    scene.in_assessment()
    answer = assessment(scene, **change)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Analisis contoh." in answer.content.decode()


def test_bringing_to_the_plenary_proposes_what_the_assessment_concludes(scene):
    scene.in_assessment()
    scene.approved()
    assert press(scene, "BRING_TO_PLENARY", usul="Diteruskan").status_code == 302
    item = AgendaItem.objects.get(action="DECIDE")
    assert item.payload == {
        "results": [{"allegation": scene.allegation.pk, "outcomes": ["ASN_LAW"], "reason": ""}]
    }
    assert url("agenda_item", item.public_id) in page_of(scene)
    part = scene.client("handler").get(url("case_part", scene.matter.public_id, "pleno"))
    assert url("agenda_item", item.public_id) in part.content.decode()


def test_an_extension_is_proposed_and_counted_from_the_registration(scene):
    address = url("case_extend", scene.matter.public_id)
    browser = scene.client("handler")
    assert browser.post(address, {}).status_code == 422
    assert browser.post(address, {"alasan": "Saksi belum didengar"}).status_code == 302
    assert browser.post(address, {"alasan": "Sekali lagi"}).status_code == 409
    item = AgendaItem.objects.get(action="EXTEND")
    coordinate = url("agenda_coordinate", item.public_id)
    answer = scene.client("chair").post(coordinate, {"putusan-keputusan": "Setuju"})
    assert answer.status_code == 302
    extended = LegalClock.objects.get(code="HANDLING_EXTENDED")
    assert extended.started_at == scene.fresh().registered_at


def test_a_decided_case_leads_to_the_referral_and_is_announced_without_names(scene):
    decided(scene)
    page = page_of(scene)
    assert url("send_package", scene.matter.public_id) in page
    browser = scene.client("handler")
    address = url("case_announce", scene.matter.public_id)
    assert browser.get(address).status_code == 200
    assert browser.post(address).status_code == 302
    text = Announcement.objects.get().text
    notice = Document.objects.get(role="STATUS_NOTICE", classification="PUBLIC")
    for name in ("Lurah contoh", "Kelurahan Contoh"):
        assert (name in text, name in str(notice.content)) == (False, False)


def test_an_undecided_case_is_not_announced(scene):
    address = url("case_announce", scene.matter.public_id)
    browser = scene.client("handler")
    assert "belum dapat diumumkan" in browser.get(address).content.decode()
    assert browser.post(address).status_code == 422


def test_a_wrong_click_is_undone_by_two_people(scene):
    press(scene, "CLARIFY")
    address = url("case_correct", scene.matter.public_id)
    given = {"alasan": "Salah tekan", "versi": scene.fresh().version}
    assert scene.client("handler").post(address, {}).status_code == 422
    assert scene.client("handler").post(address, given).status_code == 302
    assert "Koreksi menunggu orang kedua" in page_of(scene)
    own = scene.client("handler").post(url("case_correct_confirm", scene.matter.public_id))
    assert own.status_code == 422
    other = scene.client("chair").post(url("case_correct_confirm", scene.matter.public_id))
    assert other.status_code == 302
    assert scene.fresh().state == CaseState.REGISTERED
    again = scene.client("second").post(url("case_correct_confirm", scene.matter.public_id))
    assert again.status_code == 404


def test_a_correction_can_be_declined(scene):
    press(scene, "CLARIFY")
    address = url("case_correct", scene.matter.public_id)
    scene.client("handler").post(address, {"alasan": "Salah tekan", "versi": scene.fresh().version})
    scene.client("chair").post(url("case_correct_decline", scene.matter.public_id))
    assert SecondPersonRequest.objects.get().state == "declined"
    assert scene.fresh().state == CaseState.CLARIFICATION


@pytest.mark.parametrize("code", [NEIGHBOUR, FOREIGN])
def test_other_offices_find_no_case(scene, code):
    browser, public_id = stranger(code), scene.matter.public_id
    pages = ("case", "case_extend", "case_reopen", "case_announce", "case_correct", "assessment")
    for name in (*pages, "session_plan"):
        assert browser.get(url(name, public_id)).status_code == 404
        if name != "case":
            assert browser.post(url(name, public_id), {}).status_code == 404
    assert browser.post(url("case_step", public_id, "CLARIFY"), {}).status_code == 404
    assert browser.post(url("assessment_approve", public_id, 1)).status_code == 404
    assert scene.matter.title not in browser.get(url("cases")).content.decode()


def test_the_province_sees_the_case_of_its_city(scene):
    browser = stranger("35", "supervisor")
    assert browser.get(url("case", scene.matter.public_id)).status_code == 200


def test_nobody_without_an_account_enters(client, scene):
    answer = client.get(url("case", scene.matter.public_id))
    assert (answer.status_code, "/akun/" in answer["Location"]) == (302, True)


def copies(scene, number):
    matters = [
        Matter(
            title=f"Berkas contoh {place}",
            state=CaseState.REGISTERED,
            regime="PILKADA",
            office=scene.office,
            office_path=scene.office.path,
            contest=scene.matter.contest,
            opened_at=make.at(16, 9).now,
            registered_at=make.at(16, 13).now,
            due_at=make.at(20 + place % 5, 23).now,
        )
        for place in range(number)
    ]
    Matter.objects.bulk_create(matters)


def test_the_queue_costs_the_same_for_one_and_for_fifty(scene, django_assert_num_queries):
    browser = scene.client("handler")
    browser.get(url("cases"))
    with django_assert_num_queries(6):
        assert scene.matter.title in browser.get(url("cases")).content.decode()
    copies(scene, 49)
    with django_assert_num_queries(6):
        page = browser.get(url("cases")).content.decode()
    assert page.count("<tr>") == 26


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ({"keadaan": "REGISTERED"}, True),
        ({"keadaan": "DECIDED"}, False),
        ({"tenggat": "minggu-ini"}, False),
        ({"tenggat": "terlambat"}, True),
        ({"keadaan": "CLOSED"}, False),
        ({"tenggat": "tanpa"}, False),
        ({"sumber": "LAPORAN"}, True),
        ({"sumber": "TEMUAN"}, False),
        ({"sumber": "INFORMASI"}, False),
        ({"perbuatan": "PHOTO_TOGETHER"}, True),
        ({"perbuatan": "MONEY_POLITICS"}, False),
        ({"petugas": "belum"}, True),
        ({"petugas": "999999999999999"}, False),
        ({"hasil": "ASN_LAW"}, False),
        ({"instansi": "kota-x"}, False),
        ({"tempat": "RI"}, True),
        ({"tempat": "RI/35/35.71"}, True),
        ({"urut": "terbaru"}, True),
        ({"cari": "001/Reg"}, True),
        ({"cari": "loerah"}, True),
        ({"cari": "mengunggahkan"}, True),
        ({"cari": "tidak ada"}, False),
        ({"tampil": "apa", "tenggat": "x", "keadaan": "y", "cari": "\0"}, True),
    ],
)
def test_the_queue_is_narrowed(scene, query, listed):
    page = scene.client("handler").get(url("cases"), query).content.decode()
    assert (url("case", scene.matter.public_id) in page) is listed


def test_a_forged_cursor_is_a_bad_address(scene):
    assert scene.client("handler").get(url("cases"), {"dari": "x"}).status_code == 400


def test_the_file_costs_the_same_whatever_its_size(scene, django_assert_max_num_queries):
    scene.held()
    browser, address = scene.client("handler"), url("case", scene.matter.public_id)
    browser.get(address)
    with django_assert_max_num_queries(16) as small:
        browser.get(address)
    for place in range(2, 6):
        scene.matter.parties.create(
            kind=PartyKind.RESPONDENT, alias=f"Terlapor {place}", name=f"Camat contoh {place}"
        )
    for party in scene.matter.parties.filter(alias__in=["Terlapor 2", "Terlapor 3"]):
        scene.session(party, start=make.at(20, 9).now, end=make.at(20, 10).now)
    with django_assert_max_num_queries(16) as large:
        browser.get(address)
    assert len(large) == len(small)


def test_a_file_that_is_not_registered_leads_to_its_report_and_can_be_closed(scene):
    given = make.lodging(contest=scene.matter.contest)
    report = lodge_report(given=given, actor=make.CITIZEN_ACTOR, clock=make.at(18, 9))
    address = url("case", report.matter.public_id)
    page = scene.client("handler").get(address).content.decode()
    assert "Buka laporan" in page
    close = url("case_step", report.matter.public_id, "CLOSE_INTAKE")
    answer = scene.client("handler").post(close, {"versi": report.matter.version})
    assert answer.status_code == 422
    assert "Masih ada laporan atau informasi awal yang belum selesai." in answer.content.decode()


def test_a_finding_is_the_same_file_without_a_reporter(scene):
    tip = record_tip(
        given=make.lodging(contest=scene.matter.contest, reporter=None),
        actor=make.CITIZEN_ACTOR,
        clock=make.at(18, 9),
    )
    page = scene.client("handler").get(url("case", tip.matter.public_id)).content.decode()
    assert "Buka informasi awal" in page
    assert "Pelapor" not in page[page.index('id="para-pihak"') : page.index('id="dugaan"')]


PARTS = (
    "rencana", "terlapor", "dugaan", "peristiwa-sama", "syarat", "bukti", "klarifikasi", "kajian", "pleno", "penerusan", "dokumen", "pesan",
    "riwayat",
)  # fmt: skip


def test_heavy_parts_come_on_demand_and_stand_alone_without_a_script(scene):
    scene.held()
    page, browser = page_of(scene), scene.client("handler")
    for slug in PARTS:
        address = url("case_part", scene.matter.public_id, slug)
        assert f'hx-get="{address}" hx-trigger="revealed"' in page
        assert f'<a href="{address}">' in page
        alone, piece = browser.get(address), browser.get(address, headers={"HX-Request": "true"})
        assert ("<html" in alone.content.decode(), "<html" in piece.content.decode()) == (
            True,
            False,
        )
        assert piece.content.decode().strip() in alone.content.decode()
        assert "HX-Request" in piece["Vary"]
    assert browser.get(url("case_part", scene.matter.public_id, "lain")).status_code == 404


def test_the_whole_file_holds_every_part_for_the_printer(scene):
    scene.held()
    browser = scene.client("handler")
    whole = browser.get(url("case_whole", scene.matter.public_id)).content.decode()
    assert "data-print" in whole
    assert "hx-get" not in whole
    for slug in PARTS:
        address = url("case_part", scene.matter.public_id, slug)
        piece = browser.get(address, headers={"HX-Request": "true"}).content.decode()
        assert "".join(piece.split()) in "".join(whole.split())


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        (make.at(18, 9), "Bila terlapor tidak hadir, undangan kedua tidak muat lagi"),
        (make.at(16, 14), "Undangan pertama diterima paling lambat Selasa, 17 Juni 2025"),
        (make.at(19, 9), "baru muat bila penanganan diperpanjang sampai Sabtu, 21 Juni 2025"),
        (make.at(30, 9), "Tenggat penanganan sudah lewat, juga bila diperpanjang."),
    ],
)
def test_the_plan_is_drawn_and_says_when_it_no_longer_fits(scene, clock, said):
    with time_machine.travel(clock.now, tick=False):
        address = url("case_part", scene.matter.public_id, "rencana")
        part = scene.client("handler").get(address).content.decode()
        first = page_of(scene)
    assert said in part
    assert ("plan-track" in part) is (clock.now < make.at(22).now)
    assert ('href="#rencana"' in first) is (clock.now < make.at(20).now)
