"""Issuing, replacing and voiding documents: rows only; the PDF is made at the first opening."""

import json
from typing import Final

from django.db import connection, transaction
from django.db.models import Q

from neutrality.audit.actor import Actor
from neutrality.audit.record import Act, OutsideTransaction, SubjectRef, record_many
from neutrality.documents.codes import new_code
from neutrality.documents.drafts import DocumentDraft
from neutrality.documents.filing import discard_bytes, file_bytes, identity_of
from neutrality.documents.models import Classification, Document, DocumentState, SignatureKind
from neutrality.law.clock import Clock
from neutrality.rows import create
from neutrality.vault.models import SealedBlob
from neutrality.vault.services import seal_blob

__all__ = [
    "DocumentDraft",
    "NotFinal",
    "UnusableFile",
    "file_signed_copy",
    "finalise",
    "issue",
    "prepare",
    "void",
]
MAX_SIGNED_COPY: Final = 20 * 1024 * 1024
_OUTSIDE: Final = (SignatureKind.TTE_UPLOAD, SignatureKind.WET_SCAN)


class NotFinal(Exception):
    """The document is not in the state that the act needs."""


class UnusableFile(ValueError):
    """The file handed in is no PDF, or is too big."""


def issue(*, draft: DocumentDraft, actor: Actor, clock: Clock) -> Document:
    """Write a final document, and its twin for the identity class, in the caller's transaction.

    The document that `draft.supersedes` names becomes SUPERSEDED.

    Raises:
        OutsideTransaction: When no transaction is open.
        NotFinal: When the superseded document is not final.
    """
    return _write(draft, DocumentState.FINAL, actor=actor, clock=clock)


def prepare(*, draft: DocumentDraft, actor: Actor, clock: Clock) -> Document:
    """Write a document as DRAFT: its PDF says so on every page, and `finalise` makes it count.

    Raises:
        OutsideTransaction: When no transaction is open.
        ValueError: When the draft would supersede another document.
    """
    if draft.supersedes is not None:
        raise ValueError("Only a final document supersedes another.")
    return _write(draft, DocumentState.DRAFT, actor=actor, clock=clock)


@transaction.atomic
def finalise(*, document_id: int, number: str, actor: Actor, clock: Clock) -> Document:
    """Make a DRAFT final under its number; the file that said so is destroyed.

    Raises:
        NotFinal: When the document is no draft.
    """
    document = _locked(document_id, DocumentState.DRAFT)
    rows = [document, *Document.objects.select_for_update().filter(twin_of=document)]
    for row in rows:
        row.state = DocumentState.FINAL
        row.number = number
        row.issued_at = clock.now
        row.issued_by, row.issued_by_user = actor.label, actor.user_id
        discard_bytes(document=row, actor=actor, clock=clock)
    changed = ["state", "number", "issued_at", "issued_by", "issued_by_user", "rendered_at"]
    Document.objects.bulk_update(rows, [*changed, "sha256", "size", "file", "sealed_file"])
    _record(rows, "document.finalised", "DRAFT", "FINAL", actor=actor, clock=clock)
    return document


@transaction.atomic
def void(*, document_id: int, reason: str, actor: Actor, clock: Clock) -> None:
    """Take a document out of force, with its twin and copies signed elsewhere; they stay.

    Raises:
        NotFinal: When the document is void already.
        ValueError: When no reason is given.
    """
    if not reason.strip():
        raise ValueError("A document is voided for a reason.")
    document = Document.objects.select_for_update(of=("self",)).get(pk=document_id)
    if document.state == DocumentState.VOID:
        raise NotFinal(f"Document {document_id} is void already.")
    kin = Q(twin_of=document) | Q(supersedes=document, signature_kind__in=_OUTSIDE)
    rows = [document, *Document.objects.filter(kin).exclude(state=DocumentState.VOID)]
    Document.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=DocumentState.VOID,
        voided_at=clock.now,
        voided_by=actor.label,
        void_reason=reason.strip()[:500],
    )
    _record(rows, "document.voided", document.state, "VOID", actor=actor, clock=clock)


