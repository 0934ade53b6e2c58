"""Opening a document: made once, kept, hashed, sealed, logged."""

import hashlib
import io
import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pikepdf
import pytest
import time_machine
from asn1crypto import x509 as asn1_x509  # type: ignore[import-untyped]
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    pkcs12,
)
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from neutrality.accounts.roles import Role
from neutrality.audit.actor import SYSTEM
from neutrality.audit.models import AccessRow, AuditRow
from neutrality.audit.record import SubjectRef
from neutrality.documents.certificates import (
    UnusableCertificate,
    install_certificate,
    install_sample_certificate,
)
from neutrality.documents.filing import AlteredFile
from neutrality.documents.models import Document, OfficeCertificate, SignatureKind
from neutrality.documents.opening import ensure_rendered, pdf_bytes
from neutrality.documents.services import issue
from neutrality.law.clock import read_clock
from neutrality.vault.errors import BlobErased, ReasonMissing
from neutrality.vault.identity import IdentityData
from neutrality.vault.models import SealedBlob
from neutrality.vault.services import erase_identity, open_blob, seal_identity
from tests.complaints import factories as make
from tests.documents.samples import REPORTER
from tests.documents.test_rendering import text_of
from tests.pledges import factories as pledges

REASON = "Permintaan pelapor"


def stored_files(folder=""):
    folders, files = default_storage.listdir(folder)
    below = [name for sub in folders for name in stored_files(f"{folder}{sub}/")]
    return below + [f"{folder}{name}" for name in files]


@pytest.mark.django_db
def test_the_first_opening_makes_the_file_and_the_second_reads_it(summary, actor, clock):
    document = issue(draft=summary, actor=actor, clock=clock)
    first = pdf_bytes(document=document, actor=actor, clock=clock)
    second = pdf_bytes(document=document, actor=actor, clock=clock)
    document.refresh_from_db()
    assert first == second
    assert (document.sha256, document.size, document.rendered_at) == (
        hashlib.sha256(first).hexdigest(),
        len(first),
        clock.now,
    )
    opened = AccessRow.objects.filter(what="document.opened", subject_id=document.pk)
    assert [row.user_id for row in opened] == [7, 7]
    assert document.number in text_of(first)


@pytest.mark.django_db
def test_bytes_of_the_identity_class_never_lie_open(report, actor, clock):
    before = set(stored_files())
    document = issue(draft=report, actor=actor, clock=clock)
    pdf = pdf_bytes(document=document, actor=actor, clock=clock, reason=REASON)
    assert REPORTER.name in text_of(pdf)
    document.refresh_from_db()
    assert (document.file, document.content) == ("", None)
    sealed = b"".join(bytes(blob.sealed) for blob in SealedBlob.objects.all())
    files = [default_storage.open(name).read() for name in set(stored_files()) - before]
    for stored in (sealed, *files):
        assert b"%PDF-" not in stored
        assert REPORTER.name.encode() not in stored


@pytest.mark.django_db
def test_an_identity_document_is_opened_for_a_reason(report, actor, clock):
    document = issue(draft=report, actor=actor, clock=clock)
    with pytest.raises(ReasonMissing):
        pdf_bytes(document=document, actor=actor, clock=clock)


@pytest.mark.django_db
def test_the_twin_opens_without_a_reason_and_without_names(report, actor, clock):
    twin = issue(draft=report, actor=actor, clock=clock).twin
    words = text_of(pdf_bytes(document=twin, actor=actor, clock=clock))
    assert "Saksi 1" in words
    assert REPORTER.name not in words


@pytest.mark.django_db
def test_erasing_an_identity_erases_what_was_sealed_of_its_documents(report, actor, clock):
    data = IdentityData(name=REPORTER.name)
    identity = seal_identity(data=data, kind="reporter", clock=clock)
    draft = replace(report, identity_id=identity.pk)
    document = issue(draft=draft, actor=actor, clock=clock)
    pdf_bytes(document=document, actor=actor, clock=clock, reason=REASON)
    erase_identity(
        identity_id=identity.pk, reason="Retensi", subject=report.subject, actor=actor, clock=clock
    )
    with pytest.raises(BlobErased):
        pdf_bytes(document=document, actor=actor, clock=clock, reason=REASON)


