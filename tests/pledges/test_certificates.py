"""Certificates under foreign eyes: signature, seal, QR code, verification page, many in one ZIP."""

import io
import re
import shutil
import subprocess
import zipfile

import pypdfium2
import pytest
import zxingcpp
from celery import current_app
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from neutrality.audit.actor import SYSTEM
from neutrality.documents.certificates import install_sample_certificate
from neutrality.documents.models import Document, OfficeCertificate
from neutrality.documents.opening import pdf_bytes
from pledges.models import CertificateArchive, Signature
from pledges.services import archive_certificates
from pledges.services.archive_certificates import (
    ask_for_archive,
    delete_old_archives,
    make_archive,
)
from pledges.tasks import pack_certificates
from pledges.workflow.actions import ObligationAction as A
from tests.pledges import factories
from tests.pledges.factories import NOON

pytestmark = pytest.mark.django_db
PDFSIG = shutil.which("pdfsig")


@pytest.fixture(autouse=True)
def _on_the_day(settings, tmp_path, time_machine):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.MEDIA_ROOT = tmp_path
    time_machine.move_to("2026-11-20T05:00:00Z", tick=False)
    conf = current_app.conf
    before, conf.task_always_eager = conf.task_always_eager, True
    yield
    conf.task_always_eager = before


def certificate(place, person):
    """Somebody signs; return the document and its bytes."""
    factories.signed(place, person)
    document = Signature.objects.get(obligation__person=person).document
    return document, pdf_bytes(document=document, actor=SYSTEM, clock=NOON)


@pytest.fixture
def sealed(city):
    """The agency has a certificate that calls itself a sample."""
    return install_sample_certificate(office=city.agency, actor=SYSTEM, clock=NOON)


def test_the_validator_of_another_library_finds_the_certificate_whole(city, place, sealed):
    _document, pdf = certificate(place, city.people[0])

    [signature] = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    root = signature.signer_cert
    status = validate_pdf_signature(
        signature, ValidationContext(trust_roots=[root], moment=NOON.now)
    )

    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert "Sertifikat contoh" in str(root.subject.native)


def test_one_changed_byte_is_noticed(city, place, sealed):
    _document, pdf = certificate(place, city.people[0])
    at = pdf.index(b"stream") + 20
    changed = pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]

    [signature] = PdfFileReader(io.BytesIO(changed)).embedded_signatures
    context = ValidationContext(trust_roots=[signature.signer_cert], moment=NOON.now)

    assert validate_pdf_signature(signature, context).intact is False


def test_pdfsig_reads_the_seal_where_poppler_is_installed(city, place, sealed, tmp_path):
    _document, pdf = certificate(place, city.people[0])
    path = tmp_path / "surat.pdf"
    path.write_bytes(pdf)
    if PDFSIG is None:
        assert b"/ByteRange" in pdf
        return

    said = subprocess.run([PDFSIG, "-nocert", path], capture_output=True, text=True, check=False)

    assert "Signature is Valid" in said.stdout
    assert "Total document signed" in said.stdout


def test_the_seal_of_an_office_is_never_put_on_an_agency_s_paper(city, place):
    install_sample_certificate(office=place.office, actor=SYSTEM, clock=NOON)

    document, pdf = certificate(place, city.people[0])

    document.refresh_from_db()
    assert (document.signature_kind, b"/ByteRange" in pdf) == ("NONE", False)
    assert OfficeCertificate.objects.get().agency is None


def test_a_foreign_decoder_finds_the_verification_page_in_the_qr_code(city, place, client):
    document, pdf = certificate(place, city.people[0])

    page = pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil()
    [read] = [found.text for found in zxingcpp.read_barcodes(page)]
    answer = client.get(re.sub(r"^https?://[^/]+", "", read))

    assert read.endswith(reverse("documents:verify", args=[document.verify_code]))
    assert answer.status_code == 200


def test_the_verification_page_says_no_more_than_the_paper(city, place, client):
    person = city.people[3]
    document, pdf = certificate(place, person)
    sheet = pypdfium2.PdfDocument(pdf)
    paper = " ".join(" ".join(p.get_textpage().get_text_bounded() for p in sheet).split())

    page = client.get(reverse("documents:verify", args=[document.verify_code]))
    shown = [row.value for row in page.context["rows"]]

    assert person.name in paper
    assert person.name not in page.content.decode()
    assert "Lurah contoh" not in page.content.decode()
    assert place.agency.name in shown


