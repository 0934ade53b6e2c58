"""Ceremonies of a round, and who signed for others."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role
from neutrality.ui.forms import render_form
from pledges.codes import CeremonyKind, SignatureKind
from pledges.forms.hr import CeremonyForm, RepresentativeForm, people_in
from pledges.forms.together import AnnulForm
from pledges.models import Ceremony, RepresentativeSignature
from pledges.services.hold_ceremony import (
    Occasion,
    Participation,
    Representation,
    annul_for_others,
    hold_ceremony,
    sign_for_others,
)
from pledges.views.hr.loading import load_round
from pledges.workflow.refusals import AlreadyThere

HR: Final = (Role.HR_PLEDGES,)
GET_OR_POST: Final = ["GET", "HEAD", "POST"]


@never_cache
@require_safe
@staff_page(*HR)
def ceremony_list(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """List the ceremonies of a round with their people, and who signed for whom."""
    place = load_round(request, public_id)
    ceremonies = Ceremony.objects.filter(round=place).prefetch_related("roles")
    signed = RepresentativeSignature.objects.filter(round=place).select_related("text")
    context = {
        "place": place,
        "ceremonies": ceremonies,
        "signed": signed.filter(annulled_at=None),
        "annulled": signed.filter(annulled_at__isnull=False),
    }
    return render(request, "pledges/hr/ceremonies.html", context)


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def record_ceremony(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Record a ceremony."""
    place = load_round(request, public_id)
    form = CeremonyForm(request.POST if request.method == "POST" else None)
    form.cancel_url = reverse("pledges_hr:ceremonies", args=[public_id])
    if form.is_bound and form.is_valid():
        try:
            hold_ceremony(
                place=place, occasion=_occasion(form), actor=request.actor, clock=request.clock
            )
        except AlreadyThere as there:
            messages.info(request, str(there.refusal.sentence))
            return redirect("pledges_together:event", there.public_id)
        messages.success(request, _("Acara dicatat."))
        return redirect(form.cancel_url)
    context = {"place": place, "title": _("Catat acara")}
    return render_form(request, "pledges/hr/ceremony.html", form, context=context)


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def represent(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Record that somebody signed for others."""
    place = load_round(request, public_id)
    if not place.has_representatives:
        raise Http404
    ceremonies = Ceremony.objects.filter(round=place)
    form = RepresentativeForm(
        request.POST if request.method == "POST" else None, ceremonies=ceremonies
    )
    form.cancel_url = reverse("pledges_hr:ceremonies", args=[public_id])
    if form.is_bound and form.is_valid():
        sign_for_others(
            place=place,
            given=_representation(form),
            ceremony=form.cleaned_data["acara"],
            actor=request.actor,
            clock=request.clock,
        )
        messages.success(request, _("Tanda tangan perwakilan dicatat."))
        return redirect(form.cancel_url)
    context = {"place": place, "title": _("Catat tanda tangan perwakilan")}
    return render_form(request, "pledges/hr/ceremony.html", form, context=context)


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def annul(request: StaffRequest, public_id: UUID, key: int) -> HttpResponse:
    """Annul, with a reason, a signature for others that was recorded by mistake."""
    place = load_round(request, public_id)
    signed = RepresentativeSignature.objects.filter(round=place, pk=key).first()
    if signed is None:
        raise Http404
    form = AnnulForm(request.POST if request.method == "POST" else None)
    form.cancel_url = reverse("pledges_hr:ceremonies", args=[public_id])
    if form.is_bound and form.is_valid():
        annul_for_others(
            key=signed.pk,
            reason=form.cleaned_data["alasan"],
            actor=request.actor,
            clock=request.clock,
        )
        messages.success(request, _("Tanda tangan perwakilan dibatalkan; catatannya tetap tampil."))
        return redirect(form.cancel_url)
    words = _("Batalkan tanda tangan %(name)s atas nama %(others)s")
    title = words % {"name": signed.name, "others": signed.on_behalf_of}
    context = {"place": place, "title": title}
    return render_form(request, "pledges/hr/ceremony.html", form, context=context)


def _occasion(form: CeremonyForm) -> Occasion:
    data = form.cleaned_data
    people = [
        Participation(part=part, name=name, position=position, institution=institution)
        for field, part in form.PARTS.items()
        for name, position, institution in people_in(data[field])
    ]
    return Occasion(
        kind=CeremonyKind(data["jenis"]),
        title=data["nama"],
        held_on=data["tanggal"],
        place=data["tempat"],
        material=data["materi"],
        people=people,
    )


def _representation(form: RepresentativeForm) -> Representation:
    data = form.cleaned_data
    return Representation(
        name=data["nama"],
        position=data["jabatan"],
        institution=data["instansi"],
        on_behalf_of=data["mewakili"],
        kind=SignatureKind(data["cara"]),
        signed_on=data["tanggal"],
    )
