"""Nothing of a report stays in the browser: title, cache, referrer, and a quick way out."""

import re

import pytest
from django.test import Client

from complaints.models import AccessCode
from complaints.views.public.mailbox_session import MAILBOX_KEY
from tests.complaints import factories
from tests.complaints.public.journey import file_report
from tests.complaints.public.mailboxes import (
    enter,
    report_to_complete,
    report_with_code,
    tip_with_code,
)

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = (
    "",
    "tenggat/",
    "pesan/",
    "kabar/",
    "data/",
    "data/alamat/",
    "data/permintaan/",
    "kuasa/",
    "cabut/",
    "kode/",
)
TO_COMPLETE = ("lengkapi/", "lengkapi/1/")
FILING = ("lapor/perangkat/", "lapor/kode/", "lapor/lanjut/")


def said(answer):
    """What stands in the history and at the way out, and what keeps the page out of the cache."""
    shown = answer.content.decode()
    return {
        "status": answer.status_code,
        "title": re.search(r"<title>(.*?)</title>", shown)[1],
        "way out": 'action="/lacak/tutup/"' in shown,
        "not kept": "no-store" in answer.headers["Cache-Control"],
        # Not `no-referrer`: browsers would post without an origin, and be refused.
        "referrer": answer.headers["Referrer-Policy"],
    }


PRIVATE = {
    "status": 200,
    "title": "Halaman layanan",
    "way out": True,
    "not kept": True,
    "referrer": "same-origin",
}


def test_no_page_says_in_its_title_what_it_is_and_none_is_kept():
    _report, browser, code = report_with_code()
    browser.post("/lacak/laporan/data/", {"kode": code})
    found = {page: said(browser.get(f"/lacak/laporan/{page}")) for page in PAGES}
    assert found == dict.fromkeys(PAGES, PRIVATE)
    assert said(Client().get("/lacak/")) == PRIVATE


def test_neither_do_the_pages_on_which_something_is_completed_or_a_name_is_given():
    _report, browser, _code = report_to_complete()
    browser.post("/lacak/laporan/terima/")
    found = {page: said(browser.get(f"/lacak/laporan/{page}")) for page in TO_COMPLETE}
    assert found == dict.fromkeys(TO_COMPLETE, PRIVATE)
    _tip, browser, _code = tip_with_code()
    assert said(browser.get("/lacak/laporan/identitas/")) == PRIVATE


def test_neither_do_the_pages_around_the_questions(client):
    client.post("/lapor/mulai/", {"cara": "anonim"})
    found = {FILING[0]: said(client.get(f"/{FILING[0]}"))}
    client.post("/lapor/perangkat/", {"cara": "sendiri"})
    found |= {page: said(client.get(f"/{page}")) for page in FILING[1:]}
    assert found == dict.fromkeys(FILING, PRIVATE)


def test_neither_do_the_last_page_and_the_one_of_a_new_code(client):
    file_report(client, contest=factories.contest().pk, anonymous=True)
    assert said(client.get("/lapor/selesai/")) == PRIVATE
    assert said(client.post("/lapor/selesai/kode-baru/")) == PRIVATE


PAPER = "Pakai kertas, bukan tangkapan layar: tangkapan layar tinggal di galeri ponsel Anda"


def test_a_new_code_leads_on_when_its_last_group_was_typed_as_the_first_one_does():
    _report, browser, _code = report_with_code()
    page = browser.post("/lacak/laporan/kode/")
    code = page.context["code"]
    assert PAPER in page.content.decode()
    shown = {"kode_baru": page.context["form"].initial["kode_baru"]}
    wrong = browser.post("/lacak/laporan/kode/", {**shown, "akhir": "0000"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["akhir"])
    assert [text in wrong.content.decode() for text in (code.text, PAPER)] == [True] * 2
    written = {**shown, "akhir": code.last_group.lower()}
    right = [browser.post("/lacak/laporan/kode/", written) for _press in range(2)]
    assert [answer.headers["Location"] for answer in right] == ["/lacak/laporan/"] * 2
    assert AccessCode.objects.filter(revoked_at=None).count() == 1
    assert enter(code.text).get("/lacak/laporan/").status_code == 200


def test_nobody_tries_codes_on_the_page_of_a_new_one():
    """What comes back was signed here; another code is never answered."""
    _report, browser, code = report_with_code()
    guess = {"kode_baru": code, "akhir": code[-4:]}
    answer = browser.post("/lacak/laporan/kode/", guess)
    assert answer.headers["Location"] == "/lacak/laporan/"
    assert AccessCode.objects.count() == 1


def test_the_code_of_the_questions_says_that_paper_is_better(client):
    client.post("/lapor/mulai/", {"cara": "nama"})
    client.post("/lapor/perangkat/", {"cara": "sendiri"})
    assert PAPER in client.get("/lapor/kode/").content.decode()


def test_the_quick_way_out_closes_everything_and_leads_elsewhere(settings):
    settings.QUICK_EXIT_URL = "https://cuaca.example/"
    _tip, browser, _code = tip_with_code()
    assert 'action="/lacak/tutup/"' in browser.get("/lacak/laporan/").content.decode()
    answer = browser.post("/lacak/tutup/")
    assert (
        '<meta http-equiv="refresh" content="0; url=https://cuaca.example/">'
        in answer.content.decode()
    )
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert MAILBOX_KEY not in browser.session
    assert browser.get("/lacak/laporan/").headers["Location"] == "/lacak/"
