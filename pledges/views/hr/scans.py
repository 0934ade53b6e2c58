"""Scans of signed sheets: sent as one PDF, read page by page; what is unreadable waits here."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
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
from pledges.codes import TO_BE_READ, PageOutcome
from pledges.forms.together import AssignForm, ScanForm, WhyForm
from pledges.models import Ceremony, ScanBatch, ScannedPage
from pledges.reach import OPERATORS, obligations_within, scans_within
from pledges.scanning import picture_of_page
from pledges.selectors.windows import owed_by_number
from pledges.services.read_scans import (
    Scan,
    assign_page,
    confirm_time,
    dismiss_page,
    receive_scan,
    source_of,
)
from pledges.tasks import read_scanned
from pledges.views.hr.loading import refusal_page
from pledges.views.hr.reaching import GET_OR_POST, reach_round, reach_scan


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*OPERATORS)
def scan_list(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """List the scans of a round, and take another."""
    place = reach_round(request, public_id)
    tz = place.office.tz
    form = ScanForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()),
        ceremonies=Ceremony.objects.filter(round=place),
        today=request.clock.today_in(tz),
        tz=tz,
    )
    if form.is_bound and form.is_valid():
        try:
            batch = _receive(request, public_id, form)
        except Refused as refused:
            form.add_error("berkas", str(refused.refusal.sentence))
        else:
            read_scanned.delay(batch.pk)
            messages.success(request, _("Pindaian diterima dan sedang dibaca."))
            return redirect("pledges_together:scan", batch.public_id)
    waits = Count("scanned_pages", filter=Q(scanned_pages__outcome__in=TO_BE_READ))
    done = Count("scanned_pages", filter=Q(scanned_pages__outcome=PageOutcome.RECORDED))
    rows = scans_within(actor=request.actor).filter(round=place).annotate(waits=waits, done=done)
    listing = list_page(request, rows, order=("-uploaded_at", "-pk"))
    context = {"place": place, "listing": listing, "tz": tz}
    return render_form(request, "pledges/together/scans.html", form, context=context)


@never_cache
@require_safe
@staff_page(*OPERATORS)
def scan_page(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show what became of each page; those that nobody could read come first."""
    batch = reach_scan(request, public_id)
    rows = ScannedPage.objects.filter(batch=batch).select_related(
        "obligation__person", "obligation__unit_now"
    )
    pages = list(rows.order_by("number"))
    context = {
        "batch": batch,
        "place": batch.round,
        "tz": batch.round.office.tz,
        "waiting": [page for page in pages if page.outcome in TO_BE_READ],
        "seconds": [page for page in pages if page.outcome == PageOutcome.SECOND],
        "others": [page for page in pages if page.outcome not in TO_BE_READ],
        "may_confirm": batch.confirmed_at is None and batch.uploaded_by_id != request.user.pk,
    }
    return render(request, "pledges/together/scan.html", context)


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*OPERATORS)
def page(request: StaffRequest, public_id: UUID, number: int) -> HttpResponse:
    """Show one page, and let a person say whose it is or set it aside."""
    batch = reach_scan(request, public_id)
    row = _waiting_page(batch, number)
    aside = request.POST.get("langkah") == "sisihkan"
    assign = AssignForm(request.POST if request.method == "POST" and not aside else None)
    dismiss = WhyForm(request.POST if aside else None)
    back = reverse("pledges_together:scan", args=[public_id])
    try:
        if assign.is_bound and assign.is_valid() and _assign(request, batch, number, assign):
            messages.success(request, _("Tanda tangan dicatat."))
            return redirect(back)
        if dismiss.is_bound and dismiss.is_valid():
            dismiss_page(
                batch=batch,
                number=number,
                reason=dismiss.cleaned_data["alasan"],
                actor=request.actor,
                clock=request.clock,
            )
            return redirect(back)
    except Refused as refused:
        if not assign.is_bound:
            return refusal_page(request, refused, back)
        assign.add_error(None, str(refused.refusal.sentence))
    context = {"batch": batch, "row": row, "dismiss": dismiss, "place": batch.round}
    status = 422 if dismiss.is_bound and dismiss.errors else None
    return render_form(
        request, "pledges/together/page.html", assign, context=context, status=status
    )


@never_cache
@require_safe
@staff_page(*OPERATORS)
def picture(request: StaffRequest, public_id: UUID, number: int) -> HttpResponse:
    """Show a page as a picture; the opening is recorded."""
    batch = reach_scan(request, public_id)
    _waiting_page(batch, number)
    pdf = source_of(
        batch,
        reason="Membaca halaman yang kodenya tidak terbaca",
        actor=request.actor,
        clock=request.clock,
    )
    return HttpResponse(picture_of_page(pdf, number - 1), content_type="image/png")


@require_POST
@staff_page(*OPERATORS)
def confirm(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Confirm, as a second person, when the sheets were signed."""
    batch = reach_scan(request, public_id)
    try:
        confirm_time(batch=batch, actor=request.actor, clock=request.clock)
    except Refused as refused:
        return refusal_page(request, refused, reverse("pledges_together:scan", args=[public_id]))
    read_scanned.delay(batch.pk)
    messages.success(request, _("Waktu disahkan; halaman yang menunggu dibaca lagi."))
    return redirect("pledges_together:scan", public_id)


def _receive(request: StaffRequest, public_id: UUID, form: ScanForm) -> ScanBatch:
    data = form.cleaned_data
    scan = Scan(
        pdf=data["berkas"],
        number=data["nomor"],
        signed_at=data["signed_at"],
        reason=data["alasan"],
        ceremony=data["acara"],
    )
    place = reach_round(request, public_id)
    return receive_scan(place=place, scan=scan, actor=request.actor, clock=request.clock)


def _waiting_page(batch: ScanBatch, number: int) -> ScannedPage:
    row = ScannedPage.objects.filter(batch=batch, number=number, outcome__in=TO_BE_READ).first()
    if row is None:
        raise Http404
    return row


def _assign(request: StaffRequest, batch: ScanBatch, number: int, form: AssignForm) -> bool:
    day = request.clock.today_in(batch.round.office.tz)
    named = owed_by_number(round_id=batch.round_id, number=form.cleaned_data["nomor"], day=day)
    owed = obligations_within(actor=request.actor).filter(pk=named.pk).first() if named else None
    if owed is None:
        form.add_error("nomor", _("Nomor ini tidak wajib menandatangani pada putaran ini."))
        return False
    assign_page(
        batch=batch, number=number, obligation=owed, actor=request.actor, clock=request.clock
    )
    return True
