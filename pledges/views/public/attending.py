"""Saying that one is at a ceremony, by the QR code in the hall."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from neutrality.accounts.limits import Count
from neutrality.audit.actor import CITIZEN
from neutrality.law.clock import Clock, read_clock
from neutrality.ui.forms import render_form
from pledges.codes import AttendanceWay, WallKind
from pledges.forms.public import AttendForm
from pledges.models import Ceremony
from pledges.selectors.windows import post_by_number
from pledges.services.attend import Guest, attend_as_guests, attend_as_staff
from pledges.views.public.together import device_of, wall_of

TEMPLATE: Final = "pledges/public/attend.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attend(request: HttpRequest, token: str) -> HttpResponse:
    """Note who is here; the page shows no name of the roster."""
    ceremony, clock = wall_of(token, WallKind.ATTEND).ceremony, read_clock()
    if ceremony is None:
        raise Http404
    form = AttendForm(request.POST if request.method == "POST" else None)
    context = {"ceremony": ceremony}
    if form.is_bound and form.is_valid():
        if not _is_going_on(ceremony, clock):
            form.add_error(None, _("Daftar hadir hanya dibuka selama acara berlangsung."))
        elif _too_many(request):
            form.add_error(None, _("Terlalu banyak nama dari telepon ini. Gunakan daftar kertas."))
        elif _noted(ceremony, form, clock):
            return render(request, TEMPLATE, context | {"done": True})
    return render_form(request, TEMPLATE, form, context=context)


def _is_going_on(ceremony: Ceremony, clock: Clock) -> bool:
    begins, ends = ceremony.begins_at, ceremony.ends_at
    return begins is not None and ends is not None and begins <= clock.now < ends


def _too_many(request: HttpRequest) -> bool:
    device = Count("pledge_numbers_of_device", who=f"attend:{device_of(request)}")
    return device.add() > device.most


def _noted(ceremony: Ceremony, form: AttendForm, clock: Clock) -> bool:
    data = form.cleaned_data
    if not data["nomor"]:
        guest = Guest(name=data["nama"], position=data["jabatan"], institution=data["instansi"])
        attend_as_guests(
            ceremony=ceremony, guests=[guest], way=AttendanceWay.QR, actor=CITIZEN, clock=clock
        )
        return True
    post = post_by_number(agency_id=ceremony.agency_id, number=data["nomor"], day=ceremony.held_on)
    if post is None:
        form.add_error("nomor", _("Nomor ini tidak tercatat. Isi nama bila Anda tamu."))
        return False
    attend_as_staff(ceremony=ceremony, post=post, way=AttendanceWay.QR, actor=CITIZEN, clock=clock)
    return True
