"""Offices and agencies publish circulars themselves; everybody reads them in the guide."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from neutrality.audit.models import AuditRow
from neutrality.documents.models import Publication
from neutrality.organisations.models import Agency, Region
from tests.complaints import factories as make
from tests.complaints.staff.scene import browser, words

NEW, OWN = "/petugas/penerbitan/baru/", "/petugas/penerbitan/"


@pytest.fixture(autouse=True)
def _private_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def city(scene):
    region = Region.objects.get(code="35.71")
    return Agency.objects.create(
        code="KDR", path="KDR", name="Pemerintah Kota contoh", kind="CITY", region=region
    )


def given(issuer, **change):
    kind = "instansi" if isinstance(issuer, Agency) else "kantor"
    return {
        "penerbit": f"{kind}-{issuer.pk}",
        "jenis": "CIRCULAR",
        "judul": "Edaran netralitas",
        "nomor": "800/1",
        "tanggal": "2025-06-02",
        "ringkasan": "Jaga netralitas di media sosial.",
        **change,
    }


def upload(content=b"%PDF-1.7 contoh"):
    return SimpleUploadedFile("edaran.bin", content)


def test_a_supervisor_publishes_a_file_that_everybody_reads_in_the_guide(scene, client):
    answer = browser(scene.head).post(NEW, given(scene.office, berkas=upload()))
    assert answer.headers["Location"] == OWN
    row = Publication.objects.get()
    assert (row.office, row.media_type, row.issuer) == (
        scene.office,
        "application/pdf",
        "Bawaslu Kota Kediri",
    )
    for page in ("/panduan/", "/publikasi/"):
        shown = words(client.get(page))
        told = ["Edaran netralitas", "Surat edaran 800/1", "2 Jun 2025", "Bawaslu Kota Kediri"]
        assert [text in shown for text in told] == [True] * 4
    opened = client.get(row.address)
    assert b"".join(opened.streaming_content) == b"%PDF-1.7 contoh"


def test_an_agency_publishes_an_address_elsewhere(scene, city, client):
    officer = make.user("Petugas contoh", "hr_pledges", agency=city)
    answer = browser(officer).post(NEW, given(city, jenis="OUTREACH", alamat="contoh.id/poster"))
    assert answer.status_code == 302, words(answer)
    row = Publication.objects.get()
    assert (row.agency, row.address, row.file) == (city, "https://contoh.id/poster", "")
    html = client.get("/publikasi/").content.decode()
    assert 'href="https://contoh.id/poster" rel="external noreferrer"' in html
    assert client.get(f"/publikasi/{row.public_id}/").status_code == 404


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({}, "Pilih berkas, atau tulis alamat web."),
        ({"berkas": b"<html>"}, "Berkas harus PDF, PNG, atau JPEG."),
        ({"alamat": "javascript:alert(1)"}, "Tulis alamat web yang benar, misalnya https://…"),
        ({"judul": "", "alamat": "contoh.id"}, "Tulis judulnya."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_published(scene, change, sentence):
    sent = {name: upload(v) if isinstance(v, bytes) else v for name, v in change.items()}
    answer = browser(scene.head).post(NEW, given(scene.office, **sent))
    assert (answer.status_code, sentence in words(answer)) == (422, True)
    assert Publication.objects.count() == 0


def test_it_is_withdrawn_after_asking_and_is_gone_for_everybody(scene, client):
    head = browser(scene.head)
    head.post(NEW, given(scene.office, alamat="contoh.id"))
    row = Publication.objects.get()
    url = reverse("staff:publication_withdraw", args=[row.public_id])
    assert "tidak dapat dibuka lagi" in words(head.post(url))
    for _twice in range(2):
        assert head.post(url, {"dikonfirmasi": "ya"}).status_code == 302
    assert "Edaran netralitas" not in words(client.get("/publikasi/"))
    assert "Ditarik" in words(head.get(OWN))
    acts = AuditRow.objects.filter(subject_kind="publication", subject_id=row.pk)
    assert acts.count() == 2


def test_nobody_publishes_for_others_or_withdraws_what_is_theirs(scene, city):
    browser(scene.head).post(NEW, given(scene.office, alamat="contoh.id"))
    row = Publication.objects.get()
    foreign = make.user("Pengawas lain", "supervisor", office=make.office("61.71"))
    answer = browser(foreign).post(NEW, given(scene.office, alamat="contoh.id"))
    assert answer.status_code == 422
    url = reverse("staff:publication_withdraw", args=[row.public_id])
    assert browser(foreign).post(url, {"dikonfirmasi": "ya"}).status_code == 404
    assert browser(scene.handler).get(OWN).status_code == 404
    assert Publication.objects.filter(withdrawn_at=None).count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_lists_cost_the_same_for_one_and_for_three(
    scene, client, number, django_assert_num_queries
):
    head = browser(scene.head)
    for place in range(number):
        head.post(NEW, given(scene.office, alamat="contoh.id", judul=f"Edaran {place}"))
    client.get("/publikasi/")
    with django_assert_num_queries(1):
        client.get("/publikasi/")


def test_words_and_kind_find_a_publication(scene, client):
    head = browser(scene.head)
    head.post(NEW, given(scene.office, alamat="contoh.id", judul="Edaran medsos"))
    head.post(NEW, given(scene.office, alamat="contoh.id", judul="Poster pose", jenis="OUTREACH"))
    shown = words(client.get("/publikasi/", {"jenis": "OUTREACH"}))
    assert ("Poster pose" in shown, "Edaran medsos" in shown) == (True, False)
    shown = words(client.get("/publikasi/", {"cari": "MEDSOS kediri"}))
    assert ("Poster pose" in shown, "Edaran medsos" in shown) == (False, True)
    assert "Belum ada" in words(client.get("/publikasi/", {"cari": "zzz"}))
