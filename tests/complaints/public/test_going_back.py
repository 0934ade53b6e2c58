"""Going back keeps what was typed, finished or not, without scripts."""

import re

import pytest

from tests.complaints import factories
from tests.complaints.public.journey import ACCOUNT, PERSON, begin, fill

pytestmark = pytest.mark.django_db(transaction=True)
BACK = {"kembali": "1"}


@pytest.fixture(autouse=True)
def _draft(client):
    factories.office()
    begin(client)


def back(client, page, typed):
    return client.post(f"/lapor/{page}/", {**typed, **BACK}).headers["Location"]


def shown(client, page):
    return client.get(f"/lapor/{page}/").context["form"].initial


def test_every_question_has_the_button_and_it_asks_for_no_answer(client):
    fill(client, contest=factories.contest().pk)
    pages = ["perbuatan", "uraian", "waktu", "tempat", "terlapor/1", "rekan", "pemilihan"]
    pages += ["saksi/1", "sebagai", "identitas", "kontak", "tandatangan"]
    form = re.compile(r'<form[^>]*method="post".*?</form>', re.DOTALL)
    for page in pages:
        html = client.get(f"/lapor/{page}/").content.decode()
        asking = next(each for each in form.findall(html) if "form-buttons" in each)
        # The first button is the one that Enter presses.
        buttons = re.findall(r'<button type="submit"[^>]*>', asking)
        assert ("kembali" in buttons[0], 'name="kembali"' in buttons[-1]) == (False, True), page
        assert ("formnovalidate" in buttons[-1], html.count("Kembali<")) == (True, 1), page


def test_unfinished_words_of_several_pages_are_all_there_again(client):
    assert back(client, "waktu", {"kejadian": "2025-06-1"}) == "/lapor/uraian/"
    assert back(client, "uraian", {"uraian": "Baru separuh"}) == "/lapor/perbuatan/"
    client.post("/lapor/perbuatan/", {"kategori": ["POST_SUPPORT"]})
    assert shown(client, "uraian") == {"uraian": "Baru separuh"}
    client.post("/lapor/uraian/", {"uraian": ACCOUNT})
    page = client.get("/lapor/waktu/")
    assert page.context["form"].initial["kejadian"] == "2025-06-1"
    assert 'value="2025-06-1"' in page.content.decode()
    assert shown(client, "uraian") == {"uraian": ACCOUNT}


def test_one_choice_of_several_stays_chosen(client):
    assert back(client, "perbuatan", {"kategori": ["POST_SUPPORT"]}) == "/lapor/"
    page = client.get("/lapor/perbuatan/").content.decode()
    assert len(re.findall(r'value="POST_SUPPORT"[^>]*checked', page)) == 1


def test_who_did_it_and_who_saw_it_each_by_number(client):
    fill(client, contest=factories.contest().pk)
    assert back(client, "terlapor/2", {"nama": "Camat con"}) == "/lapor/kantor/"
    assert back(client, "saksi/1", {"nama": "Saksi lain"}) == "/lapor/bukti/"
    assert shown(client, "terlapor/2")["nama"] == "Camat con"
    assert shown(client, "terlapor/1")["nama"] == "Lurah contoh"
    assert shown(client, "saksi/1")["nama"] == "Saksi lain"
    client.post("/lapor/terlapor/2/", {"nama": "Camat contoh", "jenis": "PNS"})
    assert shown(client, "terlapor/2")["nama"] == "Camat contoh"


def test_from_the_check_it_leads_to_the_check_and_the_saved_answer_still_counts(client):
    fill(client, contest=factories.contest().pk)
    address = "/lapor/kontak/?dari=periksa"
    given = {"telepon": "0812 9999", "surel": PERSON["surel"]}
    assert client.post(address, {**given, **BACK}).headers["Location"] == "/lapor/periksa/"
    page = client.get("/lapor/periksa/").content.decode()
    assert ("0812 9999" in page, PERSON["surel"] in page) == (False, True)
    assert shown(client, "kontak")["telepon"] == "0812 9999"


def test_a_page_that_is_not_asked_keeps_nothing(client):
    client.post("/lapor/simpan/")
    begin(client, anonymous=True)
    assert client.post("/lapor/identitas/", {"nama": "Saya", **BACK}).status_code == 404
