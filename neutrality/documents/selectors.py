"""Finding documents; whether a person may read them is decided by the caller."""

from dataclasses import dataclass
from datetime import datetime

from neutrality.documents.codes import read_code
from neutrality.documents.models import Document, DocumentState
from neutrality.law.codes import FormRole
from neutrality.law.labels import label


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFacts:
    """What anybody may learn of a document: never what it says, nor its title."""

    code: str
    kind: str
    form_code: str
    number: str
    office: str
    issued_at: datetime
    time_zone: str
    state: str
    state_label: str
    signature: str
    in_force: bool
    successor_code: str
    sha256: str


def public_facts(*, typed_code: str) -> PublicFacts | None:
    """Return what the verification page shows, or None when no issued document has the code."""
    code = read_code(typed_code)
    issued = Document.objects.exclude(state=DocumentState.DRAFT).select_related("office", "agency")
    document = issued.filter(verify_code=code).first() if code else None
    return _facts(document) if document else None


def _facts(document: Document) -> PublicFacts:
    successor = document.successors.exclude(state=DocumentState.DRAFT).first()
    return PublicFacts(
        code=document.verify_code,
        kind=label(FormRole(document.role)),
        form_code=document.form_code,
        number=document.number,
        office=(document.agency or document.office).name,
        issued_at=document.issued_at,
        time_zone=document.office.time_zone,
        state=document.state,
        state_label=document.get_state_display(),
        signature=document.get_signature_kind_display(),
        in_force=document.state == DocumentState.FINAL,
        successor_code=successor.verify_code if successor else "",
        sha256=document.sha256,
    )
