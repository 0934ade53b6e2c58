"""Whoever types in a room that was closed meanwhile loses nothing: it waits for the code."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from complaints.models import Message
from tests.complaints.case.scene import Scene
from tests.complaints.public.mailboxes import report_with_code
from tests.scenarios.pages import forms_of

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Saksi kedua bersedia datang\npada hari Senin."
WRITE = "/lacak/laporan/pesan/"


def press(browser, answer, to, **typed):
    """Send the form of the page that goes there, with what the page holds and what is typed."""
    form = next(each for each in forms_of(answer.content.decode()) if each.action in {to, ""})
    return browser.post(to, form.filled | typed)


def test_a_message_waits_for_the_code_and_is_sent_on_one_press():
    report, _browser, code = report_with_code()
    elsewhere = Client()
    closed = elsewhere.post(WRITE, {"pesan": WORDS})
    assert closed.status_code == 422
    assert "Yang Anda kirim belum sampai" in closed.content.decode()
    wrong = press(elsewhere, closed, "/lacak/", kode="7K2M-Q0ZX-19AB-4TW8")
    assert wrong.status_code == 422
    opened = press(elsewhere, wrong, "/lacak/", kode=code)
    page = opened.content.decode()
    shown = page.partition("Yang tadi Anda ketik")[2]
    assert ("Yang tadi belum terkirim" in page, "Saksi kedua bersedia" in shown) == (True, True)
    assert Message.objects.count() == 0
    assert press(elsewhere, opened, WRITE).headers["Location"] == "/lacak/laporan/"
    assert Message.objects.get(report=report).body == WORDS


def test_words_that_came_with_a_file_are_shown_to_be_copied():
    file = SimpleUploadedFile("catatan.txt", b"Isi catatan.")
    page = Client().post(WRITE, {"pesan": WORDS, "berkas": [file]}).content.decode()
    assert ("Saksi kedua bersedia datang" in page, "pilih lagi berkasnya" in page) == (True, True)


def test_the_room_of_somebody_invited_keeps_what_they_typed_too():
    scene = Scene()
    code = scene.session(scene.respondent).code
    guest, to = Client(), "/undangan/saya/pesan/"
    closed = guest.post(to, {"pesan": WORDS})
    opened = press(guest, closed, "/undangan/", kode=code.text)
    assert "Yang tadi belum terkirim" in opened.content.decode()
    assert [form.filled["pesan"] for form in forms_of(opened.content.decode()) if form.action == to]


def test_what_goes_along_leads_nowhere_else():
    _report, _browser, code = report_with_code()
    for path in ("https://contoh.id/", "/akun/logout/", "/lacak/"):
        typed = {"kode": code, "tadi_halaman": path, "tadi-pesan": "Kata orang lain"}
        assert Client().post("/lacak/", typed).headers["Location"] == "/lacak/laporan/"


def test_without_words_the_code_is_asked_for_as_ever():
    assert Client().get(WRITE).headers["Location"] == "/lacak/"
    assert Client().post(WRITE, {"pesan": ""}).headers["Location"] == "/lacak/"
