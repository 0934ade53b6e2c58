"""Where the bytes of a document lie: sealed for the identity class, else the default storage."""

import hashlib
from functools import partial
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef
from neutrality.documents.models import Classification, Document
from neutrality.law.clock import Clock
from neutrality.vault.models import SealedBlob
from neutrality.vault.services import erase_blob, open_blob, seal_blob, seal_stream

# Beyond this a scan is sealed as a file instead of a column.
_IN_ROW: Final = 1024 * 1024
_DRAFT_ENDED: Final = "Konsep telah ditetapkan"


class AlteredFile(Exception):
    """The stored bytes are not those whose hash the row holds."""


def identity_of(document: Document) -> int | None:
    """Return the identity with which the sealed bytes of a document are erased."""
    blob = document.sealed_content or document.sealed_file
    return blob.identity_id if blob else None


def file_bytes(*, document: Document, pdf: bytes, identity_id: int | None, clock: Clock) -> None:
    """Store the bytes and set time, hash, size and place on the row, which is not saved yet."""
    document.rendered_at = clock.now
    document.sha256 = hashlib.sha256(pdf).hexdigest()
    document.size = len(pdf)
    if document.classification == Classification.IDENTITY:
        document.sealed_file = _sealed(pdf, identity_id, clock)
    else:
        name = f"documents/{document.issued_at:%Y/%m}/{document.public_id}.pdf"
        document.file = default_storage.save(name, ContentFile(pdf))


def filed_bytes(*, document: Document, reason: str, actor: Actor, clock: Clock) -> bytes:
    """Return the stored bytes, checked against the hash of the row.

    Raises:
        ReasonMissing: When sealed bytes are opened without a reason.
        BlobErased: When the identity was erased, and the document with it.
        AlteredFile: When they have changed since.
    """
    if document.sealed_file_id is not None:
        pdf = open_blob(
            blob_id=document.sealed_file_id,
            reason=reason,
            subject=SubjectRef("document", document.pk),
            actor=actor,
            clock=clock,
        )
    else:
        with default_storage.open(document.file) as stored:
            pdf = stored.read()
    if hashlib.sha256(pdf).hexdigest() != document.sha256:
        raise AlteredFile(f"The file of document {document.pk} has changed.")
    return pdf


def discard_bytes(*, document: Document, actor: Actor, clock: Clock) -> None:
    """Destroy the file of a draft and empty its columns on the row, which is not saved yet."""
    if document.sealed_file_id is not None:
        erase_blob(
            blob_id=document.sealed_file_id,
            reason=_DRAFT_ENDED,
            subject=SubjectRef("document", document.pk),
            actor=actor,
            clock=clock,
        )
    elif document.file:
        transaction.on_commit(partial(default_storage.delete, document.file))
    document.rendered_at, document.sha256, document.size = None, "", None
    document.file, document.sealed_file = "", None


def _sealed(pdf: bytes, identity_id: int | None, clock: Clock) -> SealedBlob:
    if len(pdf) <= _IN_ROW:
        return seal_blob(data=pdf, clock=clock, identity_id=identity_id)
    return seal_stream(source=[pdf], clock=clock, identity_id=identity_id)
