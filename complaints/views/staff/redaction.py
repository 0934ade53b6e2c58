"""Redacting copies: areas of pictures and papers, stretches of films and sound."""

from typing import Any, Final

from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from complaints.forms.staff.evidence import RedactForm, SilenceForm
from complaints.models import Derivative
from complaints.selectors import evidence as selector
from complaints.services.clean_copy import FILM, PDF_TYPE, Area
from complaints.services.redact_copy import has_stretches, redact_copy, wish_redaction
from complaints.views.loading import OFFICE
from complaints.views.staff.case_answers import posted
from complaints.views.staff.evidence_answers import answered, load_copy
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.ui.forms import PlainForm, render_form

PREVIEW: Final = "pratinjau"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def evidence_redact(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Black out areas or silence stretches: of a picture at once, of others by a worker."""
    copy = load_copy(request, public_id)
    if not selector.copy_row(copy=copy, actor=request.actor).may_redact:
        raise Http404
    if has_stretches(copy.media_type):
        return _silence(request, copy)
    if copy.media_type == PDF_TYPE:
        return _blacken_pages(request, copy)
    return _blacken(request, copy)


def _blacken(request: StaffRequest, copy: Derivative) -> HttpResponse:
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
    return answered(
        request,
        form,
        lambda: redact_copy(
            derivative_id=copy.pk, areas=form.areas(), actor=request.actor, clock=request.clock
        ),
        page=page,
        done=_("Salinan yang disamarkan disimpan."),
    )


def _blacken_pages(request: StaffRequest, copy: Derivative) -> HttpResponse:
    form = RedactForm(posted(request), pages=copy.pages or 1)
    return _wished(request, copy, form)


def _silence(request: StaffRequest, copy: Derivative) -> HttpResponse:
    form = SilenceForm(
        posted(request),
        seconds=copy.seconds or 0,
        has_picture=copy.media_type.startswith(FILM),
    )
    return _wished(request, copy, form)


def _wished(
    request: StaffRequest, copy: Derivative, form: RedactForm | SilenceForm
) -> HttpResponse:
    form.cancel_url = reverse("staff:evidence", args=[copy.evidence.public_id])
    row = selector.copy_row(copy=copy, actor=request.actor)
    shown_with = {"copy": copy, "row": row}

    def page(shown: PlainForm) -> HttpResponse:
        template = "complaints/staff/evidence_wish.html"
        return render_form(request, template, shown, context=shown_with)

    if request.method != "POST":
        return page(form)
    return answered(
        request,
        form,
        lambda: wish_redaction(
            derivative_id=copy.pk,
            marks=form.spans() if isinstance(form, SilenceForm) else form.areas(),
            actor=request.actor,
            clock=request.clock,
        ),
        page=page,
        done=_("Salinan yang disamarkan sedang dibuat. Muat ulang halaman ini sebentar lagi."),
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
