"""Opening a document: rendered, sealed and filed the first time, logged every time."""

import json
from collections.abc import Mapping
from typing import Final, cast

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from neutrality.audit.actor import SYSTEM, Actor
from neutrality.audit.record import SubjectRef, record_access
from neutrality.documents.filing import file_bytes, filed_bytes, identity_of
from neutrality.documents.models import (
    Document,
    DocumentState,
    SignatureKind,
)
from neutrality.documents.rendering import Frame, Letterhead, render
from neutrality.documents.signing import Seal, apply_seal, seal_of
from neutrality.documents.wording import Json
from neutrality.law.clock import Clock
from neutrality.vault.services import open_blob

_RENDERING: Final = "Pembuatan PDF dokumen"


def pdf_bytes(*, document: Document, actor: Actor, clock: Clock, reason: str = "") -> bytes:
    """Return the PDF; every opening leaves a row in the access log.

    The caller has decided that the actor may read this document. The first opening renders it,
    seals it with the certificate of the office if there is one, and files it.

    Raises:
        ReasonMissing: When an identity document is opened without a reason.
        BlobErased: When the identity was erased, and the document with it.
        AlteredFile: When the stored file is not the one that was made.
    """
    with transaction.atomic():
        ready = ensure_rendered(document_id=document.pk, clock=clock)
        pdf = filed_bytes(document=ready, reason=reason, actor=actor, clock=clock)
        record_access(
            what="document.opened",
            subject=SubjectRef("document", document.pk),
            actor=actor,
            clock=clock,
            data={"sha256": ready.sha256},
        )
    return pdf


@transaction.atomic
def ensure_rendered(*, document_id: int, clock: Clock) -> Document:
    """Return the document with its file; of two that come at once, one makes it."""
    document = Document.objects.select_related("office", "agency").get(pk=document_id)
    if document.rendered_at is not None:
        return document
    locked = Document.objects.select_for_update(of=("self",)).select_related("office", "agency")
    document = locked.get(pk=document_id)
    if document.rendered_at is None:
        _render(document, clock)
    return document


def _render(document: Document, clock: Clock) -> None:
    final = document.state != DocumentState.DRAFT
    issuer = document.agency or document.office
    seal = seal_of(office=issuer, clock=clock) if final else None
    pdf = render(content=_content(document, clock), frame=_frame(document, seal))
    if seal is not None:
        pdf = apply_seal(pdf=pdf, seal=seal)
        document.signature_kind = SignatureKind.PADES
    file_bytes(document=document, pdf=pdf, identity_id=identity_of(document), clock=clock)
    document.save(
        update_fields=["rendered_at", "sha256", "size", "file", "sealed_file", "signature_kind"]
    )


def _content(document: Document, clock: Clock) -> Mapping[str, Json]:
    if document.sealed_content_id is None:
        return cast("Mapping[str, Json]", document.content)
    opened = open_blob(
        blob_id=document.sealed_content_id,
        reason=_RENDERING,
        subject=SubjectRef("document", document.pk),
        actor=SYSTEM,
        clock=clock,
    )
    content: Mapping[str, Json] = json.loads(opened)
    return content


def _frame(document: Document, seal: Seal | None) -> Frame:
    draft = document.state == DocumentState.DRAFT
    return Frame(
        title=document.title,
        number=document.number,
        form_code=_form_words(document.form_code),
        office=_letterhead(document),
        verify_url=verification_url(document),
        verify_code=document.verify_code,
        issued_at=document.issued_at,
        banner="KONSEP" if draft else "",
        remarks=(seal.remark,) if seal else (),
    )


def _form_words(code: str) -> str:
    """Return a form's code as the official forms print it: Formulir Model B.9."""
    return code if not code or code.startswith("Form") else f"Formulir Model {code}"


def verification_url(document: Document) -> str:
    """Return the absolute public address at which anybody can verify the document."""
    path = reverse("documents:verify", args=[document.verify_code])
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def _letterhead(document: Document) -> Letterhead:
    if document.agency is not None:
        return Letterhead(name=document.agency.name, lines=_lines(document.agency.hr_email))
    office = document.office
    contacts = ", ".join(filter(None, (office.phone, office.email)))
    return Letterhead(name=office.name, lines=_lines(*office.address.splitlines(), contacts))


def _lines(*given: str) -> tuple[str, ...]:
    return tuple(filter(None, given))
