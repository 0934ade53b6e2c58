"""Evidence for the staff: looking at copies, taking originals along, the disclosure check."""

import mimetypes
from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from complaints.codes import Audience
from complaints.forms.staff.evidence import RELEASE, DecideForm, PrepareForm, RedactForm
from complaints.forms.staff.reasons import OpeningForm
from complaints.models import Derivative, Evidence
from complaints.selectors import evidence as selector
from complaints.services.clean_copy import Area
from complaints.services.open_evidence import may_take, open_copy, open_original
from complaints.services.prepare_derivative import prepare_derivative
from complaints.services.redact_copy import redact_copy
from complaints.services.release_derivative import decline_derivative, release_derivative
from complaints.views.loading import OFFICE, found, load_matter, today
from complaints.views.staff.case_answers import lost, posted
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.casework.refusals import Refused
from neutrality.ui.forms import PlainForm, render_form

SANDBOX: Final = "sandbox; default-src 'none'"
PREVIEW: Final = "pratinjau"
FIELD_OF: Final = {"disclosure_note_needed": "catatan"}


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
    piece = _load(request, public_id)
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
@require_safe
@staff_page(*OFFICE)
def evidence_file(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Hand over a copy: a picture to be shown in a page, a document to be saved."""
    copy = _load_copy(request, public_id)
    if copy.evidence.is_identity:
        raise Http404
    try:
        stream = open_copy(derivative=copy, actor=request.actor, clock=request.clock)
    except Refused as refused:
        raise Http404 from refused
    inline = copy.media_type in selector.INLINE_TYPES
    return _handed_over(stream, copy.media_type, f"salinan-{copy.public_id}", inline=inline)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def evidence_original(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Hand over the original to handler or commissioner, after a reason; never shown in a page."""
    piece = _load(request, public_id)
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
            return _handed_over(stream, piece.media_type, f"asli-{piece.public_id}", inline=False)
    context = {
        "evidence": piece,
        "title": selector.title_of(piece),
        "sentence": _(piece.refusal) if piece.refusal else "",
    }
    return render_form(request, "complaints/staff/evidence_original.html", form, context=context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def evidence_redact(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Black out areas of a picture: first a preview, then a new copy."""
    copy = _load_copy(request, public_id)
    if not selector.copy_row(copy=copy, actor=request.actor).may_redact:
        raise Http404
    form = RedactForm(posted(request))
    form.cancel_url = reverse("staff:evidence", args=[copy.evidence.public_id])

    def page(shown: PlainForm) -> HttpResponse:
        areas = form.areas() if form.is_bound else []
        context = {"copy": copy, "drawing": _drawing(copy, areas)}
        return render_form(request, "complaints/staff/evidence_redact.html", shown, context=context)

    if request.method != "POST":
        return page(form)
    if PREVIEW in request.POST:
        form.is_valid()
        return page(form)
    return _answered(
        request,
        form,
        lambda: redact_copy(
            derivative_id=copy.pk, areas=form.areas(), actor=request.actor, clock=request.clock
        ),
        page=page,
        done=_("Salinan yang disamarkan disimpan."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def evidence_prepare(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Answer what could name the reporter, and prepare a copy for somebody outside."""
    copy = _load_copy(request, public_id)
    row = selector.copy_row(copy=copy, actor=request.actor)
    if not row.may_prepare:
        raise Http404
    form = PrepareForm(posted(request))
    form.cancel_url = reverse("staff:evidence", args=[copy.evidence.public_id])
    context = {"copy": copy, "row": row, "title": selector.title_of(copy.evidence)}

    def page(shown: PlainForm) -> HttpResponse:
        template = "complaints/staff/evidence_prepare.html"
        return render_form(request, template, shown, context=context)

    if request.method != "POST":
        return page(form)
    return _answered(
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
    copy = _load_copy(request, public_id)
    row = selector.copy_row(copy=copy, actor=request.actor)
    if row.state is None:
        raise Http404
    form = DecideForm(posted(request), initial={"penerima": copy.audience})
    form.cancel_url = reverse("staff:evidence", args=[copy.evidence.public_id])
    context = {
        "copy": copy,
        "row": row,
        "title": selector.title_of(copy.evidence),
        "answers": selector.answers_of(copy=copy),
    }

    def page(shown: PlainForm) -> HttpResponse:
        template = "complaints/staff/evidence_release.html"
        return render_form(request, template, shown, context=context)

    if request.method != "POST":
        return page(form)
    return _answered(
        request,
        form,
        lambda: _decide(request, copy, form),
        page=page,
        done=_("Keputusan Anda atas salinan ini disimpan."),
    )


def _answered(
    request: StaffRequest,
    form: PlainForm,
    act: Callable[[], object],
    *,
    page: Callable[[PlainForm], HttpResponse],
    done: str,
) -> HttpResponse:
    """Do it and go back to the evidence; 409 when somebody was first, 422 when it is refused."""
    if not form.is_valid():
        return page(form)
    try:
        act()
    except Refused as refused:
        if answer := lost(request, refused, back_url=form.cancel_url):
            return answer
        field = FIELD_OF.get(str(refused.refusal.code))
        form.add_error(field, str(refused.refusal.sentence))
        return page(form)
    messages.success(request, done)
    return redirect(form.cancel_url)


def _decide(request: StaffRequest, copy: Derivative, form: DecideForm) -> None:
    given, actor, clock = form.cleaned_data, request.actor, request.clock
    audience = Audience(given["penerima"])
    if given["keputusan"] == RELEASE:
        release_derivative(derivative_id=copy.pk, audience=audience, actor=actor, clock=clock)
        return
    decline_derivative(
        derivative_id=copy.pk,
        audience=audience,
        reason=given["alasan"],
        actor=actor,
        clock=clock,
    )


def _load(request: StaffRequest, public_id: str) -> Evidence:
    day = today(request)
    return found(
        lambda: selector.get_evidence_for(actor=request.actor, day=day, public_id=public_id)
    )


def _load_copy(request: StaffRequest, public_id: str) -> Derivative:
    day = today(request)
    return found(lambda: selector.get_copy_for(actor=request.actor, day=day, public_id=public_id))


def _identity(request: StaffRequest, piece: Evidence, reason: str) -> str:
    """Return the picture as an address of data: it is in this one answer and nowhere else."""
    copy = selector.cleaned_copy(evidence=piece)
    if copy is None:
        raise Http404
    stream = open_copy(derivative=copy, actor=request.actor, clock=request.clock, reason=reason)
    return f"data:{copy.media_type};base64,{b64encode(b''.join(stream)).decode()}"


def _handed_over(
    stream: Iterator[bytes], media_type: str, name: str, *, inline: bool
) -> StreamingHttpResponse:
    """Answer with a file that no browser takes for a page: type and name are ours.

    What is not shown in a page is said to be mere bytes, whatever it claims to be.
    """
    ending = mimetypes.guess_extension(media_type) or ".bin"
    return StreamingHttpResponse(
        stream,
        content_type=media_type if inline else "application/octet-stream",
        headers={
            "Content-Disposition": f'{"inline" if inline else "attachment"}; filename="{name}{ending}"',
            "Content-Security-Policy": SANDBOX,
            "X-Content-Type-Options": "nosniff",
        },
    )


def _drawing(copy: Derivative, areas: list[Area]) -> dict[str, Any]:
    """Return the picture with a grid of ten percent and the areas, in pixels of the copy."""
    width, height = copy.width or 1, copy.height or 1
    tenths = range(10, 100, 10)
    return {
        "width": width,
        "height": height,
        "letters": max(width, height) // 40,
        "columns": [(tenth, tenth * width // 100) for tenth in tenths],
        "lines": [(tenth, tenth * height // 100) for tenth in tenths],
        "areas": [
            {
                "number": number,
                "x": area.left * width // 100,
                "y": area.top * height // 100,
                "width": -(-area.width * width // 100),
                "height": -(-area.height * height // 100),
            }
            for number, area in enumerate(areas, 1)
        ],
    }