@transaction.atomic
def file_signed_copy(
    *, document_id: int, pdf: bytes, kind: SignatureKind, actor: Actor, clock: Clock
) -> Document:
    """File the PDF that was signed elsewhere; it supersedes the document it was made from.

    The twin of an identity document stays, for it says the same without names.

    Raises:
        UnusableFile: When the bytes are no PDF or more than 20 MiB.
        NotFinal: When the document is not final.
        ValueError: When `kind` is not a signature made elsewhere.
    """
    if kind not in _OUTSIDE:
        raise ValueError("A signed copy is an uploaded TTE or a scan of wet ink.")
    if not pdf.startswith(b"%PDF-") or len(pdf) > MAX_SIGNED_COPY:
        raise UnusableFile("A signed copy is a PDF of at most 20 MiB.")
    original = _locked(document_id, DocumentState.FINAL)
    _supersede(original)
    copy = _copy_of(original, kind, actor=actor, clock=clock)
    file_bytes(document=copy, pdf=pdf, identity_id=identity_of(original), clock=clock)
    copy.save(force_insert=True)
    _record([copy], "document.signed_copy_filed", "", "FINAL", actor=actor, clock=clock)
    _record([original], "document.superseded", "FINAL", "SUPERSEDED", actor=actor, clock=clock)
    return copy


def _write(draft: DocumentDraft, state: DocumentState, *, actor: Actor, clock: Clock) -> Document:
    if not connection.in_atomic_block:
        raise OutsideTransaction("A document is issued in the transaction that decides it.")
    document = _row(draft, state, actor=actor, clock=clock)
    if draft.classification == Classification.IDENTITY:
        document.sealed_content = _sealed(draft, clock)
    else:
        document.content = dict(draft.content)
    if draft.supersedes is not None:
        _supersede(draft.supersedes)
        document.supersedes = draft.supersedes
        superseded = [draft.supersedes]
        _record(superseded, "document.superseded", "FINAL", "SUPERSEDED", actor=actor, clock=clock)
    create(document)
    rows = [document]
    if draft.twin_content is not None:
        rows.append(_twin(draft, document, actor=actor, clock=clock))
    _record(rows, "document.issued", "", state, actor=actor, clock=clock)
    return document


def _twin(draft: DocumentDraft, of: Document, *, actor: Actor, clock: Clock) -> Document:
    twin = _row(draft, DocumentState(of.state), actor=actor, clock=clock)
    twin.classification = Classification.CASE
    twin.content = dict(draft.twin_content or {})
    twin.twin_of = of
    create(twin)
    return twin


def _row(draft: DocumentDraft, state: DocumentState, *, actor: Actor, clock: Clock) -> Document:
    return Document(
        role=draft.role,
        form_code=draft.form_code,
        classification=draft.classification,
        state=state,
        number=draft.number,
        title=draft.title,
        office=draft.office,
        agency=draft.agency,
        subject_kind=draft.subject.kind,
        subject_id=draft.subject.id,
        matter_ref=draft.matter_ref,
        template=str(draft.content["template"]),
        verify_code=new_code(),
        issued_at=clock.now,
        issued_by=actor.label,
        issued_by_user=actor.user_id,
    )


def _copy_of(original: Document, kind: SignatureKind, *, actor: Actor, clock: Clock) -> Document:
    return Document(
        role=original.role,
        form_code=original.form_code,
        classification=original.classification,
        state=DocumentState.FINAL,
        number=original.number,
        title=original.title,
        office_id=original.office_id,
        agency_id=original.agency_id,
        subject_kind=original.subject_kind,
        subject_id=original.subject_id,
        matter_ref=original.matter_ref,
        language=original.language,
        verify_code=new_code(),
        signature_kind=kind,
        supersedes=original,
        issued_at=clock.now,
        issued_by=actor.label,
        issued_by_user=actor.user_id,
    )


def _sealed(draft: DocumentDraft, clock: Clock) -> SealedBlob:
    data = json.dumps(dict(draft.content)).encode("ascii")
    return seal_blob(data=data, clock=clock, identity_id=draft.identity_id)


def _locked(document_id: int, state: DocumentState) -> Document:
    document = Document.objects.select_for_update(of=("self",)).get(pk=document_id)
    if document.state != state:
        raise NotFinal(f"Document {document_id} is {document.state}, not {state}.")
    return document


def _supersede(document: Document) -> None:
    """Go from FINAL to SUPERSEDED by a conditional update: only one successor can win."""
    final = Document.objects.filter(pk=document.pk, state=DocumentState.FINAL)
    if not final.update(state=DocumentState.SUPERSEDED):
        raise NotFinal(f"Document {document.pk} is not final.")
    twins = Document.objects.filter(twin_of=document, state=DocumentState.FINAL)
    twins.update(state=DocumentState.SUPERSEDED)


def _record(
    rows: list[Document], what: str, before: str, after: str, *, actor: Actor, clock: Clock
) -> None:
    acts = [
        Act(
            what=what,
            subject=SubjectRef("document", row.pk),
            before=before,
            after=after,
            data={"role": str(row.role), "subject": f"{row.subject_kind}:{row.subject_id}"},
        )
        for row in rows
    ]
    record_many(acts=acts, actor=actor, clock=clock)
