"""What went wrong, as a page."""

import time

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import HttpResponse, HttpResponseNotAllowed
from django.test import Client
from django.urls import include, path

from neutrality.ui.errors import conflict
from neutrality.ui.parts import Change
from neutrality.ui.typed import written_among
from tests.scenarios.pages import forms_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ui.test_errors")]

handler400 = "neutrality.ui.errors.bad_request"
handler403 = "neutrality.ui.errors.permission_denied"
handler404 = "neutrality.ui.errors.not_found"
handler500 = "neutrality.ui.errors.server_error"


def fails(request, code):
    problems = {400: SuspiciousOperation("x"), 403: PermissionDenied(), 500: RuntimeError("x")}
    raise problems[code]


def too_big(request):
    raise RequestDataTooBig("x")


def bare(request, code):
    return HttpResponseNotAllowed(["POST"]) if code == 405 else HttpResponse(status=code)


def stale(request):
    changes = [Change("Laporan diregistrasi", "hari ini", "Pimpinan contoh")]
    return conflict(
        request, sentence="Laporan sudah diregistrasi.", changes=changes, back_url="/x/"
    )


def echo(request, text="", **_):
    return HttpResponse(repr((text, request.GET.get("cari"), request.GET.getlist("lain"))))


urlpatterns = [
    path("gema/", echo),
    path("gema/<str:text>/", echo),
    path("gagal/<int:code>/", fails),
    path("besar/", too_big),
    path("kosong/<int:code>/", bare),
    path("basi/", stale),
    path("", include("neutrality.urls")),
]

PAGES = [
    ("/gagal/400/", 400, "tidak dapat dibaca"),
    ("/gagal/403/", 403, "tidak berwenang"),
    ("/tidak-ada/", 404, "tidak ditemukan"),
    ("/kosong/405/", 405, "tidak dapat dibuka dengan cara itu"),
    ("/basi/", 409, "Laporan sudah diregistrasi."),
    ("/besar/", 413, "terlalu besar"),
    ("/kosong/413/", 413, "terlalu besar"),
    ("/kosong/429/", 429, "Terlalu banyak percobaan"),
    ("/gagal/500/", 500, "gangguan"),
]


@pytest.mark.parametrize(("address", "status", "words"), PAGES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_failure_has_a_page_in_both_languages(address, status, words, language):
    client = Client(raise_request_exception=False)
    answer = client.get(address, headers={"accept-language": language})
    page = answer.content.decode()
    assert answer.status_code == status
    assert f'<html lang="{language}">' in page
    assert "<h1" in page
    if language == "id":
        assert words in page


def test_a_bare_405_still_says_what_is_allowed(client):
    assert client.get("/kosong/405/")["Allow"] == "POST"


def test_a_conflict_says_what_changed_and_leads_back(client):
    page = client.get("/basi/").content.decode()
    assert "Pimpinan contoh" in page
    assert 'href="/x/"' in page


def test_a_page_open_too_long_says_what_to_do():
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/akun/login/", {"login": "a@contoh.id", "password": "x"})
    assert (answer.status_code, "terlalu lama terbuka" in answer.content.decode()) == (403, True)


def test_what_was_typed_on_it_is_sent_again_with_a_new_token():
    client = Client(enforce_csrf_checks=True)
    client.get("/akun/login/")
    typed = {"alasan": "Dua kata dan lagi", "versi": "3", "csrfmiddlewaretoken": "x" * 64}
    own = {"sec-fetch-site": "same-origin"}
    refused = client.post("/gema/kata/", typed, headers=own)
    assert refused.status_code == 403
    [form] = forms_of(refused.content.decode())
    assert (form.action, form.filled["alasan"], form.filled["versi"]) == (
        "/gema/kata/",
        ["Dua kata dan lagi"],
        ["3"],
    )
    assert client.post(form.action, form.filled, headers=own).content.decode().startswith("('kata'")


@pytest.mark.parametrize(
    ("headers", "more"),
    [
        ({"sec-fetch-site": "cross-site"}, {}),
        ({"origin": "https://contoh.id"}, {}),
        ({}, {}),
        ({"sec-fetch-site": "same-origin"}, {"password": "rahasia"}),
    ],
)
def test_nothing_is_sent_again_for_another_site_or_with_a_secret(headers, more):
    client = Client(enforce_csrf_checks=True)
    client.get("/akun/login/")
    typed = {"alasan": "Dua kata", "csrfmiddlewaretoken": "x" * 64, **more}
    page = client.post("/gema/kata/", typed, headers=headers).content.decode()
    assert (forms_of(page), "rahasia" in page) == ([], False)
    assert ("Dua kata</textarea>" in page) == bool(more)


@pytest.mark.parametrize("letters", ["x", "ab1_", "é\u200b", "a\n"])
def test_a_post_without_end_is_soon_looked_through(letters):
    began = time.process_time()
    written = written_among([("alasan", letters * (100_000 // len(letters))), ("isi", "dua kata")])
    assert (time.process_time() - began < 5, written[-1:]) == (True, ("dua kata",))


def test_every_page_has_the_way_to_its_content_and_the_languages(client):
    page = client.get("/akun/login/").content.decode()
    assert page.index('class="skip-link"') < page.index("<header")
    assert page.count('name="language"') == 2
    assert " style=" not in page
    assert "<script>" not in page


def test_the_language_switch_comes_back_to_the_page(client):
    answer = client.post("/bahasa/setlang/", {"language": "en", "next": "/akun/login/"})
    assert (answer.status_code, answer["Location"]) == (302, "/akun/login/")
    assert '<html lang="en">' in client.get("/akun/login/").content.decode()


def test_a_nul_in_the_path_leads_nowhere(client):
    assert "'abc'" in client.get("/gema/abc/").content.decode()
    answer = client.get("/gema/a%00c/")
    assert answer.status_code == 404
    assert "tidak ditemukan" in answer.content.decode()


def test_a_nul_is_dropped_from_the_query(client):
    told = client.get("/gema/?cari=a%00c&lain=%2500").content.decode()
    assert told == repr(("", "ac", ["%00"]))


@pytest.mark.parametrize(
    "address",
    [
        "/pakta/instansi/?nama=a%00",
        "/lapor/?wilayah=%00",
        "/verifikasi/?kode=%00",
        "/data/?kantor=%00",
    ],
)
def test_pages_bear_a_nul(client, address):
    assert client.get(address).status_code < 500
