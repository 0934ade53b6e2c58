"""Downloading the documents of a file; a sealed one only with a reason, and it is audited."""

import uuid

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from complaints import access
from complaints.forms.staff.reasons import OpeningForm
from complaints.models import Matter
from complaints.selectors.file_parts import reads_identity
from complaints.views.loading import OFFICE, today
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.documents.models import Classification, Document
from neutrality.documents.opening import pdf_bytes
from neutrality.ui.forms import render_form
from neutrality.vault.services import BlobErased


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def document(request: StaffRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """Hand over one document; one that names a reporter first asks why."""
    rows = access.documents_for(actor=request.actor, day=today(request))
    found = get_object_or_404(rows, public_id=public_id)
    if found.classification != Classification.IDENTITY:
        return _pdf(request, found, "")
    if not _may_open(request, found):
        raise Http404
    form = OpeningForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return _pdf(request, found, form.cleaned_data["alasan"])
    context = {"document": found}
    return render_form(request, "complaints/staff/document_reason.html", form, context=context)


def _may_open(request: StaffRequest, found: Document) -> bool:
    """Whether the reader may open identities where the file is now, not where it was written."""
    matter = Matter.objects.select_related("office").filter(pk=found.matter_ref or 0).first()
    here = (matter or found).office.ref()
    roles = [grant.role for grant in request.actor.grants if grant.at.covers(here)]
    return reads_identity(roles)


def _pdf(request: StaffRequest, found: Document, reason: str) -> HttpResponse:
    try:
        pdf = pdf_bytes(document=found, actor=request.actor, clock=request.clock, reason=reason)
    except BlobErased as erased:
        raise Http404 from erased
    name = f"{found.role.lower()}-{found.verify_code}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
