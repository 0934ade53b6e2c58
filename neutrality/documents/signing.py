"""The electronic seal of an office on a PDF: PAdES with the office's own certificate."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from neutrality.audit.actor import SYSTEM
from neutrality.audit.record import SubjectRef
from neutrality.documents.models import OfficeCertificate
from neutrality.law.clock import Clock
from neutrality.organisations.models import Agency, Office
from neutrality.vault.services import open_blob

FIELD: Final = "SegelKantor"
_READABLE_FIELD: Final = "Segel elektronik kantor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A key with its certificate (PKCS#12), and how the document speaks of it."""

    archive: bytes
    passphrase: bytes | None
    subject_name: str
    is_sample: bool

    @property
    def remark(self) -> str:
        """The line that the document shows about its seal."""
        if self.is_sample:
            return f"Disegel dengan Sertifikat contoh ({self.subject_name}): hanya peragaan."
        return f"Disegel secara elektronik dengan sertifikat {self.subject_name}."


def seal_of(*, office: Office | Agency, clock: Clock) -> Seal | None:
    """Return the seal in force of an office, else the one of the installation, else None.

    An agency has its own or none: the installation speaks for the supervisory offices only.
    """
    is_agency = isinstance(office, Agency)
    holder = {"agency": office} if is_agency else {"office": office}
    certificate = OfficeCertificate.objects.filter(
        revoked_at=None, valid_from__lte=clock.now, valid_until__gt=clock.now, **holder
    ).first()
    if certificate is None:
        return None if is_agency else _seal_of_the_installation()
    archive = open_blob(
        blob_id=certificate.sealed_archive_id,
        reason="Penyegelan dokumen",
        subject=SubjectRef("certificate", certificate.pk),
        actor=SYSTEM,
        clock=clock,
    )
    return Seal(
        archive=archive,
        passphrase=None,
        subject_name=certificate.subject_name,
        is_sample=certificate.is_sample,
    )


def apply_seal(*, pdf: bytes, seal: Seal) -> bytes:
    """Return the PDF with a PAdES signature in a hidden field, so that its tags stay whole."""
    signer = signers.SimpleSigner.load_pkcs12_data(
        seal.archive, other_certs=[], passphrase=seal.passphrase
    )
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        name=seal.subject_name,
        reason=seal.remark,
    )
    field = fields.SigFieldSpec(FIELD, box=None, readable_field_name=_READABLE_FIELD)
    sealed = signers.PdfSigner(metadata, signer, new_field_spec=field).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(pdf))
    )
    return bytes(sealed.getbuffer())


def _seal_of_the_installation() -> Seal | None:
    if not settings.SIGNING_CERTIFICATE:
        return None
    archive = Path(settings.SIGNING_CERTIFICATE).read_bytes()
    passphrase = settings.SIGNING_PASSPHRASE.encode() or None
    certificate = pkcs12.load_pkcs12(archive, passphrase).cert
    if certificate is None:
        raise ValueError("SIGNING_CERTIFICATE names an archive without a certificate.")
    return Seal(
        archive=archive,
        passphrase=passphrase,
        subject_name=certificate.certificate.subject.rfc4514_string(),
        is_sample=False,
    )
