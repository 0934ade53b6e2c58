"""The auditor's pages: who did what, who read what, who opened what, and the proof of it.

Everything is named as the record itself names it, by kind and number of the subject, so that a
finding of `verify_audit` can be looked up; nothing here shows what a case is about.
"""

from typing import Any, Final

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from complaints.selectors import audit as selectors
from complaints.selectors.audit import READERS
from complaints.selectors.audit_words import KIND_WORDS
from complaints.views.loading import today
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.audit.models import AccessRow, AuditRow, Entry, Seal, Stream
from neutrality.audit.record import SubjectRef, record_access
from neutrality.audit.seals import InclusionProof, NotSealed, is_included, prove_inclusion
from neutrality.audit.selectors import acts_by, acts_on, reads_of, row_text
from neutrality.audit.verifications import (
    is_running,
    newest_verifications,
    request_verification,
)
from neutrality.ui.pages import Listing, list_page

_NEWEST: Final = ("-id",)
_TABLES: Final[dict[str, type[Entry]]] = {Stream.RECORD: AuditRow, Stream.ACCESS: AccessRow}


@never_cache
@require_safe
@staff_page(*READERS)
def home(request: StaffRequest) -> HttpResponseBase:
    """Search a subject by number or code, a person by address; the ways to the lists."""
    text = request.GET.get("cari", "")[:120]
    context = {
        "text": text,
        "found": selectors.find(text=text, actor=request.actor, day=today(request)),
        "proofs": sorted(newest_verifications().items()),
        "sees_all": selectors.sees_all(request.actor),
    }
    return render(request, "complaints/staff/audit.html", context)


@never_cache
@require_safe
@staff_page(*READERS)
def history(request: StaffRequest, kind: str, subject_id: int) -> HttpResponseBase:
    """Show what was done to a subject, from its first act on."""
    subject = _subject(request, kind, subject_id)
    record_access(what="audit.history", subject=subject, actor=request.actor, clock=request.clock)
    listing = list_page(request, acts_on(subject=subject), order=("position",))
    return _rows(request, listing, "history", subject=subject)


@never_cache
@require_safe
@staff_page(*READERS)
def reads(request: StaffRequest, kind: str, subject_id: int) -> HttpResponseBase:
    """Show who looked at a subject."""
    subject = _subject(request, kind, subject_id)
    listing = list_page(request, reads_of(subject=subject), order=_NEWEST)
    return _rows(request, listing, "reads", subject=subject)


@never_cache
@require_safe
@staff_page(*READERS)
def acts(request: StaffRequest, user_id: int) -> HttpResponseBase:
    """Show what somebody with an account did, for the actor's offices."""
    person = selectors.person(user_id=user_id, actor=request.actor, day=today(request))
    if person is None:
        raise Http404
    rows = selectors.within_scope(request.actor, acts_by(user_id=user_id))
    return _rows(request, list_page(request, rows, order=_NEWEST), "acts", person=str(person))


@never_cache
@require_safe
@staff_page(*READERS)
def access_log(request: StaffRequest) -> HttpResponseBase:
    """Show what people of the actor's offices looked at."""
    rows = selectors.access_rows(actor=request.actor)
    return _rows(request, list_page(request, rows, order=_NEWEST), "access")


@never_cache
@require_safe
@staff_page(*READERS)
def opened(request: StaffRequest) -> HttpResponseBase:
    """Show who opened which identity, and why."""
    listing = list_page(request, selectors.opening_rows(actor=request.actor), order=_NEWEST)
    context = {"listing": listing, "rows": selectors.opening_lines(listing.page.items)}
    return render(request, "complaints/staff/audit_openings.html", context)


@never_cache
@require_safe
@staff_page(*READERS)
def seals(request: StaffRequest) -> HttpResponseBase:
    """List the seals with what the newest proof says of each."""
    listing = list_page(request, Seal.objects.defer("fingerprints", "gaps"), order=_NEWEST)
    proofs = newest_verifications()
    context = {
        "listing": listing,
        "rows": selectors.seal_lines(listing.page.items, proofs),
        "proofs": sorted(proofs.items()),
        "running": is_running(clock=request.clock),
    }
    return render(request, "complaints/staff/audit_seals.html", context)


@require_POST
@staff_page(*READERS)
def verify(request: StaffRequest) -> HttpResponseBase:
    """Ask a worker to prove everything; the answer comes on the page of the seals."""
    if request_verification(actor=request.actor, clock=request.clock):
        messages.success(request, _("Pembuktian dimulai. Muat ulang halaman ini sebentar lagi."))
    else:
        messages.info(request, _("Pembuktian sedang berjalan."))
    return redirect("staff:audit_seals")


@never_cache
@require_safe
@staff_page(*READERS)
def proof(request: StaffRequest, stream: str, row_id: int) -> HttpResponseBase:
    """Prove that one row is under a signed seal."""
    row = _row(request, stream, row_id)
    found = _proof(stream, row_id)
    context = {
        "line": selectors.lines([row])[0],
        "text": row_text(stream=Stream(stream), row_id=row_id),
        "proof": _as_text(found) if found else None,
        "is_included": found is not None and is_included(proof=found),
    }
    return render(request, "complaints/staff/audit_proof.html", context)


@never_cache
@require_safe
@staff_page(*READERS)
def proof_file(request: StaffRequest, stream: str, row_id: int) -> HttpResponseBase:
    """Hand over the proof for those who check it with their own program."""
    _row(request, stream, row_id)
    found = _proof(stream, row_id)
    if found is None:
        raise Http404
    content = {
        "stream": stream,
        "row": row_text(stream=Stream(stream), row_id=row_id),
        **_as_text(found),
    }
    name = f"bukti-{stream}-{row_id}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return JsonResponse(content, headers=headers, json_dumps_params={"indent": 1})


def _subject(request: StaffRequest, kind: str, subject_id: int) -> SubjectRef:
    subject = SubjectRef(kind, subject_id)
    if not selectors.may_read(subject=subject, actor=request.actor, day=today(request)):
        raise Http404
    return subject


def _rows(
    request: StaffRequest,
    listing: Listing[Any],
    shown: str,
    *,
    subject: SubjectRef | None = None,
    person: str = "",
) -> HttpResponse:
    context = {
        "listing": listing,
        "rows": selectors.lines(listing.page.items),
        "shown": shown,
        "subject": subject,
        "person": person,
        "kind_words": KIND_WORDS.get(subject.kind, subject.kind) if subject else "",
    }
    return render(request, "complaints/staff/audit_rows.html", context)


def _row(request: StaffRequest, stream: str, row_id: int) -> Entry:
    """Return a row of the actor's offices, or about a subject that the actor may read."""
    table = _TABLES.get(stream)
    rows: QuerySet[Model] = table._base_manager.filter(pk=row_id) if table else _nothing()  # noqa: SLF001
    row = rows.first()
    if not isinstance(row, Entry):
        raise Http404
    if not selectors.within_scope(request.actor, rows).exists():
        _subject(request, row.subject_kind, row.subject_id)
    return row


def _nothing() -> QuerySet[Model]:
    raise Http404


def _proof(stream: str, row_id: int) -> InclusionProof | None:
    try:
        return prove_inclusion(stream=Stream(stream), row_id=row_id)
    except NotSealed:
        return None


def _as_text(proof: InclusionProof) -> dict[str, Any]:
    return {
        "row_hash": proof.row_hash.hex(),
        "leaf_index": proof.index,
        "tree_size": proof.size,
        "path": [each.hex() for each in proof.path],
        "seal": proof.header.decode(),
        "signature": proof.signature.hex(),
        "key_id": proof.key_id,
    }
