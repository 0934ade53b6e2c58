"""The public page: is this paper real, and does it still count?"""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from neutrality.documents.codes import new_code, read_code
from neutrality.documents.opening import pdf_bytes, verification_url
from neutrality.documents.services import issue, prepare, void
from tests.documents.samples import REPORTER

pytestmark = pytest.mark.django_db


def upload(data):
    return SimpleUploadedFile("dokumen.pdf", data, content_type="application/pdf")


@pytest.fixture
def document(report, actor, clock):
    return issue(draft=report, actor=actor, clock=clock)


def test_the_link_shows_facts_and_no_content(client, document, report):
    response = client.get(f"/verifikasi/{document.verify_code}/")
    page = response.content.decode()
    assert response.status_code == 200
    for shown in (report.number, "B.1", report.office.name, "8 Januari 2024", "berlaku"):
        assert shown in page
    for hidden in (REPORTER.name, "Lurah contoh", "unggahan"):
        assert hidden not in page


def test_a_code_typed_carelessly_leads_to_the_link(client, document):
    typed = document.verify_code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    response = client.post("/verifikasi/", {"code": typed})
    assert (response.status_code, response["Location"]) == (
        302,
        f"/verifikasi/{document.verify_code}/",
    )


def test_an_unknown_code_is_said_beside_the_field(client):
    response = client.post("/verifikasi/", {"code": "AAAA-BBBB-CCCC"})
    assert response.status_code == 422
    assert "Tidak ada dokumen dengan kode ini" in response.content.decode()


@pytest.mark.parametrize("code", ["AAAA-BBBB-CCCC", "x", "U" * 12])
def test_an_unknown_link_is_not_found(client, code):
    assert client.get(f"/verifikasi/{code}/").status_code == 404


def test_a_draft_verifies_as_nothing(client, summary, actor, clock):
    draft = prepare(draft=summary, actor=actor, clock=clock)
    assert client.get(f"/verifikasi/{draft.verify_code}/").status_code == 404


def test_a_void_document_says_so(client, document, actor, clock):
    void(document_id=document.pk, reason="Nama pelapor salah", actor=actor, clock=clock)
    page = client.get(f"/verifikasi/{document.verify_code}/").content.decode()
    assert "tidak berlaku lagi" in page
    assert "Dibatalkan" in page
    assert "Nama pelapor salah" not in page


def test_a_superseded_document_points_to_its_successor(client, summary, actor, clock):
    first = issue(draft=summary, actor=actor, clock=clock)
    second = issue(draft=replace(summary, supersedes=first), actor=actor, clock=clock)
    page = client.get(f"/verifikasi/{first.verify_code}/").content.decode()
    assert f"/verifikasi/{second.verify_code}/" in page


def test_the_same_file_is_recognised_and_another_is_not(client, summary, actor, clock):
    document = issue(draft=summary, actor=actor, clock=clock)
    pdf = pdf_bytes(document=document, actor=actor, clock=clock)
    address = f"/verifikasi/{document.verify_code}/"
    same = client.post(address, {"file": upload(pdf)})
    other = client.post(address, {"file": upload(pdf + b" ")})
    assert (same.status_code, other.status_code) == (200, 200)
    assert "sama persis" in same.content.decode()
    assert "tidak sama" in other.content.decode()


def test_code_and_file_together_compare_at_once(client, summary, actor, clock):
    document = issue(draft=summary, actor=actor, clock=clock)
    pdf = pdf_bytes(document=document, actor=actor, clock=clock)
    given = {"code": document.verify_code, "file": upload(pdf)}
    assert "sama persis" in client.post("/verifikasi/", given).content.decode()


def test_a_missing_or_huge_file_is_refused_beside_the_field(client, document, actor, clock):
    pdf_bytes(document=document, actor=actor, clock=clock, reason="Tes")
    address = f"/verifikasi/{document.verify_code}/"
    assert client.post(address, {}).status_code == 422
    huge = client.post(address, {"file": upload(b"x" * (20 * 1024 * 1024 + 1))})
    assert huge.status_code == 422
    assert "lebih besar dari 20 MB" in huge.content.decode()


def test_the_pages_ask_the_database_little(client, document, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(f"/verifikasi/{document.verify_code}/")
    with django_assert_num_queries(0):
        client.get("/verifikasi/")


def test_the_address_is_absolute(document, settings):
    settings.SITE_URL = "https://contoh.example/"
    assert verification_url(document) == (
        f"https://contoh.example/verifikasi/{document.verify_code}/"
    )


def test_codes_are_read_back():
    code = new_code()
    assert (read_code(code), read_code(code.lower()), read_code("ABC")) == (code, code, None)
