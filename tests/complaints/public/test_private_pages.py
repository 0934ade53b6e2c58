"""Nothing of a report stays in the browser: title, cache, referrer, and a quick way out."""

import re

import pytest

from complaints.views.public.mailbox_session import MAILBOX_KEY
from tests.complaints.public.mailboxes import report_with_code, tip_with_code

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = (
    "",
    "tenggat/",
    "pesan/",
    "kabar/",
    "data/",
    "data/permintaan/",
    "kuasa/",
    "cabut/",
    "kode/",
)


def test_no_page_says_in_its_title_what_it_is_and_none_is_kept():
    _report, browser, _code = report_with_code()
    for page in PAGES:
        answer = browser.get(f"/lacak/laporan/{page}")
        title = re.search(r"<title>(.*?)</title>", answer.content.decode())[1]
        assert (page, title) == (page, "Halaman layanan")
        assert "no-store" in answer.headers["Cache-Control"]
        # Not `no-referrer`: browsers would post without an origin, and be refused.
        assert answer.headers["Referrer-Policy"] == "same-origin"


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
