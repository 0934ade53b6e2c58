"""The room behind the code of an invitation: statements and evidence, and nothing of the reporter."""

import re

import pypdfium2
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from complaints.codes import Audience, DataAnswer, DataRequestKind, PartyKind
from complaints.models import Custody, Evidence, Message, Party
from complaints.services.answer_data_request import Answer, answer_data_request
from complaints.services.ask_about_data import ask_about_data
from complaints.services.office_message import office_message
from complaints.services.write_message import Letter
from neutrality.notifications.models import Outbox
from neutrality.notifications.wording import words_of
from neutrality.vault.models import IdentityKind
from neutrality.vault.services import seal_identity
from tests.complaints import factories as make
from tests.complaints.case.scene import Scene, url
from tests.complaints.evidence import copies, files
from tests.complaints.public.mailboxes import changed_code

pytestmark = pytest.mark.django_db
ROOM = "/undangan/saya/"


@pytest.fixture
def scene():
    with time_machine.travel(make.at(17, 9).now, tick=False):
        yield Scene()


def invited(scene, party=None, day=19):
    """The room of an invited person, after the code that staff saw was changed."""
    planned = scene.session(
        party or scene.respondent, start=make.at(day, 9).now, end=make.at(day, 11).now
    )
    browser = Client()
    browser.post("/undangan/", {"kode": planned.code.text})
    changed_code(browser, f"{ROOM}kode/")
    return browser


def witness(scene):
    row = seal_identity(
        data=make.identity("Saksi contoh"), kind=IdentityKind.WITNESS, clock=make.at()
    )
    return Party.objects.create(
        matter=scene.matter, kind=PartyKind.WITNESS, alias="Saksi 1", identity=row
    )


def note():
    return SimpleUploadedFile("bantahan.txt", b"Saya sedang cuti pada hari itu.")


def test_a_respondent_hands_in_a_statement_and_evidence(scene):
    browser = invited(scene)
    sent = browser.post(f"{ROOM}pesan/", {"pesan": "Saya sedang cuti.", "berkas": [note()]})
    assert sent.headers["Location"] == ROOM
    file = Evidence.objects.get(original_name="bantahan.txt")
    assert (file.party, file.matter, file.report) == (scene.respondent, scene.matter, None)
    assert Message.objects.get().party == scene.respondent
    page = scene.client("handler").get(
        url("party", scene.matter.public_id, scene.respondent.public_id)
    )
    shown = page.content.decode()
    assert ("Saya sedang cuti." in shown, "bantahan.txt" in shown) == (True, True)


def test_a_file_comes_part_by_part_into_the_room_and_waits_for_its_words(scene):
    browser, content = invited(scene), files.picture()
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(content))}
    door = f"{ROOM}unggah/pesan/"
    assert browser.post(f"{ROOM}unggah/lengkapi/", headers=headers).status_code == 404
    place = browser.post(door, headers=headers).headers["Location"]
    part = "application/offset+octet-stream"
    headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0"}
    assert browser.patch(place, content, content_type=part, headers=headers).status_code == 204
    page = browser.get(f"{ROOM}pesan/").content.decode()
    assert ("Berkas yang menunggu dikirim" in page, f'data-uploads="{door}"' in page) == (
        True,
        True,
    )
    browser.post(f"{ROOM}pesan/", {"pesan": "Ini fotonya."})
    file = Evidence.objects.get(size=len(content))
    assert (file.party, file.message, file.draft) == (scene.respondent, Message.objects.get(), None)


def test_the_office_answers_into_the_room_and_tells_a_witness_without_content(scene):
    person = witness(scene)
    browser = invited(scene, person)
    address = url("party_message", scene.matter.public_id, person.public_id)
    scene.client("handler").post(address, {"pesan": "Mohon bawa surat tugas."})
    assert "Mohon bawa surat tugas." in browser.get(f"{ROOM}pesan/").content.decode()
    told = Outbox.objects.get(kind="new_message")
    assert told.identity_id == person.identity_id
    assert list(told.context) == ["link", "office"]