@pytest.mark.django_db
def test_a_changed_file_is_noticed(summary, actor, clock):
    document = issue(draft=summary, actor=actor, clock=clock)
    pdf_bytes(document=document, actor=actor, clock=clock)
    document.refresh_from_db()
    default_storage.delete(document.file)
    default_storage.save(document.file, ContentFile(b"%PDF-1.7 other"))
    with pytest.raises(AlteredFile):
        pdf_bytes(document=document, actor=actor, clock=clock)


@pytest.mark.django_db(transaction=True)
def test_two_first_openings_make_one_file(summary, actor, clock):
    with transaction.atomic():
        document = issue(draft=summary, actor=actor, clock=clock)
    results = []

    def work():
        results.append(pdf_bytes(document=document, actor=actor, clock=clock))
        connection.close()

    before = len(stored_files())
    threads = [threading.Thread(target=work) for _n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(results), len(set(results)), len(stored_files()) - before) == (3, 1, 1)


def validated(pdf, certificate):
    reader = PdfFileReader(io.BytesIO(pdf))
    [signature] = reader.embedded_signatures
    trusted = asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    context = ValidationContext(trust_roots=[trusted], allow_fetching=False)
    return validate_pdf_signature(signature, context)


@pytest.mark.django_db
def test_the_seal_of_the_office_validates_and_names_itself_a_sample(summary, office, actor, clock):
    clock = read_clock()  # by the real time the validator judges a certificate
    install_sample_certificate(office=office, actor=SYSTEM, clock=clock)
    document = issue(draft=summary, actor=actor, clock=clock)
    pdf = pdf_bytes(document=document, actor=actor, clock=clock)
    installed = OfficeCertificate.objects.get()
    certificate = x509.load_pem_x509_certificate(installed.certificate.encode())
    status = validated(pdf, certificate)
    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert status.md_algorithm == "sha256"
    assert "Sertifikat contoh" in text_of(pdf)
    document.refresh_from_db()
    assert document.signature_kind == SignatureKind.PADES
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert opened.open_metadata()["pdfuaid:part"] == "1"
        [field] = opened.Root.AcroForm.Fields
        assert (str(field.T), str(field.TU)) == ("SegelKantor", "Segel elektronik kantor")


@pytest.mark.django_db
def test_a_new_certificate_revokes_the_old_one(office, actor, clock):
    first = install_sample_certificate(office=office, actor=actor, clock=clock)
    second = install_sample_certificate(office=office, actor=actor, clock=clock)
    first.refresh_from_db()
    assert (first.revoked_at, second.revoked_at) == (clock.now, None)


def sample_archive(office, actor, clock, passphrase):
    installed = install_sample_certificate(office=office, actor=actor, clock=clock)
    plain = open_blob(
        blob_id=installed.sealed_archive_id,
        reason="Tes",
        subject=SubjectRef("office", office.pk),
        actor=SYSTEM,
        clock=clock,
    )
    bundle: Any = pkcs12.load_pkcs12(plain, None)
    return bundle.cert.certificate, pkcs12.serialize_key_and_certificates(
        b"x", bundle.key, bundle.cert.certificate, None, BestAvailableEncryption(passphrase)
    )


@pytest.mark.django_db
def test_a_certificate_is_installed_with_its_passphrase_only(office, actor, clock):
    certificate, archive = sample_archive(office, actor, clock, b"rahasia")
    installed = install_certificate(
        office=office, archive=archive, passphrase=b"rahasia", actor=actor, clock=clock
    )
    assert installed.subject_name == certificate.subject.rfc4514_string()
    with pytest.raises(UnusableCertificate):
        install_certificate(
            office=office, archive=archive, passphrase=b"salah", actor=actor, clock=clock
        )


