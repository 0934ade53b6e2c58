"""What the notice asks for is handed in item by item; late too, and marked so."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from complaints.models import CompletionItem, CompletionRequest, Evidence
from complaints.services.process_evidence import process_evidence
from neutrality.law.clock import read_clock
from neutrality.law.codes import RequirementCode
from neutrality.law.labels import label
from tests.complaints import factories
from tests.complaints.evidence import files
from tests.complaints.public.mailboxes import MISSING, report_to_complete

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/lacak/laporan/lengkapi/"


def note(name="layar.txt"):
    return SimpleUploadedFile(name, b"Tautan unggahan ada di sini.")


@pytest.fixture
def asked():
    """A report whose office found two things missing, and its mailbox."""
    return report_to_complete()


def test_the_items_are_those_of_the_notice_and_closed_until_it_was_read(asked):
    _report, browser, _code = asked
    assert browser.get(f"{PAGE}1/").headers["Location"] == "/lacak/laporan/"
    assert list(browser.get(PAGE).context["items"]) == []
    browser.post("/lacak/laporan/terima/")
    rows = [(row.label, row.reason) for row in browser.get(PAGE).context["items"]]
    assert [reason for _label, reason in rows] == [MISSING[key] for key in sorted(MISSING)]


def test_what_is_missing_is_named_in_the_reader_s_language(asked):
    _report, browser, _code = asked
    browser.post("/lacak/laporan/terima/")
    browser.cookies["django_language"] = "en"
    with translation.override("en"):
        names = sorted(label(RequirementCode(code)) for code in MISSING)
    items = browser.get(PAGE).context["items"]
    noticed = browser.get("/lacak/laporan/").context["page"].notice.missing
    assert sorted(row.label for row in items) == names
    assert sorted(row.label for row in noticed) == names
    assert "Uraian kejadian" not in names


def test_each_answer_is_saved_at_once_and_the_whole_goes_in(asked):
    report, browser, _code = asked
    browser.post("/lacak/laporan/terima/")
    first = browser.post(f"{PAGE}1/", {"jawaban": "Pukul sembilan pagi."})
    browser.post(f"{PAGE}2/", {"jawaban": "Terlampir.", "berkas": [note()]})
    assert first.headers["Location"] == PAGE
    report.refresh_from_db()
    assert report.state == "AWAITING_COMPLETION"
    shown = browser.get(PAGE).content.decode()
    assert ("layar.txt" in shown, "Tersimpan" in shown) == (True, True)
    assert browser.get(f"{PAGE}1/").context["form"].initial == {"jawaban": "Pukul sembilan pagi."}
    browser.post(PAGE, {"jawaban": "", "versi": report.version})
    report.refresh_from_db()
    request = CompletionRequest.objects.get()
    labels = CompletionItem.objects.values_list("label", flat=True)
    assert report.state == "INITIAL_REVIEW"
    assert request.answer == f"{labels[0]}: Pukul sembilan pagi.\n\n{labels[1]}: Terlampir."
    assert (request.late, Evidence.objects.get().report) == (False, report)
    assert browser.post(f"{PAGE}1/", {"jawaban": "Lagi."}).headers["Location"] == "/lacak/laporan/"


def test_it_is_said_what_a_file_of_an_item_carries_and_that_one_was_refused(asked):
    _report, browser, _code = asked
    browser.post("/lacak/laporan/terima/")
    given = [
        SimpleUploadedFile("foto.jpg", files.photo_with_place()),
        SimpleUploadedFile("rusak.jpg", files.picture()[:-2000]),
    ]
    browser.post(f"{PAGE}2/", {"jawaban": "Terlampir.", "berkas": given})
    pages = [PAGE, f"{PAGE}2/"]
    assert ['data-waits="' in browser.get(page).content.decode() for page in pages] == [True, True]
    assert [browser.get(f"{page}?menunggu=2").status_code for page in pages] == [204, 204]
    for row in Evidence.objects.all():
        process_evidence(evidence_id=row.pk, clock=read_clock())
    for page in pages:
        shown = browser.get(page).content.decode()
        assert ("tempat (koordinat)" in shown, "rusak atau terpotong" in shown) == (True, True)


def test_an_item_that_there_is_not_is_not_found(asked):
    _report, browser, _code = asked
    browser.post("/lacak/laporan/terima/")
    assert browser.get(f"{PAGE}3/").status_code == 404


def test_answers_are_limited_by_the_hour_and_what_was_typed_stays(asked, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "completions": (1, 3600)}
    report, browser, _code = asked
    browser.post("/lacak/laporan/terima/")
    assert browser.post(f"{PAGE}1/", {"jawaban": "Satu."}).status_code == 302
    page = browser.post(f"{PAGE}2/", {"jawaban": "Dua kali sejam."})
    whole = browser.post(PAGE, {"jawaban": "Semua.", "versi": report.version})
    for answer, words in ((page, "Dua kali sejam."), (whole, "Semua.")):
        shown = answer.content.decode()
        told = ("Terlalu banyak jawaban dalam satu jam" in shown, words in shown)
        assert (answer.status_code, told) == (422, (True, True))
    assert CompletionItem.objects.filter(answered_at__isnull=False).count() == 1


def test_one_missing_thing_has_only_so_many_files_however_often_it_is_answered(asked, settings):
    settings.EVIDENCE_MAX_FILES = 1
    _report, browser, _code = asked
    browser.post("/lacak/laporan/terima/")
    browser.post(f"{PAGE}1/", {"jawaban": "Terlampir.", "berkas": [note()]})
    page = browser.post(f"{PAGE}1/", {"jawaban": "Lagi.", "berkas": [note("lagi.txt")]})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["berkas"])
    assert (Evidence.objects.count(), CompletionItem.objects.get(position=1).answer) == (
        1,
        "Terlampir.",
    )


def test_a_secret_code_in_an_answer_is_refused(asked):
    _report, browser, code = asked
    browser.post("/lacak/laporan/terima/")
    page = browser.post(f"{PAGE}1/", {"jawaban": f"Kode saya {code}"})
    assert page.status_code == 422
    assert CompletionItem.objects.filter(answered_at__isnull=False).count() == 0


def test_after_the_period_it_is_taken_in_and_marked_late(asked):
    report, browser, _code = asked
    browser.post("/lacak/laporan/terima/")
    with time_machine.travel(factories.MONDAY.replace(day=25), tick=True):
        browser.post("/lacak/", {"kode": asked[2]})
        assert "Batas waktunya sudah lewat" in browser.get(PAGE).content.decode()
        browser.post(PAGE, {"jawaban": "Maaf terlambat.", "versi": report.version})
        assert CompletionRequest.objects.get().late is True
        timeline = browser.get("/lacak/laporan/").context["page"].timeline
    assert timeline[0].title == "Perbaikan diterima (terlambat)"
