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
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import UnacceptableSignerError
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import (
    PdfSignatureStatus,
    SignatureCoverageLevel,
    TimestampSignatureStatus,
)
from pyhanko_certvalidator import ValidationContext

_CLOCKS_DIFFER: Final = timedelta(minutes=5)

# What the validator says of a file quotes names; the answer of `examine` says enough.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


class NotWhole(ValueError):
    """The signature is missing or broken, or the file was changed after it."""


class NotSigned(NotWhole):
    """There is no signature in the file at all."""


class NotTrusted(ValueError):
    """The certificate leads to none of the configured roots, or did not hold at that time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """What a valid signature says: whose certificate, and when.

    `stamped_by` is the authority whose time stamp (RFC 3161) says when; without one the time is
    what the signer's own device says, which proves less.
    """

    name: str
    issuer: str
    signed_at: datetime
    stamped_by: str = ""


@dataclass(frozen=True, slots=True)
class _Stamp:
    """A time that a known authority stands for."""

    at: datetime
    by: str


def is_configured() -> bool:
    """Whether roots are configured, so that signatures can be validated."""
    return bool(settings.TTE_ROOTS)


def examine(*, pdf: bytes, now: datetime) -> Certified:
    """Return what the last signature of the file says, once it holds in every respect.

    The file is whole: nothing was added after the signature but what preserves it (certificates,
    answers about revocation, time stamps of the document). The chain ends at a root of
    `settings.TTE_ROOTS` and held at the time of signing, which is not in the future: the time of a
    stamp whose authority ends at such a root too, else the signer's. Nothing is fetched.

    Raises:
        NotSigned, NotWhole, NotTrusted: The first that does not hold.
    """
    try:
        claimed = _last(pdf).self_reported_timestamp or now
        status = _status(pdf, min(claimed, now), now)
        stamp = _stamp_of(status) or _stamp_after(pdf, now)
        moment = stamp.at if stamp else claimed
        if moment > now + _CLOCKS_DIFFER:
            raise NotTrusted("Signed in the future.")
        if moment != min(claimed, now):
            status = _status(pdf, moment, now)
    except (PdfError, SignatureValidationError, UnacceptableSignerError) as broken:
        raise NotWhole("The signature cannot be read.") from broken
    _check(status)
    subject = status.signing_cert
    return Certified(
        name=str(subject.subject.native.get("common_name", "")),
        issuer=str(subject.issuer.native.get("common_name", "")),
        signed_at=min(moment, now),
        stamped_by=stamp.by if stamp else "",
    )


def _last(pdf: bytes) -> EmbeddedPdfSignature:
    signatures: list[EmbeddedPdfSignature] = PdfFileReader(
        io.BytesIO(pdf)
    ).embedded_regular_signatures
    if not signatures:
        raise NotSigned("No signature.")
    return signatures[-1]


def _status(pdf: bytes, moment: datetime, now: datetime) -> PdfSignatureStatus:
    """Validate the last signature as of a moment; its own time stamp as of now."""
    context, stamps = _context(moment), _context(now)
    return validate_pdf_signature(_last(pdf), context, ts_validation_context=stamps)


def _stamp_of(status: PdfSignatureStatus) -> _Stamp | None:
    """Return the time stamp that stands in the signature, where it holds."""
    found = status.timestamp_validity
    return _stamp(found) if found is not None else None


def _stamp_after(pdf: bytes, now: datetime) -> _Stamp | None:
    """Return the first time stamp of the document that was set after the signature, and holds."""
    signature = _last(pdf)
    for each in signature.reader.embedded_timestamp_signatures:
        if each.signed_revision > signature.signed_revision:
            found = _stamp(validate_pdf_timestamp(each, _context(now)))
            if found:
                return found
    return None


def _stamp(status: TimestampSignatureStatus) -> _Stamp | None:
    if not (status.intact and status.valid and status.trusted):
        return None
    authority = status.signing_cert.subject.native.get("common_name", "")
    return _Stamp(status.timestamp, str(authority)[:160])


def _check(status: PdfSignatureStatus) -> None:
    if not (status.intact and status.valid and _is_whole(status)):
        raise NotWhole("Changed after signing.")
    if not status.trusted:
        raise NotTrusted("The chain does not end at a known root.")


def _is_whole(status: PdfSignatureStatus) -> bool:
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    level = status.modification_level
    preserved = level is not None and level <= ModificationLevel.LTA_UPDATES
    return status.coverage == SignatureCoverageLevel.ENTIRE_REVISION and preserved


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