def test_to_a_respondent_goes_no_file_but_a_copy_that_a_second_person_let_go(scene):
    matter, now = scene.matter, make.at(17, 9)
    pair = (scene.actor("handler"), scene.actor("chair"))
    other = Party.objects.create(
        matter=matter, kind=PartyKind.RESPONDENT, alias="Terlapor 2", name="Camat contoh"
    )
    rooms = [invited(scene), invited(scene, other, day=20)]
    handler, place = scene.client("handler"), (matter.public_id, scene.respondent.public_id)
    page = handler.get(url("party", *place)).content.decode()
    assert ('type="file"' in page, 'name="salinan"' in page) == (False, False)
    assert (
        'type="file"'
        in handler.get(url("party", place[0], witness(scene).public_id)).content.decode()
    )
    waits = copies.prepared(matter, Audience.RESPONDENT, pair[0], now)
    copy = copies.let_go(matter, Audience.RESPONDENT, pair, now)
    unsent = copies.let_go(matter, Audience.RESPONDENT, pair, now, wording="Foto lain")
    for given in ({"berkas": [note()]}, {"salinan": [waits.public_id]}):
        answer = handler.post(url("party_message", *place), {"pesan": "Lihat ini.", **given})
        assert (answer.status_code, Message.objects.count()) == (422, 0)
    sent = {"pesan": "Lihat ini.", "salinan": [copy.public_id]}
    assert handler.post(url("party_message", *place), sent).status_code == 302
    assert list(Message.objects.get().copies.all()) == [copy]
    assert "Foto di aula</a>" in handler.get(url("party", *place)).content.decode()
    shown = rooms[0].get(f"{ROOM}pesan/").content.decode()
    called = ("Foto di aula", "Foto lain", "Foto yang menunggu", "Dari meja sebelah")
    assert [words in shown for words in called] == [True, False, False, False]
    address = reverse("public:invitation_attachment", args=[copy.public_id])
    assert f'href="{address}"' in shown
    got = rooms[0].get(address)
    assert b"".join(got.streaming_content) == copies.PICTURE
    assert rooms[1].get(address).status_code == 404
    for row in (unsent, waits):
        again = reverse("public:invitation_attachment", args=[row.public_id])
        assert rooms[0].get(again).status_code == 404
    links = Custody.objects.filter(derivative=copy, act__in=["SENT", "VIEWED"]).order_by("pk")
    assert list(links.values_list("act", "reason")) == [
        ("SENT", "Terlapor 1"),
        ("VIEWED", "Terlapor 1"),
    ]


def test_a_guest_types_the_last_group_of_the_new_code(scene):
    planned = scene.session(scene.respondent, start=make.at(19, 9).now, end=make.at(19, 11).now)
    browser = Client()
    browser.post("/undangan/", {"kode": planned.code.text})
    page = browser.post(f"{ROOM}kode/")
    assert "tangkapan layar tinggal di galeri" in page.content.decode()
    shown = {"kode_baru": page.context["form"].initial["kode_baru"]}
    wrong = browser.post(f"{ROOM}kode/", {**shown, "akhir": "0000"})
    assert (wrong.status_code, page.context["code"].text in wrong.content.decode()) == (422, True)
    right = {**shown, "akhir": page.context["code"].last_group}
    assert browser.post(f"{ROOM}kode/", right).headers["Location"] == ROOM


