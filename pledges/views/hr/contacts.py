"""Another address for somebody: asked here, decided by another officer."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.casework.refusals import Refused
from neutrality.ui.forms import render_form
from neutrality.ui.pages import list_page
from pledges.access import HR
from pledges.forms.together import NewContactForm
from pledges.reach import contact_changes_within
from pledges.services.change_contact import ask_to_change_contact, decide_contact_change
from pledges.views.hr.loading import load_obligation, refusal_page
from pledges.views.hr.reaching import GET_OR_POST


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def change_contact(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Ask that a person be reached elsewhere."""
    obligation = load_obligation(request, public_id)
    form = NewContactForm(request.POST if request.method == "POST" else None)
    form.cancel_url = reverse("pledges_hr:person", args=[public_id])
    if form.is_bound and form.is_valid():
        try:
            ask_to_change_contact(
                obligation=obligation,
                email=form.cleaned_data["surel"],
                phone=form.cleaned_data["telepon"],
                reason=form.cleaned_data["alasan"],
                actor=request.actor,
                clock=request.clock,
            )
        except Refused as refused:
            form.add_error(None, str(refused.refusal.sentence))
        else:
            messages.success(request, _("Permintaan menunggu petugas kedua."))
            return redirect(form.cancel_url)
    context = {"obligation": obligation, "title": _("Ganti alamat"), "basis": ""}
    return render_form(request, "pledges/hr/step.html", form, context=context)


@never_cache
@require_safe
@staff_page(*HR)
def contact_changes(request: StaffRequest) -> HttpResponse:
    """List the requests that wait for a second person."""
    rows = contact_changes_within(actor=request.actor).filter(decided_at=None)
    listing = list_page(request, rows, order=("asked_at", "pk"))
    context = {"listing": listing, "user_id": request.user.pk}
    return render(request, "pledges/together/contact_changes.html", context)


@require_POST
@staff_page(*HR)
def decide_change(request: StaffRequest, change_id: int) -> HttpResponse:
    """Grant or decline, as the second person."""
    asked = contact_changes_within(actor=request.actor).filter(pk=change_id).first()
    answer = request.POST.get("putusan")
    if asked is None or answer not in {"kabul", "tolak"}:
        raise Http404
    back = reverse("pledges_together:contact_changes")
    try:
        decide_contact_change(
            change_id=asked.pk,
            granted=answer == "kabul",
            actor=request.actor,
            clock=request.clock,
        )
    except Refused as refused:
        return refusal_page(request, refused, back)
    messages.success(request, _("Putusan dicatat; alamat lama diberi tahu bila dikabulkan."))
    return redirect(back)