@pytest.mark.django_db
def test_an_administrator_installs_and_revokes_a_certificate(client, settings, office, actor):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(make.user("Admin contoh", Role.ADMIN, is_national=True))
    _certificate, archive = sample_archive(office, actor, read_clock(), b"rahasia")
    OfficeCertificate.objects.all().delete()
    table = "/admin/documents/officecertificate/"

    def add(content=archive, **given):
        upload = SimpleUploadedFile("segel.p12", content)
        return client.post(f"{table}add/", {"passphrase": "rahasia", "upload": upload, **given})

    for said, refused in (
        ("tidak terbuka", add(office=office.pk, passphrase="salah")),  # noqa: S106
        ("tidak terbuka", add(office=office.pk, content=b"bukan arsip")),
        ("lebih besar dari 64 kB", add(office=office.pk, content=b"x" * 65_537)),
        ("Pilih satu kantor", add()),
        ("Pilih satu kantor", add(office=office.pk, agency=pledges.agency().pk)),
    ):
        assert (refused.status_code, said in refused.content.decode()) == (200, True)
    assert not OfficeCertificate.objects.exists()

    assert add(office=office.pk).status_code == 302
    row = OfficeCertificate.objects.get()
    page = client.get(f"{table}{row.pk}/change/")
    assert (page.status_code, "PRIVATE" in page.content.decode()) == (200, False)
    assert client.post(f"{table}{row.pk}/change/", {}).status_code == 403
    for _twice in range(2):
        act = {"action": "revoke", "_selected_action": [row.pk]}
        assert client.post(table, act).status_code == 302
    acts = AuditRow.objects.filter(subject_kind="certificate", subject_id=row.pk)
    assert [act.what for act in acts.order_by("pk")] == [
        "certificate.installed",
        "certificate.revoked",
    ]
    row.refresh_from_db()
    assert row.revoked_at is not None


@pytest.mark.django_db
def test_a_certificate_that_is_over_seals_nothing(office, actor):
    with time_machine.travel(datetime(2024, 3, 1, tzinfo=UTC)):
        _certificate, archive = sample_archive(office, actor, read_clock(), b"rahasia")
    with pytest.raises(UnusableCertificate, match="belum atau tidak berlaku"):
        install_certificate(
            office=office, archive=archive, passphrase=b"rahasia", actor=actor, clock=read_clock()
        )


@pytest.mark.django_db
def test_the_certificate_of_the_installation_seals_for_offices_without_one(
    summary, office, actor, clock, settings, tmp_path
):
    certificate, archive = sample_archive(office, actor, read_clock(), b"rahasia")
    OfficeCertificate.objects.all().delete()
    path = tmp_path / "segel.p12"
    path.write_bytes(archive)
    settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSPHRASE = str(path), "rahasia"
    document = issue(draft=summary, actor=actor, clock=clock)
    pdf = pdf_bytes(document=document, actor=actor, clock=clock)
    assert validated(pdf, certificate).valid
    assert "Disegel secara elektronik" in text_of(pdf)


@pytest.mark.django_db
def test_rendering_twice_is_rendering_once(summary, actor, clock):
    document = issue(draft=summary, actor=actor, clock=clock)
    first = ensure_rendered(document_id=document.pk, clock=clock)
    second = ensure_rendered(document_id=document.pk, clock=clock)
    assert (first.file, first.sha256) == (second.file, second.sha256)
    assert Document.objects.get().sha256 == first.sha256


@pytest.mark.django_db
def test_an_archive_without_a_certificate_is_unusable(office, actor, clock):
    key = ec.generate_private_key(ec.SECP256R1())
    archive = pkcs12.serialize_key_and_certificates(b"x", key, None, None, NoEncryption())
    with pytest.raises(UnusableCertificate, match="tidak memuat kunci"):
        install_certificate(
            office=office, archive=archive, passphrase=None, actor=actor, clock=clock
        )
