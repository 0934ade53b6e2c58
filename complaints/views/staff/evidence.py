"""Evidence for the staff: looking at copies, taking originals along, the disclosure check."""

from base64 import b64encode
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from complaints.codes import Audience
from complaints.forms.staff.evidence import RELEASE, DecideForm, PrepareForm
from complaints.forms.staff.reasons import OpeningForm
from complaints.models import Derivative, Evidence
from complaints.selectors import evidence as selector
from complaints.services.derivative_rows import comes_from_colleague
from complaints.services.open_evidence import may_take, open_copy, open_original
from complaints.services.prepare_derivative import prepare_derivative
from complaints.services.release_derivative import decline_derivative, release_derivative
from complaints.views.loading import OFFICE, load_matter
from complaints.views.staff.case_answers import posted
from complaints.views.staff.evidence_answers import answered, handed_over, load_copy, load_piece
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.casework.refusals import Refused
from neutrality.ui.forms import PlainForm, render_form


class OriginalForm(OpeningForm):
    """Why the original is taken along."""

    submit_label = gettext_lazy("Unduh berkas asli")


@require_safe
@staff_page(*OFFICE)
def evidence_list(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """List the evidence of a file, with the copies that wait for a second person."""
    matter = load_matter(request, public_id)
    cards = selector.evidence_cards(matter=matter, actor=request.actor)
    waiting = sum(copy.may_decide for card in cards for copy in card.prepared)
    context = {"matter": matter, "cards": cards, "waiting": waiting}
    return render(request, "complaints/staff/evidence_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def evidence(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Show one piece of evidence; the picture of an identity card only after a reason."""
    piece = load_piece(request, public_id)
    page = selector.evidence_page(evidence=piece, actor=request.actor)
    if piece.is_identity and not page.may_see_identity:
        raise Http404
    form = OpeningForm(posted(request) if piece.is_identity else None)
    context: dict[str, Any] = {"evidence": piece, "page": page, "identity": ""}
    if form.is_bound and form.is_valid():
        try:
            context["identity"] = _identity(request, piece, form.cleaned_data["alasan"])
        except Refused as refused:
            form.add_error(None, str(refused.refusal.sentence))
    elif request.method == "POST" and not piece.is_identity:
        raise Http404
    return render_form(request, "complaints/staff/evidence.html", form, context=context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def evidence_original(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Hand over the original to handler or commissioner, after a reason; never shown in a page."""
    piece = load_piece(request, public_id)
    if not may_take(evidence=piece, actor=request.actor):
        raise Http404
    form = OriginalForm(posted(request))
    form.cancel_url = reverse("staff:evidence", args=[piece.public_id])
    if form.is_bound and form.is_valid():
        try:
            stream = open_original(
                evidence=piece,
                reason=form.cleaned_data["alasan"],
                actor=request.actor,
                clock=request.clock,
            )
        except Refused as refused:
            form.add_error(None, str(refused.refusal.sentence))
        else:
            return handed_over(stream, piece.media_type, f"asli-{piece.public_id}", inline=False)
    context = {
        "evidence": piece,
        "title": selector.title_of(piece),
        "sentence": _(piece.refusal) if piece.refusal else "",
    }
    return render_form(request, "complaints/staff/evidence_original.html", form, context=context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def evidence_prepare(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Answer what could name the reporter, and prepare a copy for somebody outside."""
    copy = load_copy(request, public_id)
    row = selector.copy_row(copy=copy, actor=request.actor)
    if not row.may_prepare:
        raise Http404
    form = PrepareForm(posted(request))
    form.cancel_url = reverse("staff:evidence", args=[copy.evidence.public_id])
    context = {
        "copy": copy,
        "row": row,
        "title": selector.title_of(copy.evidence),
        "told": selector.told_of(evidence=copy.evidence),
        "from_colleague": _from_colleague(copy),
    }

    def page(shown: PlainForm) -> HttpResponse:
        template = "complaints/staff/evidence_prepare.html"
        return render_form(request, template, shown, context=context)

    if request.method != "POST":
        return page(form)
    return answered(
        request,
        form,
        lambda: prepare_derivative(
            derivative_id=copy.pk,
            audience=form.audience(),
            disclosure=form.disclosure(),
            actor=request.actor,
            clock=request.clock,
        ),
        page=page,
        done=_("Salinan disiapkan; orang kedua harus melepasnya."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def evidence_release(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Look at a prepared copy with other eyes, and release or decline it."""
    copy = load_copy(request, public_id)
    row = selector.copy_row(copy=copy, actor=request.actor)
    if row.state is None:
        raise Http404
    known = {"penerima": copy.audience, "sebutan": copy.wording}
    colleague = _from_colleague(copy)
    form = DecideForm(posted(request), initial=known, from_colleague=colleague)
    form.cancel_url = reverse("staff:evidence", args=[copy.evidence.public_id])
    context = {
        "copy": copy,
        "row": row,
        "title": selector.title_of(copy.evidence),
        "answers": selector.answers_of(copy=copy),
        "told": selector.told_of(evidence=copy.evidence),
        "from_colleague": colleague,
    }

    def page(shown: PlainForm) -> HttpResponse:
        template = "complaints/staff/evidence_release.html"
        return render_form(request, template, shown, context=context)

    if request.method != "POST":
        return page(form)
    return answered(
        request,
        form,
        lambda: _decide(request, copy, form),
        page=page,
        done=_("Keputusan Anda atas salinan ini disimpan."),
    )


def _decide(request: StaffRequest, copy: Derivative, form: DecideForm) -> None:
    given, actor, clock = form.cleaned_data, request.actor, request.clock
    audience = Audience(given["penerima"])
    if given["keputusan"] == RELEASE:
        release_derivative(
            derivative_id=copy.pk,
            audience=audience,
            wording=given["sebutan"],
            colleague_checked=given.get("rekan", False),
            actor=actor,
            clock=clock,
        )
        return
    decline_derivative(
        derivative_id=copy.pk,
        audience=audience,
        reason=given["alasan"],
        actor=actor,
        clock=clock,
    )


def _from_colleague(copy: Derivative) -> bool:
    matter = copy.evidence.matter
    return matter is not None and comes_from_colleague(matter)


def _identity(request: StaffRequest, piece: Evidence, reason: str) -> str:
    """Return the picture as an address of data: it is in this one answer and nowhere else."""
    copy = selector.cleaned_copy(evidence=piece)
    if copy is None:
        raise Http404
    stream = open_copy(derivative=copy, actor=request.actor, clock=request.clock, reason=reason)
    return f"data:{copy.media_type};base64,{b64encode(b''.join(stream)).decode()}"