def test_a_certificate_says_how_and_never_calls_a_click_tte(city, place):
    _document, pdf = certificate(place, city.people[0])

    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()

    assert "Mengetik nama pada halaman daring" in text
    assert "tersertifikasi" not in text


def test_the_certificates_of_a_unit_come_in_one_zip_by_unit(city, place, hr):
    for person in city.people:
        factories.signed(place, person)
    factories.press(factories.owed(place, city.people[1]), A.ANNUL, hr, "Keliru")

    archive = ask_for_archive(place=place, unit=city.board, actor=hr, clock=NOON)
    made = make_archive(archive_id=archive.pk, actor=hr, clock=NOON)

    with zipfile.ZipFile(default_storage.open(made.file)) as packed:
        names = sorted(packed.namelist())
        heads = {packed.read(name)[:5] for name in names}
    folders = [name.rpartition("/")[0] for name in names]
    assert folders == ["badan-contoh/bidang-contoh", "badan-contoh"]
    assert (heads, made.made, made.total) == ({b"%PDF-"}, 2, 2)


def test_certificates_are_asked_for_and_fetched_on_the_pages(city, place):
    factories.signed(place, city.people[0])
    browser = Client()
    browser.force_login(factories.user("Petugas kepegawaian", "hr_pledges", agency=city.agency))
    stranger = Client()
    elsewhere = factories.agency("Kota Lain")
    stranger.force_login(factories.user("Petugas lain", "hr_pledges", agency=elsewhere))

    browser.post(reverse("pledges_together:archive_ask", args=[place.public_id]))
    archive = CertificateArchive.objects.get()
    address = reverse("pledges_together:archive", args=[place.public_id, archive.public_id])
    fetched = b"".join(browser.get(address).streaming_content)

    assert fetched[:2] == b"PK"
    assert stranger.get(address).status_code == 404


def test_more_than_a_task_can_pack_is_asked_for_by_unit(city, place, monkeypatch):
    for person in city.people[:2]:
        factories.signed(place, person)
    monkeypatch.setattr(archive_certificates, "MOST", 1)
    browser = Client()
    browser.force_login(factories.user("Petugas kepegawaian", "hr_pledges", agency=city.agency))
    ask = reverse("pledges_together:archive_ask", args=[place.public_id])
    assert "Pilih unit kerja" in browser.post(ask, follow=True).content.decode()
    assert not CertificateArchive.objects.exists()


def test_a_file_that_cannot_be_made_says_so(city, place, hr, settings, tmp_path):
    factories.signed(place, city.people[0])
    archive = ask_for_archive(place=place, unit=None, actor=hr, clock=NOON)
    no_folder = tmp_path / "full"
    no_folder.write_text("")
    disk = "django.core.files.storage.FileSystemStorage"
    full = {"BACKEND": disk, "OPTIONS": {"location": str(no_folder)}}
    settings.STORAGES = {**settings.STORAGES, "default": full}

    with pytest.raises(OSError, match="full"):
        pack_certificates(archive.pk)

    browser = Client()
    browser.force_login(factories.user("Petugas kepegawaian", "hr_pledges", agency=city.agency))
    page = browser.get(reverse("pledges_together:archives", args=[place.public_id]))
    assert "gagal dibuat; minta sekali lagi" in page.content.decode()
    assert "hx-trigger" not in page.content.decode()


def test_files_that_nobody_fetched_are_deleted_after_a_week(city, place, hr):
    factories.signed(place, city.people[0])
    archive = ask_for_archive(place=place, unit=None, actor=hr, clock=NOON)
    name = make_archive(archive_id=archive.pk, actor=hr, clock=NOON).file

    early = delete_old_archives(clock=type(NOON)(now=NOON.now.replace(day=26)))
    late = delete_old_archives(clock=type(NOON)(now=NOON.now.replace(day=28)))

    assert (early, late, default_storage.exists(name)) == (0, 1, False)
    assert Document.objects.filter(subject_kind="obligation").count() == 1
