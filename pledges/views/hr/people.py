"""One person's obligation: what happened, and what may be done."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role
from neutrality.casework.engine import apply
from neutrality.casework.refusals import RefusalCode, Refused
from neutrality.casework.workflow import SourceDocument, StepContext
from neutrality.documents.opening import pdf_bytes
from neutrality.ui.forms import render_form
from neutrality.vault.services import open_blob
from pledges.codes import ObligationState
from pledges.forms.hr import (
    ContactForm,
    ReasonForm,
    RecordPaperForm,
    RecordRefusalForm,
    StepForm,
)
from pledges.models import Obligation
from pledges.selectors.person_page import person_page
from pledges.services.invite import invite, send_link_again
from pledges.services.record_paper import record_paper
from pledges.services.set_contact import set_contact
from pledges.views.hr.loading import LOST, load_obligation, refusal_page, scan_response
from pledges.views.public.signing import pdf_response
from pledges.workflow.actions import ObligationAction as A
from pledges.workflow.guards import signature_in_force
from pledges.workflow.obligation import OBLIGATION

HR: Final = (Role.HR_PLEDGES,)
GET_OR_POST: Final = ["GET", "HEAD", "POST"]
FORMS: Final[Mapping[str, type[StepForm]]] = {
    A.INVITE: StepForm,
    A.VERIFY: StepForm,
    A.ANNUL: ReasonForm,
    A.LIFT_EXEMPTION: ReasonForm,
    A.END: ReasonForm,
    A.RESUME: ReasonForm,
    A.RECORD_REFUSAL: RecordRefusalForm,
    A.RECORD_PAPER: RecordPaperForm,
}


@never_cache
@require_safe
@staff_page(*HR)
def person(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show the person's obligation, signatures and history."""
    obligation = load_obligation(request, public_id)
    page = person_page(obligation=obligation, actor=request.actor, clock=request.clock)
    context = {
        "obligation": obligation,
        "page": page,
        "may_send_again": obligation.state == ObligationState.INVITED and page.has_contact,
    }
    return render(request, "pledges/hr/person.html", context)


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def step(request: StaffRequest, public_id: UUID, action: str) -> HttpResponse:
    """Ask what a step needs, and apply it: 404, 409 or 422 when it is refused."""
    obligation = load_obligation(request, public_id)
    form_class = FORMS.get(action)
    if form_class is None:
        raise Http404
    transition = OBLIGATION.get(action)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = form_class(*given, label=transition.label, initial={"versi": obligation.version})
    form.cancel_url = reverse("pledges_hr:person", args=[public_id])
    if form.is_bound and form.is_valid():
        try:
            _perform(request, obligation, A(action), form)
        except Refused as refused:
            if refused.refusal.code in {*LOST, RefusalCode.NOT_YOURS}:
                return refusal_page(request, refused, form.cancel_url)
            form.add_error(None, str(refused.refusal.sentence))
        else:
            messages.success(request, _("Selesai: %(step)s.") % {"step": transition.label})
            return redirect(form.cancel_url)
    context = {"obligation": obligation, "title": transition.label, "basis": transition.basis}
    return render_form(request, "pledges/hr/step.html", form, context=context)


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def contact(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take the first address of a person."""
    obligation = load_obligation(request, public_id)
    form = ContactForm(request.POST if request.method == "POST" else None)
    form.cancel_url = reverse("pledges_hr:person", args=[public_id])
    if form.is_bound and form.is_valid():
        try:
            set_contact(
                person=obligation.person,
                agency_id=obligation.round.agency_id,
                email=form.cleaned_data["surel"],
                phone=form.cleaned_data["telepon"],
                actor=request.actor,
                clock=request.clock,
            )
        except Refused as refused:
            form.add_error("surel", str(refused.refusal.sentence))
        else:
            messages.success(request, _("Alamat disimpan."))
            return redirect(form.cancel_url)
    context = {"obligation": obligation, "title": _("Catat surel atau telepon"), "basis": ""}
    return render_form(request, "pledges/hr/step.html", form, context=context)


@require_POST
@staff_page(*HR)
def new_link(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Send a new link; the old one opens nothing any more."""
    obligation = load_obligation(request, public_id)
    if obligation.state != ObligationState.INVITED:
        raise Http404
    send_link_again(obligation_id=obligation.pk, actor=request.actor, clock=request.clock)
    messages.success(request, _("Tautan baru dikirim; tautan lama tidak berlaku lagi."))
    return redirect("pledges_hr:person", public_id)


@never_cache
@require_safe
@staff_page(*HR)
def certificate(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Hand out the certificate of the signature in force."""
    signature = signature_in_force(load_obligation(request, public_id))
    if signature is None or signature.document is None:
        raise Http404
    pdf = pdf_bytes(document=signature.document, actor=request.actor, clock=request.clock)
    return pdf_response(pdf)


@require_POST
@staff_page(*HR)
def scan(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Open the scan of the sheet, for the one who verifies; the opening is recorded."""
    obligation = load_obligation(request, public_id)
    signature = signature_in_force(obligation)
    if signature is None or signature.scan_id is None:
        raise Http404
    data = open_blob(
        blob_id=signature.scan_id,
        reason="Verifikasi tanda tangan pakta",
        subject=obligation.ref(),
        actor=request.actor,
        clock=request.clock,
    )
    return scan_response(data, "lembar-pakta")


def _perform(request: StaffRequest, obligation: Obligation, action: A, form: StepForm) -> None:
    if action == A.INVITE:
        invite(obligation_id=obligation.pk, actor=request.actor, clock=request.clock)
    elif action == A.RECORD_PAPER:
        _record_paper(request, obligation, form)
    else:
        apply(
            workflow=OBLIGATION,
            action=action,
            subject_id=obligation.pk,
            actor=request.actor,
            clock=request.clock,
            context=_context(obligation, form),
        )


def _record_paper(request: StaffRequest, obligation: Obligation, form: StepForm) -> None:
    data = form.cleaned_data
    record_paper(
        obligation=obligation,
        scan=data["pindaian"],
        sheet=SourceDocument(number=data["nomor"], dated_on=data["tanggal"]),
        signed_at=datetime.combine(
            data["tanggal"], data["pukul"], tzinfo=obligation.round.office.tz
        ),
        version=data["versi"],
        actor=request.actor,
        clock=request.clock,
    )


def _context(obligation: Obligation, form: StepForm) -> StepContext:
    data = form.cleaned_data
    reason, version = data.get("alasan", ""), data["versi"]
    if "nomor" not in data:
        return StepContext(reason=reason, expected_version=version)
    tz = obligation.round.office.tz
    return StepContext(
        reason=reason,
        expected_version=version,
        occurred_at=datetime.combine(data["tanggal"], time(0), tzinfo=tz),
        acting_party=obligation.person.name,
        source=SourceDocument(number=data["nomor"], dated_on=data["tanggal"]),
    )
