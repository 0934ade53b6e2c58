"""Certified electronic signatures (TTE) on a PDF: whole, from a known issuer, in time, by whom."""

import io
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from asn1crypto import pem, x509  # type: ignore[import-untyped]
from django.conf import settings
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import UnacceptableSignerError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

_CLOCKS_DIFFER: Final = timedelta(minutes=5)

# What the validator says of a file quotes names; the answer of `examine` says enough.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


class NotWhole(ValueError):
    """There is no signature, it is broken, or the file was changed after it."""


class NotTrusted(ValueError):
    """The certificate leads to none of the configured roots, or did not hold at that time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """What a valid signature says: whose certificate, and when."""

    name: str
    issuer: str
    signed_at: datetime


def is_configured() -> bool:
    """Whether roots are configured, so that signatures can be validated."""
    return bool(settings.TTE_ROOTS)


def examine(*, pdf: bytes, now: datetime) -> Certified:
    """Return what the last signature of the file says, once it holds in every respect.

    The whole file is covered by it; the chain ends at a root of `settings.TTE_ROOTS` and held at
    the time of signing, which is not in the future. Nothing is fetched from anywhere.

    Raises:
        NotWhole, NotTrusted: The first that does not hold.
    """
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        signatures = reader.embedded_regular_signatures
        if not signatures:
            raise NotWhole("No signature.")
        last = signatures[-1]
        claimed = last.self_reported_timestamp or now
        if claimed > now + _CLOCKS_DIFFER:
            raise NotTrusted("Signed in the future.")
        status = validate_pdf_signature(last, _context(claimed))
    except (PdfError, SignatureValidationError, UnacceptableSignerError) as broken:
        raise NotWhole("The signature cannot be read.") from broken
    _check(status)
    subject = status.signing_cert
    return Certified(
        name=str(subject.subject.native.get("common_name", "")),
        issuer=str(subject.issuer.native.get("common_name", "")),
        signed_at=status.signer_reported_dt or now,
    )


def _check(status: PdfSignatureStatus) -> None:
    covers = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    if not (status.intact and status.valid and covers):
        raise NotWhole("Changed after signing.")
    if not status.trusted:
        raise NotTrusted("The chain does not end at a known root.")


def _context(moment: datetime) -> ValidationContext:
    return ValidationContext(
        trust_roots=_roots(),
        moment=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )


def _roots() -> list[x509.Certificate]:
    if not settings.TTE_ROOTS:
        return []
    data = Path(settings.TTE_ROOTS).read_bytes()
    return [x509.Certificate.load(der) for _name, _headers, der in pem.unarmor(data, multiple=True)]
