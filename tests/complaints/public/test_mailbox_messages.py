"""Messages go both ways with files, also for the anonymous; a secret code never goes in one."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from complaints.models import Custody, Evidence, Message
from complaints.services.codes import new_code
from complaints.services.process_evidence import process_evidence
from complaints.services.secret_words import holds_secret_code
from neutrality.law.clock import read_clock
from neutrality.notifications.models import Outbox
from tests.complaints.evidence import files
from tests.complaints.public.mailboxes import report_with_code, staff, tip_with_code

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = b"Tautan unggahan ada di sini."


@pytest.fixture(autouse=True)
def _one_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


def note(name="catatan.txt", body=TEXT):
    return SimpleUploadedFile(name, body)


def test_a_message_takes_its_files_along():
    report, browser, _code = report_with_code()
    answer = browser.post("/lacak/laporan/pesan/", {"pesan": "Ini filenya.", "berkas": [note()]})
    assert answer.headers["Location"] == "/lacak/laporan/"
    letter = Message.objects.get()
    file = Evidence.objects.get()
    assert (file.message, file.report, file.party) == (
        letter,
        report,
        report.parties.get(kind="REPORTER"),
    )
    shown = browser.get("/lacak/laporan/pesan/").content.decode()
    assert ("catatan.txt" in shown, "Menunggu pemeriksaan" in shown) == (True, True)
    assert "1 berkas" in browser.get("/lacak/laporan/").content.decode()


def test_the_mailbox_says_how_each_file_of_ones_own_stands():
    _report, browser, _code = report_with_code()
    page = "/lacak/laporan/pesan/"
    browser.post(page, {"pesan": "Foto.", "berkas": [note("a.jpg", files.photo_with_place())]})
    browser.post(page, {"pesan": "Lagi.", "berkas": [note("b.jpg", files.picture()[:-2000])]})
    Evidence.objects.filter(original_name="b.jpg").update(
        message=None
    )  # as if sent with the report
    again = f"{page}?menunggu=2"
    assert f'data-waits="{again}"' in browser.get(page).content.decode()
    assert browser.get(again).status_code == 204
    for row in Evidence.objects.all():
        process_evidence(evidence_id=row.pk, clock=read_clock())
    answer = browser.get(again)
    shown = answer.content.decode()
    assert ("tempat (koordinat)" in shown, "rusak atau terpotong" in shown) == (True, True)
    assert (answer.status_code, "data-waits" in shown) == (200, False)


def test_the_anonymous_send_files_too():
    tip, browser, _code = tip_with_code()
    browser.post("/lacak/laporan/pesan/", {"pesan": "Ada foto lain.", "berkas": [note()]})
    file = Evidence.objects.get()
    assert (file.tip, file.party, file.matter) == (tip, None, tip.matter)


def test_the_anonymous_are_asked_once_about_what_points_to_them():
    """Later letters too: nothing is lost meanwhile, and they may send it as it is."""
    tip, browser, _code = tip_with_code()
    page = "/lacak/laporan/pesan/"
    words = {"pesan": "Difoto dari meja saya.", "keterangan": "Foto"}
    asked = browser.post(page, {**words, "berkas": [note("budi_0812-3456-7890.txt")]})
    shown = asked.content.decode()
    assert [each.words for each in asked.context["giveaways"]] == ["meja saya", "0812-3456-7890"]
    assert (asked.status_code, words["pesan"] in shown, Message.objects.count()) == (200, True, 0)
    assert "budi_0812-3456-7890.txt" in shown
    sent = browser.post(page, {**words, "sudah_dibaca": "ya"})
    assert sent.headers["Location"] == "/lacak/laporan/"
    assert (Message.objects.get().tip, Evidence.objects.get().message) == (
        tip,
        Message.objects.get(),
    )
    browser.post(page, {"pesan": "Terima kasih."})
    assert Message.objects.count() == 2


def test_a_file_that_cannot_be_taken_is_said_before_the_question_too(settings):
    settings.EVIDENCE_MAX_FILES = 1
    _tip, browser, _code = tip_with_code()
    words = {"pesan": "Difoto dari meja saya."}
    browser.post("/lacak/laporan/pesan/", {**words, "berkas": [note()]})
    again = browser.post("/lacak/laporan/pesan/", {**words, "berkas": [note("lagi.txt")]})
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["berkas"])
    assert (Evidence.objects.count(), Message.objects.count()) == (1, 0)


def test_who_gave_a_name_is_not_asked():
    _report, browser, _code = report_with_code()
    browser.post("/lacak/laporan/pesan/", {"pesan": "Difoto dari meja saya."})
    assert Message.objects.count() == 1


def test_a_refused_file_keeps_the_words_and_writes_nothing():
    _report, browser, _code = report_with_code()
    page = browser.post(
        "/lacak/laporan/pesan/", {"pesan": "Ini.", "berkas": [note(body=b"MZ\x90\0\x03\0\0\0")]}
    )
    assert page.status_code == 422
    assert "Ini." in page.content.decode()
    assert (Message.objects.count(), Evidence.objects.count()) == (0, 0)


@pytest.mark.parametrize("join", ["-", " ", "", ". "])
def test_a_message_with_the_secret_code_is_refused(join):
    _report, browser, code = report_with_code()
    words = f"Kode saya {join.join(code.lower().split('-'))}, tolong dicek."
    page = browser.post("/lacak/laporan/pesan/", {"pesan": words})
    assert page.status_code == 422
    assert "memuat kode rahasia" in page.content.decode()
    assert Message.objects.count() == 0


def test_words_that_only_look_like_a_code_are_not_one():
    report_with_code()
    strange = new_code().text
    texts = ["Saya akan lari pagi tadi jam lima", "3571014101900001", strange]
    assert [holds_secret_code(text) for text in texts] == [False, False, False]


def test_messages_are_limited_by_the_hour(settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "messages": (1, 3600)}
    _report, browser, _code = report_with_code()
    answers = [browser.post("/lacak/laporan/pesan/", {"pesan": "Halo"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 422]
    assert Message.objects.count() == 1


def from_office(client, entry, kind="laporan"):
    """An officer answers with a file that the scanner found clean."""
    handler = staff("handler")
    client.force_login(handler_user(handler))
    url = f"/petugas/{kind}/{entry.public_id}/pesan/"
    answer = client.post(url, {"pesan": "Formulirnya terlampir.", "berkas": [note("b1.txt")]})
    assert answer.status_code == 302, answer.context["form"].errors
    return Evidence.objects.get(message__direction="FROM_OFFICE")


def handler_user(actor):
    from neutrality.accounts.models import User  # noqa: PLC0415

    return User.objects.get(pk=actor.user_id)


def test_the_office_answers_with_a_file_and_its_announcement_says_nothing(client, settings):
    report, browser, _code = report_with_code()
    file = from_office(client, report)
    assert (
        'href="/lacak/laporan/pesan/berkas/'
        not in browser.get("/lacak/laporan/pesan/").content.decode()
    )
    process_evidence(evidence_id=file.pk, clock=read_clock())
    url = f"/lacak/laporan/pesan/berkas/{file.public_id}/"
    assert url in browser.get("/lacak/laporan/pesan/").content.decode()
    answer = browser.get(url)
    assert b"".join(answer.streaming_content) == TEXT
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert Custody.objects.filter(evidence=file).latest("pk").act == "DOWNLOADED"
    assert Outbox.objects.get(kind="new_message").context == {
        "office": report.office.name,
        "link": f"{settings.SITE_URL}/lacak/",
    }


def test_a_file_of_another_mailbox_is_not_found(client):
    report, _browser, _code = report_with_code()
    file = from_office(client, report)
    process_evidence(evidence_id=file.pk, clock=read_clock())
    _other, stranger, _code = tip_with_code()
    assert stranger.get(f"/lacak/laporan/pesan/berkas/{file.public_id}/").status_code == 404


def test_ones_own_file_is_not_handed_out_again():
    _report, browser, _code = report_with_code()
    browser.post("/lacak/laporan/pesan/", {"pesan": "Ini.", "berkas": [note()]})
    file = Evidence.objects.get()
    process_evidence(evidence_id=file.pk, clock=read_clock())
    assert browser.get(f"/lacak/laporan/pesan/berkas/{file.public_id}/").status_code == 404
