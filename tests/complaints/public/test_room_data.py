"""Rights over personal data: seen, taken along, corrected, and an erasure asked for."""

import json
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from complaints.models import DataRequest
from neutrality.audit.models import AuditRow
from neutrality.law.clock import read_clock
from neutrality.notifications.models import ContactPoint
from neutrality.vault.models import Opening
from neutrality.vault.services import IdentityData, find_identities, open_own_contacts
from tests.complaints import factories
from tests.complaints.public.mailboxes import report_with_code, tip_with_code

pytestmark = pytest.mark.django_db(transaction=True)
DATA = "/lacak/laporan/data/"


def test_the_page_shows_nothing_before_the_code_is_typed_again():
    _report, browser, _code = report_with_code()
    shown = browser.get(DATA).content.decode()
    assert ("Warga contoh" in shown, Opening.objects.count()) == (False, 0)
    assert browser.post(f"{DATA}unduh/").headers["Location"] == DATA
    assert browser.get(f"{DATA}alamat/").headers["Location"] == DATA


def test_what_is_held_is_seen_and_the_look_leaves_its_trace():
    _report, browser, code = report_with_code()
    note = SimpleUploadedFile("catatan.txt", b"Tautan ada di sini.")
    browser.post("/lacak/laporan/pesan/", {"pesan": "Halo kantor.", "berkas": [note]})
    shown = browser.post(DATA, {"kode": code}).content.decode()
    held = ["Warga contoh", "3571014101900001", "Jalan Contoh 1", "catatan.txt", "Halo kantor."]
    assert [each in shown for each in held] == [True] * len(held)
    assert Opening.objects.get().reason == "Pemilik data melihat datanya sendiri"


def test_another_code_opens_nothing():
    _report, browser, _code = report_with_code()
    _other, _browser, strange = report_with_code()
    page = browser.post(DATA, {"kode": strange})
    assert page.status_code == 422
    assert "Warga contoh" not in page.content.decode()


def test_the_file_holds_the_same():
    report, browser, code = report_with_code()
    browser.post(DATA, {"kode": code})
    answer = browser.post(f"{DATA}unduh/")
    held = {part["bagian"]: part["isi"] for part in json.loads(answer.content)["data"]}
    assert {"nama": "Nama", "nilai": "Warga contoh"} in held["Identitas"]
    assert {"nama": "Nomor", "nilai": report.receipt_number} in held["Berkas"]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="data-saya.json"'


def test_everything_is_held_up_signature_confirmed_addresses_and_who_was_named():
    drawn = "DRAWN:M 1 1 L 2 2"
    person = replace(factories.identity(), signature=drawn, sex="P")
    witness = IdentityData(name="Saksi Rahasia", phone="+628120000009")
    report, browser, code = report_with_code(reporter=person, witnesses=(witness,))
    ContactPoint.objects.create(
        identity_id=report.parties.get(kind="REPORTER").identity_id,
        channel="email",
        address_digest=b"\0" * 32,
        asked_at=factories.MONDAY,
        confirmed_at=factories.MONDAY,
    )
    page = browser.post(DATA, {"kode": code})
    held = {
        part.title: {row.label: row.value for row in part.rows} for part in page.context["sections"]
    }
    named = {row.alias: row for row in report.parties.filter(kind__in=["RESPONDENT", "WITNESS"])}
    assert list(held["Orang yang Anda sebut"]) == list(named) == ["Terlapor 1", "Saksi 1"]
    assert named["Terlapor 1"].name in held["Orang yang Anda sebut"]["Terlapor 1"]
    assert "Saksi Rahasia" not in page.content.decode()
    assert "Dikonfirmasi: 16 Jun 2025" in held["Alamat kabar"]["Surel"]
    assert held["Identitas"]["Jenis kelamin"] == "Perempuan"
    assert held["Identitas"]["Tanda tangan"] == "Digambar; goresannya ada dalam unduhan"
    parts = json.loads(browser.post(f"{DATA}unduh/").content)["data"]
    (identity,) = (part["isi"] for part in parts if part["bagian"] == "Identitas")
    assert {"nama": "Tanda tangan", "nilai": "M 1 1 L 2 2"} in identity


def test_the_english_page_calls_everything_by_english_names():
    _report, browser, code = report_with_code()
    browser.cookies["django_language"] = "en"
    (identity, *_rest) = browser.post(DATA, {"kode": code}).context["sections"]
    assert [row.label for row in identity.rows][:9] == [
        "Name",
        "NIK",
        "Address",
        "Telephone",
        "Email",
        "Place of birth",
        "Date of birth",
        "Sex",
        "Occupation",
    ]
    assert identity.rows[7].value == "Female"


def test_a_corrected_address_must_be_confirmed_anew():
    report, browser, code = report_with_code()
    identity = report.parties.get(kind="REPORTER").identity
    ContactPoint.objects.create(
        identity_id=identity.pk,
        channel="email",
        address_digest=b"\0" * 32,
        asked_at=factories.MONDAY,
        confirmed_at=factories.MONDAY,
    )
    browser.post(DATA, {"kode": code})
    form = browser.get(f"{DATA}alamat/").context["form"]
    assert form.initial == {"telepon": "+6281200000001", "surel": "warga@contoh.id"}
    browser.post(f"{DATA}alamat/", {"surel": "baru@contoh.id", "telepon": "0812 3456 7890"})
    own = open_own_contacts(
        identity_id=identity.pk, actor=factories.CITIZEN_ACTOR, clock=read_clock()
    )
    assert (own.email, own.phone) == ("baru@contoh.id", "+6281234567890")
    assert list(find_identities(purpose="email", value="baru@contoh.id")) == [identity]
    assert "Belum dikonfirmasi" in browser.get("/lacak/laporan/kabar/").content.decode()
    assert AuditRow.objects.filter(what="vault.identity.change").count() == 1


def test_an_erasure_is_asked_for_and_answered_within_three_times_24_hours():
    report, browser, _code = report_with_code()
    asked = {"jenis": "ERASURE", "alasan": "Hapus nomor telepon saya."}
    page = browser.get(f"{DATA}permintaan/").content.decode()
    assert "Kantor menjawab dalam 72 jam" in page
    assert browser.post(f"{DATA}permintaan/", asked).headers["Location"] == DATA
    request = DataRequest.objects.get()
    assert (request.report, request.kind) == (report, "ERASURE")
    assert (request.due_at - request.asked_at).total_seconds() == 72 * 3600
    assert "Hapus nomor telepon saya." in browser.get(DATA).content.decode()


def test_a_request_with_the_secret_code_is_refused():
    _report, browser, code = report_with_code()
    page = browser.post(f"{DATA}permintaan/", {"jenis": "ERASURE", "alasan": f"Kode {code}"})
    assert (page.status_code, DataRequest.objects.count()) == (422, 0)


def test_requests_are_limited_by_the_hour(settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "data_requests": (1, 3600)}
    _report, browser, _code = report_with_code()
    asked = {"jenis": "ERASURE", "alasan": "Hapus nomor telepon saya."}
    pages = [browser.post(f"{DATA}permintaan/", asked) for _time in range(2)]
    assert [page.status_code for page in pages] == [302, 422]
    assert asked["alasan"] in pages[1].content.decode()
    assert DataRequest.objects.count() == 1


def test_the_anonymous_see_what_they_told_and_no_more():
    _tip, browser, code = tip_with_code()
    page = browser.post(DATA, {"kode": code})
    titles = [section.title for section in page.context["sections"]]
    assert titles == ["Berkas", "Orang yang Anda sebut"]
    assert browser.get(f"{DATA}alamat/").status_code == 404
