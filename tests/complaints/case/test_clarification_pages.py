"""Clarifications in the browser: planned, delivered, held, written, confirmed."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from complaints.codes import Oath, PartyKind, SessionState
from complaints.models import (
    AccessCode,
    ClarificationSession,
    Delivery,
    Message,
    MinutesLine,
    Party,
)
from complaints.selectors.clarification import invitation_page
from complaints.services.write_minutes import mark
from complaints.workflow.actions import CaseAction
from neutrality.documents.models import Document
from neutrality.vault.models import IdentityKind
from neutrality.vault.services import seal_identity
from tests.complaints import factories as make
from tests.complaints.case.scene import (
    FOREIGN,
    NEIGHBOUR,
    Scene,
    local_input,
    stranger,
    url,
)
from tests.complaints.public.mailboxes import changed_code
from tests.complaints.staff.scene import words

pytestmark = pytest.mark.django_db
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}")


@pytest.fixture
def scene():
    with time_machine.travel(make.at(17, 9).now, tick=False):
        yield Scene()


def now(day, hour):
    return time_machine.travel(make.at(day, hour).now, tick=False)


def planned(scene, party=None, **change):
    given = {
        "pihak": (party or scene.respondent).public_id,
        "mulai": local_input(make.at(19, 9).now),
        "selesai": local_input(make.at(19, 11).now),
        "cara": "PRESENT",
        "tempat": "Ruang klarifikasi contoh",
        **change,
    }
    return scene.client("handler").post(url("session_plan", scene.matter.public_id), given)


def the_session():
    return ClarificationSession.objects.get()


def post(scene, name, given=None, who="handler", session=None, **headers):
    address = url(name, (session or the_session()).public_id)
    return scene.client(who).post(address, given or {}, **headers)


def line(scene, position=1, question="Siapa nama Anda?", answer="Lurah contoh", seen="", **more):
    given = {"nomor": position, "tanya": question, "jawab": answer, "tanda": seen}
    return post(scene, "session_minutes", given, **more)


def begun(scene, oath=Oath.NOT_ASKED):
    planned(scene)
    post(scene, "session_hold", {"hadir-sumpah": oath, "hadir-catatan": ""})
    return the_session()


def witness(scene):
    row = seal_identity(
        data=make.identity("Saksi contoh"), kind=IdentityKind.WITNESS, clock=make.at()
    )
    return Party.objects.create(
        matter=scene.matter, kind=PartyKind.WITNESS, alias="Saksi 1", identity=row
    )


def test_planning_issues_the_invitation_and_shows_the_code_once(scene):
    answer = planned(scene)
    assert answer.status_code == 200
    (code,) = set(CODE.findall(answer.content.decode()))
    paper = Document.objects.get(role="INVITATION")
    assert the_session().invitation == paper
    assert code not in str(paper.content)
    assert planned(scene).status_code == 422
    assert AccessCode.objects.filter(party=scene.respondent).count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"mulai": "2025-06-16T09:00", "selesai": "2025-06-16T10:00"}, "setelah waktu sekarang"),
        ({"mulai": "2025-06-17T14:00", "selesai": "2025-06-17T15:00"}, "sehari sebelumnya"),
        ({"selesai": "2025-06-19T08:00"}, "Selesai harus setelah mulai"),
        ({"cara": "ONLINE"}, "Tuliskan mengapa klarifikasi dilakukan daring."),
        ({"tempat": ""}, "Tuliskan tempatnya."),
        ({"pihak": "x"}, "Masukkan pilihan yang valid"),
        ({"mulai": "9999-12-31T23:59"}, "Tulis tanggal dan jam yang benar"),
    ],
)
def test_a_bad_plan_is_said_beside_its_field(scene, change, sentence):
    answer = planned(scene, **change)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert ClarificationSession.objects.count() == 0


def test_short_notice_is_possible_with_a_reason(scene):
    answer = planned(
        scene,
        mulai="2025-06-17T14:00",
        selesai="2025-06-17T15:00",
        alasan_singkat="Terlapor setuju datang hari ini",
    )
    assert answer.status_code == 200
    assert the_session().short_notice_reason == "Terlapor setuju datang hari ini"


@pytest.mark.parametrize(
    ("start", "end", "place", "status"),
    [
        (10, 12, "ruang klarifikasi contoh", 422),
        (10, 12, "Ruang klarifikasi contoh, lantai 2", 422),
        (10, 12, "Ruang klarifikasi  (contoh)", 422),
        (11, 12, "Ruang klarifikasi contoh", 422),
        (12, 13, "Ruang klarifikasi contoh", 200),
        (10, 12, "Ruang lain", 200),
    ],
)
def test_a_respondent_does_not_meet_a_witness(scene, start, end, place, status):
    planned(scene)
    answer = planned(
        scene,
        witness(scene),
        mulai=local_input(make.at(19, start).now),
        selesai=local_input(make.at(19, end).now),
        tempat=place,
    )
    assert answer.status_code == status


def test_the_invitation_of_a_witness_is_sealed_and_has_a_nameless_twin(scene):
    planned(scene, witness(scene))
    sealed = Document.objects.get(role="INVITATION", classification="IDENTITY")
    twin = Document.objects.get(twin_of=sealed)
    assert (sealed.content, "Saksi contoh" in str(twin.content)) == (None, False)
    page = scene.client("handler").get(url("session", the_session().public_id)).content.decode()
    assert "Saksi contoh" not in page


def test_delivery_is_recorded_with_its_proof(scene):
    planned(scene)
    given = {"kirim-cara": "DIRECT", "kirim-diterima": "2025-06-17T15:00", "kirim-bukti": "Resi 1"}
    with now(17, 16):
        assert post(scene, "session_deliver", given).status_code == 302
        future = {**given, "kirim-diterima": "2025-06-18T15:00"}
        answer = post(scene, "session_deliver", future)
    assert answer.status_code == 422
    assert "Waktu terima harus setelah undangan terbit" in answer.content.decode()
    assert Delivery.objects.get(document=the_session().invitation).proof == "Resi 1"


def test_an_absence_leads_to_the_second_invitation(scene):
    planned(scene)
    assert post(scene, "session_absent", {"absen-alasan": ""}).status_code == 422
    with now(19, 12):
        assert post(scene, "session_absent", {"absen-alasan": "Sakit"}).status_code == 302
        page = scene.client("handler").get(url("session", the_session().public_id))
        assert "Undang untuk kedua kali" in page.content.decode()
        assert (
            planned(
                scene,
                mulai=local_input(make.at(23, 9).now),
                selesai=local_input(make.at(23, 10).now),
            ).status_code
            == 200
        )
    ordinals = list(ClarificationSession.objects.order_by("pk").values_list("ordinal", flat=True))
    assert ordinals == [1, 2]


def missed(scene, day, *, received):
    """A session to which nobody came, with the time at which its invitation arrived."""
    with now(day - 2, 9):
        hours = {
            "mulai": local_input(make.at(day, 9).now),
            "selesai": local_input(make.at(day, 10).now),
        }
        assert planned(scene, **hours).status_code == 200
    session = ClarificationSession.objects.latest("pk")
    handed = {"kirim-cara": "DIRECT", "kirim-bukti": "Resi", "kirim-diterima": received}
    with now(day, 11):
        if received:
            post(scene, "session_deliver", handed, session=session)
        page = words(scene.client("handler").get(url("session", session.public_id)))
        assert post(scene, "session_absent", {}, session=session).status_code == 302
    return page


def assessed(scene):
    with now(26, 12):
        return scene.client("handler").post(
            url("case_step", scene.matter.public_id, "ASSESS"), {"versi": scene.fresh().version}
        )


def test_two_absences_after_invitations_that_came_in_time_are_enough_to_assess(scene):
    scene.step(CaseAction.CLARIFY)
    for day in (19, 25):
        page = missed(scene, day, received=f"2025-06-{day - 2}T15:00")
        assert "sia-sia" not in page
    assert assessed(scene).status_code == 302


def test_an_invitation_that_came_late_or_not_is_none_in_vain_and_the_page_says_so(scene):
    scene.step(CaseAction.CLARIFY)
    late = missed(scene, 19, received="2025-06-19T08:00")
    assert "Undangan diterima kurang dari 1 hari kalender sebelumnya" in late
    assert "Belum ada bukti bahwa undangan diterima" in missed(scene, 25, received="")
    answer = assessed(scene)
    assert answer.status_code == 422
    assert "dua kali diundang tepat waktu dengan bukti penyampaian" in words(answer)


def test_a_refused_oath_is_written_down_and_does_not_stop_the_session(scene):
    planned(scene)
    empty = {"hadir-sumpah": Oath.REFUSED, "hadir-catatan": ""}
    assert post(scene, "session_hold", empty).status_code == 422
    given = {"hadir-sumpah": Oath.REFUSED, "hadir-catatan": "Sudah berjanji sebagai ASN"}
    assert post(scene, "session_hold", given).status_code == 302
    assert post(scene, "session_hold", given).status_code == 409
    assert the_session().state == SessionState.HELD
    assert Document.objects.get(role="OATH_MINUTES").content["taken"] is False


def test_lines_are_saved_one_by_one_and_never_overwritten(scene):
    begun(scene)
    assert line(scene).status_code == 302
    other = line(scene, answer="Tulisan lain", seen="", who="second")
    assert other.status_code == 422
    page = other.content.decode()
    assert ("Baris ini sudah diubah petugas lain" in page, "Tulisan lain" in page) == (True, True)
    seen = mark("Siapa nama Anda?", "Lurah contoh")
    assert line(scene, answer="Lurah contoh, benar", seen=seen).status_code == 302
    assert MinutesLine.objects.get().answer == "Lurah contoh, benar"


def test_htmx_saves_a_line_and_answers_with_its_new_mark(scene):
    begun(scene)
    answer = line(scene, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert mark("Siapa nama Anda?", "Lurah contoh") in answer.content.decode()
    refused = line(scene, question="", headers={"HX-Request": "true"})
    assert refused.status_code == 422
    assert "<html" not in refused.content.decode()


def test_confirmed_minutes_become_a_document_and_stand(scene):
    begun(scene)
    sure = {"sah-dibacakan": "on", "sah-tambahan": "Tidak ada"}
    assert post(scene, "session_confirm", sure).status_code == 422
    line(scene)
    assert post(scene, "session_confirm", {}).status_code == 422
    assert post(scene, "session_confirm", sure).status_code == 302
    paper = Document.objects.get(role="CLARIFICATION_MINUTES")
    assert paper.classification == "PARTY"
    assert paper.content["exchanges"] == [
        {"question": "Siapa nama Anda?", "answer": "Lurah contoh"}
    ]
    assert line(scene, 2).status_code == 409
    assert post(scene, "session_confirm", sure).status_code == 409


def test_the_minutes_of_a_witness_are_sealed(scene):
    planned(scene, witness(scene))
    post(scene, "session_hold", {"hadir-sumpah": Oath.SWORN, "hadir-catatan": "Islam"})
    line(scene, answer="Saya melihatnya")
    post(scene, "session_confirm", {"sah-dibacakan": "on", "sah-tambahan": ""})
    sealed = Document.objects.get(role="CLARIFICATION_MINUTES", classification="IDENTITY")
    assert "Saksi contoh" not in str(Document.objects.get(twin_of=sealed).content)


def test_a_cancelled_session_can_be_planned_again(scene):
    planned(scene)
    assert post(scene, "session_cancel", {}).status_code == 422
    assert post(scene, "session_cancel", {"alasan": "Petugas sakit"}).status_code == 302
    told = Message.objects.get(party=scene.respondent).body
    assert told.startswith("Klarifikasi pada Kamis, 19 Juni 2025 pukul 09.00 WIB dibatalkan.")
    page = invitation_page(code=AccessCode.objects.get(party=scene.respondent))
    assert [str(row.state.label) for row in page.sessions] == ["Dibatalkan"]
    assert planned(scene).status_code == 200


@pytest.mark.parametrize("code", [NEIGHBOUR, FOREIGN])
def test_other_offices_find_no_session(scene, code):
    planned(scene)
    browser, public_id = stranger(code), the_session().public_id
    assert browser.get(url("session", public_id)).status_code == 404
    for name in ("deliver", "hold", "absent", "cancel", "minutes", "confirm"):
        assert browser.post(url(f"session_{name}", public_id), {}).status_code == 404


def test_intake_reads_a_session_but_does_not_hold_it(scene):
    planned(scene)
    page = scene.client("intake").get(url("session", the_session().public_id))
    assert (page.status_code, "Yang diundang hadir" in page.content.decode()) == (200, False)
    assert post(scene, "session_hold", {}, who="intake").status_code == 404


def invited(scene, party=None):
    """Open the public page with the code of the invitation, changed at the first use."""
    page = planned(scene, party)
    code = CODE.findall(page.content.decode())[0]
    browser = Client()
    first = browser.post(reverse("public:invitation"), {"kode": code})
    assert first.status_code == 302
    forced = browser.get(reverse("public:invitation_page"))
    assert forced["Location"] == reverse("public:invitation_code")
    assert changed_code(browser, reverse("public:invitation_code")).text != code
    return browser


def test_an_invited_person_confirms_attendance_and_minutes(scene):
    browser = invited(scene)
    page = reverse("public:invitation_page")
    assert "Ruang klarifikasi contoh" in browser.get(page).content.decode()
    session = the_session()
    attend = reverse("public:invitation_attend", args=[session.public_id])
    assert browser.post(attend).status_code == 302
    assert the_session().attends_at == make.at(17, 9).now
    post(scene, "session_hold", {"hadir-sumpah": Oath.NOT_ASKED, "hadir-catatan": ""})
    assert browser.post(attend).status_code == 409
    line(scene)
    confirm = reverse("public:invitation_confirm", args=[session.public_id])
    assert browser.post(confirm, {}).status_code == 422
    assert browser.post(confirm, {"benar": "on", "tambahan": ""}).status_code == 302
    assert the_session().confirmed_at == make.at(17, 9).now


def test_an_invited_person_sees_neither_reporter_nor_others(scene):
    Party.objects.create(
        matter=scene.matter, kind=PartyKind.RESPONDENT, alias="Terlapor 2", name="Camat contoh"
    )
    page = invited(scene).get(reverse("public:invitation_page")).content.decode()
    for name in (make.identity().name, "Camat contoh", "Terlapor 2", "Pelapor"):
        assert name not in page


def test_another_persons_session_is_not_found(scene):
    browser = invited(scene)
    other = scene.session(witness(scene), start=make.at(20, 9).now, end=make.at(20, 10).now).session
    attend = reverse("public:invitation_attend", args=[other.public_id])
    assert browser.post(attend).status_code == 404


def test_a_wrong_code_and_no_code_open_nothing(client, scene):
    wrong = client.post(reverse("public:invitation"), {"kode": "0000-0000-0000-0000"})
    assert wrong.status_code == 422
    assert client.get(reverse("public:invitation_page")).status_code == 302


def test_the_calendar_shows_what_is_coming(scene):
    planned(scene)
    assert "Terlapor 1" in scene.client("handler").get(url("calendar")).content.decode()
    assert "Terlapor 1" not in stranger(FOREIGN).get(url("calendar")).content.decode()
