"""The public pages: whether a document is real, and the files of publications."""

from pathlib import PurePosixPath
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from neutrality.documents.forms import CompareForm, FindForm, VerifyForm
from neutrality.documents.models import Publication
from neutrality.documents.publications import shown_publications
from neutrality.documents.selectors import PublicFacts, public_facts
from neutrality.ui.dates import say_instant
from neutrality.ui.forms import render_form
from neutrality.ui.pages import list_page
from neutrality.ui.parts import SummaryRow

MOST_WORDS: Final = 6


@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """Ask for a code and, if wanted, a file to compare."""
    form = VerifyForm(**_posted(request))
    if not form.is_valid():
        return render_form(request, "documents/enter_code.html", form)
    facts: PublicFacts = form.cleaned_data["code"]
    if digest := form.cleaned_data["file"]:
        return _result(request, facts, digest)
    return redirect("documents:verify", code=facts.code)


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Show what anybody may learn of the document with this code; compare a file with it."""
    facts = public_facts(typed_code=code)
    if facts is None:
        raise Http404
    form = CompareForm(**_posted(request))
    if form.is_valid():
        return _result(request, facts, form.cleaned_data["file"])
    return render_form(request, "documents/verify.html", form, context=_shown(facts))


@require_safe
def publication(request: HttpRequest, public_id: UUID) -> FileResponse:  # noqa: ARG001  Django's signature
    """Hand over the file of a publication, to be saved; nothing withdrawn."""
    shown = Publication.objects.filter(withdrawn_at__isnull=True).exclude(file="")
    found = get_object_or_404(shown, public_id=public_id)
    name = f"{found.kind.lower()}-{found.dated_on:%Y-%m-%d}{PurePosixPath(found.file).suffix}"
    return FileResponse(
        default_storage.open(found.file),
        as_attachment=True,
        filename=name,
        content_type=found.media_type,
    )


@require_safe
def publications(request: HttpRequest) -> HttpResponse:
    """List what offices and agencies have published, newest first, by kind and by words."""
    form = FindForm(request.GET)
    rows = shown_publications()
    if form.is_valid():
        rows = _found(rows, **form.cleaned_data)
    listing = list_page(request, rows, order=("-dated_on", "-id"), size=20)
    return render(request, "documents/publications.html", {"form": form, "listing": listing})


def _found(rows: QuerySet[Publication], *, cari: str, jenis: str) -> QuerySet[Publication]:
    if jenis:
        rows = rows.filter(kind=jenis)
    for word in cari.split()[:MOST_WORDS]:
        issuer = Q(office__name__icontains=word) | Q(agency__name__icontains=word)
        text = Q(title__icontains=word) | Q(summary__icontains=word) | Q(number__icontains=word)
        rows = rows.filter(text | issuer)
    return rows


def _posted(request: HttpRequest) -> dict[str, Any]:
    """Return what a form is bound to: an empty post is a post too."""
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}


def _result(request: HttpRequest, facts: PublicFacts, digest: str) -> HttpResponse:
    context = {
        **_shown(facts),
        "form": CompareForm(),
        "compared": True,
        "same": bool(facts.sha256) and digest == facts.sha256,
        "digest": digest,
    }
    return render(request, "documents/verify.html", context)


def _shown(facts: PublicFacts) -> dict[str, Any]:
    issued = say_instant(facts.issued_at, ZoneInfo(facts.time_zone))
    kind = f"{facts.kind} ({facts.form_code})" if facts.form_code else facts.kind
    rows = [
        SummaryRow(_("Jenis"), kind),
        SummaryRow(_("Nomor"), facts.number or _("tanpa nomor")),
        SummaryRow(_("Kantor"), facts.office),
        SummaryRow(_("Diterbitkan"), issued),
        SummaryRow(_("Keadaan"), facts.state_label),
        SummaryRow(_("Tanda tangan"), facts.signature),
        SummaryRow(_("Kode verifikasi"), facts.code),
    ]
    return {"facts": facts, "rows": rows}
