"""Exemptions: asking, and deciding what another officer asked for."""

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
from neutrality.casework.refusals import Refused
from neutrality.ui.forms import render_form
from neutrality.ui.pages import list_page
from pledges.access import exemptions_for
from pledges.codes import ExemptionGround, ObligationState
from pledges.forms.hr import ExemptionForm
from pledges.models import Exemption
from pledges.services.exempt import (
    ExemptionPlea,
    ask_for_exemption,
    decide_exemption,
    open_evidence,
)
from pledges.views.hr.loading import load_obligation, refusal_page, scan_response

HR: Final = (Role.HR_PLEDGES,)
MAY_BE_EXEMPT: Final = (ObligationState.DUE, ObligationState.INVITED)


@never_cache
@require_safe
@staff_page(*HR)
def waiting(request: StaffRequest) -> HttpResponse:
    """List the requests that wait for a second person."""
    rows = exemptions_for(actor=request.actor).filter(decided_at__isnull=True)
    joined = rows.select_related("obligation__person", "requested_by", "round__office")
    listing = list_page(request, joined, order=("requested_at", "pk"))
    context = {"listing": listing, "user_id": request.user.pk}
    return render(request, "pledges/hr/exemptions.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*HR)
def ask(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Ask that a person need not sign."""
    obligation = load_obligation(request, public_id)
    if obligation.state not in MAY_BE_EXEMPT:
        raise Http404
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ExemptionForm(
        *given,
        today=request.clock.today_in(obligation.round.office.tz),
    )
    form.cancel_url = reverse("pledges_hr:person", args=[public_id])
    if form.is_bound and form.is_valid():
        try:
            ask_for_exemption(
                obligation=obligation,
                plea=_plea(form),
                actor=request.actor,
                clock=request.clock,
            )
        except Refused as refused:
            form.add_error(None, str(refused.refusal.sentence))
        else:
            messages.success(request, _("Permintaan menunggu petugas kedua."))
            return redirect(form.cancel_url)
    context = {"obligation": obligation, "title": _("Minta pengecualian"), "basis": ""}
    return render_form(request, "pledges/hr/step.html", form, context=context)


@require_POST
@staff_page(*HR)
def decide(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Grant or decline, as the second person."""
    obligation = load_obligation(request, public_id)
    asked = Exemption.objects.filter(obligation=obligation, decided_at__isnull=True).first()
    answer = request.POST.get("putusan")
    if asked is None or answer not in {"kabul", "tolak"}:
        raise Http404
    back = reverse("pledges_hr:exemptions")
    try:
        decide_exemption(
            exemption_id=asked.pk,
            granted=answer == "kabul",
            actor=request.actor,
            clock=request.clock,
        )
    except Refused as refused:
        return refusal_page(request, refused, back)
    messages.success(request, _("Putusan dicatat."))
    return redirect(back)


@require_POST
@staff_page(*HR)
def evidence(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Open the scan of the paper that shows why somebody need not sign; the opening is recorded."""
    obligation = load_obligation(request, public_id)
    with_scan = Exemption.objects.filter(obligation=obligation, scan__isnull=False)
    asked = with_scan.select_related("obligation").order_by("-requested_at", "-pk").first()
    if asked is None:
        raise Http404
    data = open_evidence(exemption=asked, actor=request.actor, clock=request.clock)
    return scan_response(data, "bukti-pengecualian")


def _plea(form: ExemptionForm) -> ExemptionPlea:
    data = form.cleaned_data
    return ExemptionPlea(
        ground=ExemptionGround(data["dasar"]),
        explanation=data["keterangan"],
        evidence=data["bukti"],
        until_on=data["sampai"],
        scan=data["pindaian"],
    )
