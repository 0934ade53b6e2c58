"""Signing with a certificate (TTE): the sheet to sign, and the signed one back."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from neutrality.casework.refusals import Refused
from neutrality.ui.forms import render_form
from pledges import tte
from pledges.forms.public import SignedFileForm
from pledges.printing import sheets_pdf
from pledges.services.print_sheets import print_sheets
from pledges.services.sign_certified import sign_certified
from pledges.services.sign_pledge import signer_of
from pledges.views.public.identified import Visit, identified
from pledges.views.public.signing import next_page, signer

GET_OR_POST: Final = ["GET", "HEAD", "POST"]


@require_http_methods(GET_OR_POST)
@identified
def certified(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take the signed sheet."""
    _offered(visit)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SignedFileForm(*given)
    if form.is_bound and form.is_valid():
        try:
            sign_certified(
                obligation_id=visit.obligation.pk,
                pdf=form.cleaned_data["berkas"],
                clock=visit.clock,
            )
        except Refused as refused:
            form.add_error("berkas", str(refused.refusal.sentence))
        else:
            return redirect("pledges_public:done", token=visit.token)
    return render_form(request, "pledges/public/tte.html", form, context=signer(visit))


@require_POST
@identified
def sheet(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001  the door's
    """Hand out the sheet of this person."""
    _offered(visit)
    place = visit.obligation.round
    made = print_sheets(
        place=place,
        obligations=[visit.obligation],
        actor=signer_of(visit.obligation),
        clock=visit.clock,
    )
    day = visit.clock.today_in(place.office.tz)
    response = HttpResponse(
        sheets_pdf(place=place, text=place.text, sheets=made, day=day),
        content_type="application/pdf",
    )
    response["Content-Disposition"] = 'attachment; filename="lembar-pakta.pdf"'
    return response


def _offered(visit: Visit) -> None:
    """Answer 404 where nothing could be validated, or nothing is to be signed."""
    if not tte.is_configured() or next_page(visit.obligation) != "pledges_public:sign":
        raise Http404
