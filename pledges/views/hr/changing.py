"""Changing a running round: a later end, another text, its circulars, its rules of exemption."""

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.casework.refusals import Refused
from neutrality.documents.models import PublicationKind
from neutrality.documents.publications import (
    AlreadyWithdrawn,
    NotPublishable,
    PublicationGiven,
    withdraw,
)
from neutrality.law.codes import PledgeTextCode
from neutrality.law.labels import label
from neutrality.ui.confirm import confirmation_page, is_confirmed
from neutrality.ui.forms import PlainForm, render_form
from pledges.access import HR
from pledges.codes import HAS_SIGNED, ExemptionGround
from pledges.forms.together import CircularForm, ExtendForm, GroundsForm, TextForm
from pledges.models import Obligation, Round
from pledges.services.attach_circular import attach_circular
from pledges.services.change_text import change_text
from pledges.services.extend_round import extend_round
from pledges.services.set_grounds import set_grounds
from pledges.tasks import ask_everybody_again
from pledges.views.hr.loading import load_round
from pledges.views.hr.reaching import GET_OR_POST
from pledges.views.public.signing import circulars_of


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def extend(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Ask for a later end."""
    place = load_round(request, public_id)
    form = ExtendForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            extend_round(
                round_id=place.pk,
                closes_at=form.end(place.office.tz),
                reason=form.cleaned_data["alasan"],
                actor=request.actor,
                clock=request.clock,
            )
        except Refused as refused:
            form.add_error("sampai", str(refused.refusal.sentence))
        else:
            return _done(request, place, _("Putaran diperpanjang."))
    return _ask(request, place, form, _("Perpanjang putaran"))


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def text(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Ask for another text; whoever signed is asked again and told so."""
    place = load_round(request, public_id)
    form = TextForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if not is_confirmed(request):
            return _ask_before_text(request, place, form)
        try:
            change_text(
                round_id=place.pk,
                code=PledgeTextCode(form.cleaned_data["naskah"]),
                day=request.clock.today_in(place.office.tz),
                reason=form.cleaned_data["alasan"],
                actor=request.actor,
                clock=request.clock,
            )
        except Refused as refused:
            form.add_error("naskah", str(refused.refusal.sentence))
        else:
            ask_everybody_again.delay(place.pk)
            return _done(
                request, place, _("Naskah diganti; yang sudah menandatangani diminta lagi.")
            )
    lead = _(
        "Tanda tangan atas naskah lama tetap tercatat. Semua yang sudah menandatangani diberi tahu dan diminta menandatangani naskah baru."
    )
    return _ask(request, place, form, _("Ganti naskah"), lead)


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def circular(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take the circular that orders the round."""
    place = load_round(request, public_id)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CircularForm(*given)
    if form.is_bound and form.is_valid():
        try:
            attach_circular(
                place=place,
                given=_publication(place, form),
                file=form.cleaned_data["berkas"],
                actor=request.actor,
                clock=request.clock,
            )
        except NotPublishable as wrong:
            form.add_error("berkas", str(wrong))
        else:
            return _done(request, place, _("Surat edaran dilampirkan."))
    lead = _("Surat edaran terbuka untuk umum dan ditautkan pada halaman penandatanganan.")
    return _ask(request, place, form, _("Lampirkan surat edaran"), lead)


@require_POST
@staff_page(*HR)
def withdraw_circular(request: StaffRequest, public_id: UUID, circular_id: UUID) -> HttpResponse:
    """Show a circular no longer, after a question: it was the wrong file, or another replaced it."""
    place = load_round(request, public_id)
    found = circulars_of(place).filter(public_id=circular_id).first()
    if found is None:
        raise Http404
    if not is_confirmed(request):
        return confirmation_page(
            request,
            heading=_("Tarik surat edaran “%(title)s”?") % {"title": found.title},
            consequence=_(
                "Surat ini tidak tampil lagi bagi penanda tangan dan masyarakat. Putarannya tetap berjalan."
            ),
            button=_("Ya, tarik surat edaran"),
            back_url=reverse("pledges_together:together", args=[public_id]),
        )
    with suppress(AlreadyWithdrawn):
        withdraw(publication_id=found.pk, actor=request.actor, clock=request.clock)
    return _done(request, place, _("Surat edaran ditarik."))


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def grounds(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Ask which grounds of exemption count."""
    place = load_round(request, public_id)
    form = GroundsForm(
        request.POST if request.method == "POST" else None,
        grounds=ExemptionGround.choices,
        initial={"dasar": place.exemption_grounds},
    )
    if form.is_bound and form.is_valid():
        try:
            set_grounds(
                round_id=place.pk,
                grounds=form.cleaned_data["dasar"],
                actor=request.actor,
                clock=request.clock,
            )
        except Refused as refused:
            form.add_error(None, str(refused.refusal.sentence))
        else:
            return _done(request, place, _("Aturan disimpan."))
    return _ask(request, place, form, _("Aturan pengecualian"))


def _ask_before_text(request: StaffRequest, place: Round, form: TextForm) -> HttpResponse:
    signed = Obligation.objects.filter(round=place, state__in=HAS_SIGNED).count()
    words = ngettext(
        "%(n)d pegawai sudah menandatangani naskah sekarang. Semuanya diberi tahu dan diminta menandatangani sekali lagi.",
        "%(n)d pegawai sudah menandatangani naskah sekarang. Semuanya diberi tahu dan diminta menandatangani sekali lagi.",
        signed,
    )
    consequence = words % {"n": signed} if signed else _("Belum ada yang menandatangani.")
    wording = label(PledgeTextCode(form.cleaned_data["naskah"]))
    return confirmation_page(
        request,
        heading=_("Ganti naskah menjadi %(text)s?") % {"text": wording},
        consequence=consequence,
        button=_("Ya, ganti naskah"),
        back_url=reverse("pledges_together:text", args=[place.public_id]),
    )


def _publication(place: Round, form: CircularForm) -> PublicationGiven:
    data = form.cleaned_data
    return PublicationGiven(
        kind=PublicationKind.CIRCULAR,
        office=None,
        agency=place.agency,
        title=data["judul"],
        number=data["nomor"],
        dated_on=data["tanggal"],
    )


def _ask(
    request: StaffRequest, place: Round, form: PlainForm, title: str, lead: str = ""
) -> HttpResponse:
    form.cancel_url = reverse("pledges_together:together", args=[place.public_id])
    context = {"place": place, "title": title, "lead": lead}
    return render_form(request, "pledges/together/form.html", form, context=context)


def _done(request: StaffRequest, place: Round, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("pledges_together:together", place.public_id)