def test_every_message_names_the_door_that_the_code_of_its_recipient_opens(scene):
    """The code of an invited person opens nothing at /lacak/, and that of a reporter only that."""
    person = witness(scene)
    invited(scene, person)
    report = scene.matter.reports.get()
    letter = Letter(body="Ada kabar.")
    officer = make.actor("Staf contoh", "handler", "commissioner", office=scene.office)
    for holder in (person, report):
        office_message(entry=holder, letter=letter, actor=officer, clock=make.at(17, 9))
        mine = ask_about_data(
            mailbox=holder,
            kind=DataRequestKind.CORRECTION,
            words="x",
            actor=officer,
            clock=make.at(17, 9),
        )
        given = Answer(kind=DataAnswer.REFUSED, words="Belum dapat.")
        answer_data_request(request_id=mine.pk, answer=given, actor=officer, clock=make.at(17, 9))
    doors = {
        (kind, identity, language): re.findall(r"https?://[^/]+(/[a-z]+/)", wording.text)
        for kind, identity, context in Outbox.objects.filter(
            kind__in=["invitation", "new_message", "data_answered"]
        ).values_list("kind", "identity_id", "context")
        for language in ("id", "en")
        for wording in [words_of(kind=kind, language=language, context=context)]
    }
    guest, reporter = person.identity_id, scene.matter.parties.get(kind="REPORTER").identity_id
    both = ("new_message", "data_answered")
    assert doors == {
        **{("invitation", guest, language): ["/undangan/"] for language in ("id", "en")},
        **{(kind, guest, language): ["/undangan/"] for kind in both for language in ("id", "en")},
        **{(kind, reporter, language): ["/lacak/"] for kind in both for language in ("id", "en")},
    }


@pytest.mark.parametrize("page", ["", "pesan/", "kabar/", "data/", "data/permintaan/", "kuasa/"])
def test_no_page_of_the_room_names_the_reporter_or_others(scene, page):
    witness(scene)
    browser = invited(scene)
    answer = browser.get(f"{ROOM}{page}")
    shown = answer.content.decode()
    title = re.search(r"<title>(.*?)</title>", shown)[1]
    assert (answer.status_code, title) == (200, "Halaman layanan")
    assert [name in shown for name in (make.identity().name, "Saksi", "Pelapor")] == [False] * 3


def test_a_respondent_sees_what_is_held_about_them(scene):
    planned = scene.session(scene.respondent, start=make.at(19, 9).now, end=make.at(19, 11).now)
    browser = Client()
    browser.post("/undangan/", {"kode": planned.code.text})
    fresh = changed_code(browser, f"{ROOM}kode/")
    sections = browser.post(f"{ROOM}data/", {"kode": fresh.text}).context["sections"]
    rows = {row.label: row.value for section in sections for row in section.rows}
    assert rows["Nama"] == "Lurah contoh"


@pytest.mark.parametrize("of_witness", [False, True])
def test_confirmed_minutes_are_taken_along_and_name_nobody_else(scene, of_witness):
    person = witness(scene) if of_witness else scene.respondent
    browser = invited(scene, person)
    session = person.sessions.get()
    address = f"{ROOM}{session.public_id}/berita/"
    assert browser.get(address).status_code == 404
    hold = {"hadir-sumpah": "NOT_ASKED", "hadir-catatan": ""}
    scene.client("handler").post(url("session_hold", session.public_id), hold)
    line = {"nomor": 1, "tanya": "Di mana Anda?", "jawab": "Di rumah.", "tanda": ""}
    scene.client("handler").post(url("session_minutes", session.public_id), line)
    browser.post(f"{ROOM}{session.public_id}/benar/", {"benar": "on", "tambahan": ""})
    answer = browser.get(address)
    text = "".join(
        page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.content)
    )
    assert ("Di rumah." in text, make.identity().name in text) == (True, False)
    assert ("Saksi contoh" in text) is False


def test_a_statement_waits_in_the_inbox_of_the_office(scene):
    browser = invited(scene)
    browser.post(f"{ROOM}pesan/", {"pesan": "Saya sedang cuti."})
    inbox = scene.client("handler").get(url("inbox")).content.decode()
    address = url("party", scene.matter.public_id, scene.respondent.public_id)
    assert f"{address}#pesan" in inbox


def test_the_room_of_a_witness_does_not_tell_results(scene):
    page = invited(scene, witness(scene)).get(ROOM).context["page"]
    assert (page.results, page.capacity) == ((), "Saksi")
