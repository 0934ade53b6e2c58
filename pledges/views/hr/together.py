"""Signing together: is everything ready, what is printed, which codes hang, which tablets stand."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.organisations.models import Unit
from neutrality.ui.confirm import confirmation_page, is_confirmed
from neutrality.ui.forms import render_form
from neutrality.ui.pages import list_page
from pledges.codes import WallKind
from pledges.forms.together import KioskForm
from pledges.models import Ceremony, Kiosk, Obligation, Round, WallCode
from pledges.printing import codes_pdf, sheets_pdf, wall_pdf
from pledges.reach import OPERATORS, is_hr_of, obligations_within, units_within
from pledges.selectors.readiness import (
    printed_before,
    readiness,
    still_to_sign,
    suspicious,
    unreachable,
)
from pledges.selectors.unit_names import UnitNames
from pledges.selectors.windows import open_ceremony
from pledges.services.kiosk import close_kiosk, open_kiosk
from pledges.services.print_sheets import print_sheets
from pledges.services.printed_codes import print_codes
from pledges.services.wall_codes import revoke_wall_code, wall_code
from pledges.views.hr.reaching import GET_OR_POST, pdf, reach_round, reach_unit
from pledges.views.public.desk import KIOSK_KEY
from pledges.views.public.signing import circulars_of

MOST_SHEETS: Final = 500


@never_cache
@require_safe
@staff_page(*OPERATORS)
def together(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show on one page whether people can sign together, and everything that helps them to."""
    place = reach_round(request, public_id)
    unit = reach_unit(request, place)
    rows = _people(request, place, unit)
    held = open_ceremony(round_id=place.pk, clock=request.clock)
    context = {
        "place": place,
        "tz": place.office.tz,
        "unit": unit,
        "units": units_within(actor=request.actor, place=place).order_by("path"),
        "ready": readiness(place=place, rows=rows, clock=request.clock),
        "suspicious": suspicious(rows=rows)[:20],
        "held": held,
        "ceremonies": place.ceremonies.order_by("-held_on", "-pk")[:10],
        "walls": _walls(request, place),
        "kiosks": _kiosks(request, place),
        "is_hr": is_hr_of(actor=request.actor, place=place),
        "circulars": circulars_of(place),
    }
    return render(request, "pledges/together/together.html", context)


@never_cache
@require_safe
@staff_page(*OPERATORS)
def without_contact(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """List who has no working address, and whether a code is printed for them."""
    place = reach_round(request, public_id)
    unit = reach_unit(request, place)
    rows = unreachable(rows=_people(request, place, unit), place=place)
    listing = list_page(request, rows, order=("person__name", "pk"))
    names = UnitNames.of_agency(place.agency_id)
    lines = [(one, names.full(one.unit_now)) for one in listing.page.items]
    context = {"place": place, "unit": unit, "listing": listing, "lines": lines}
    return render(request, "pledges/together/without_contact.html", context)


@require_POST
@staff_page(*OPERATORS)
def print_paper(request: StaffRequest, public_id: UUID, what: str) -> HttpResponse:
    """Hand out sheets or strips with codes for a unit, 500 at most at a time."""
    place = reach_round(request, public_id)
    unit = reach_unit(request, place)
    rows = still_to_sign(rows=_people(request, place, unit))
    if what == "kode" and request.POST.get("siapa") != "semua":
        rows = unreachable(rows=rows, place=place)
    people = list(rows.order_by("unit_now__path", "person__name", "pk")[: MOST_SHEETS + 1])
    back = f"{reverse('pledges_together:together', args=[public_id])}"
    if not people or len(people) > MOST_SHEETS:
        words = (
            _("Tidak ada yang perlu dicetak.")
            if not people
            else _("Pilih unit yang lebih kecil: paling banyak 500 lembar sekali cetak.")
        )
        messages.error(request, words)
        return redirect(back)
    day = request.clock.today_in(place.office.tz)
    if what == "kode":
        replaced = printed_before(obligations=people)
        if replaced and not is_confirmed(request):
            return _ask_before_printing(request, replaced, back)
        codes = print_codes(obligations=people, actor=request.actor, clock=request.clock)
        return pdf(codes_pdf(place=place, codes=codes, day=day), "kode-pakta")
    if what != "lembar":
        raise Http404
    sheets = print_sheets(place=place, obligations=people, actor=request.actor, clock=request.clock)
    return pdf(sheets_pdf(place=place, text=place.text, sheets=sheets, day=day), "lembar-pakta")


def _ask_before_printing(request: StaffRequest, replaced: int, back: str) -> HttpResponse:
    words = ngettext(
        "%(n)d orang sudah punya kode cetak yang belum dipakai. Kode lama itu tidak membuka apa pun lagi, juga bila sudah dibagikan.",
        "%(n)d orang sudah punya kode cetak yang belum dipakai. Kode lama itu tidak membuka apa pun lagi, juga bila sudah dibagikan.",
        replaced,
    )
    return confirmation_page(
        request,
        heading=_("Cetak kode baru?"),
        consequence=words % {"n": replaced},
        button=_("Ya, cetak kode baru"),
        back_url=back,
    )


@require_POST
@staff_page(*OPERATORS)
def poster(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Hand out the poster with the code of a unit, or of the whole round."""
    place = reach_round(request, public_id)
    unit = reach_unit(request, place)
    if unit is None and not is_hr_of(actor=request.actor, place=place):
        raise Http404
    code = wall_code(
        kind=WallKind.SIGN,
        place=place,
        ceremony=None,
        unit=unit,
        actor=request.actor,
        clock=request.clock,
    )
    subtitle = unit.name if unit else _("Semua unit")
    return pdf(wall_pdf(code=code, agency=place.agency.name, subtitle=subtitle), "kode-qr-pakta")


@require_POST
@staff_page(*OPERATORS)
def take_down(request: StaffRequest, public_id: UUID, wall_id: int) -> HttpResponse:
    """Let a code on a wall open nothing any more."""
    place = reach_round(request, public_id)
    code = _walls(request, place).filter(pk=wall_id).first()
    if code is None:
        raise Http404
    if not is_confirmed(request):
        return confirmation_page(
            request,
            heading=_("Cabut kode QR ini?"),
            consequence=_(
                "Poster yang sudah tergantung tidak membuka apa pun lagi. Cetak dan gantung yang baru."
            ),
            button=_("Ya, cabut kode QR"),
            back_url=reverse("pledges_together:together", args=[public_id]),
        )
    revoke_wall_code(code=code, actor=request.actor, clock=request.clock)
    messages.success(request, _("Kode QR itu tidak berlaku lagi."))
    return redirect("pledges_together:together", public_id)


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*OPERATORS)
def open_tablet(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Turn this device into a tablet for signing: the officer is logged out of it."""
    place = reach_round(request, public_id)
    form = KioskForm(
        request.POST if request.method == "POST" else None,
        ceremonies=Ceremony.objects.filter(round=place),
    )
    form.cancel_url = reverse("pledges_together:together", args=[public_id])
    if form.is_bound and form.is_valid():
        kiosk = open_kiosk(
            place=place,
            ceremony=form.cleaned_data["acara"],
            pin=form.cleaned_data["pin"],
            hours=form.cleaned_data["jam"],
            actor=request.actor,
            clock=request.clock,
        )
        logout(request)
        request.session[KIOSK_KEY] = kiosk.pk
        return redirect("pledges_public:desk")
    context = {
        "place": place,
        "title": _("Buka layar penandatanganan"),
        "lead": _(
            "Perangkat ini keluar dari akun Anda dan hanya menampilkan halaman penandatanganan. Untuk setiap orang Anda melihat kartunya dan mengetik PIN."
        ),
    }
    return render_form(request, "pledges/together/form.html", form, context=context)


@require_POST
@staff_page(*OPERATORS)
def close_tablet(request: StaffRequest, public_id: UUID, kiosk_id: UUID) -> HttpResponse:
    """Close a tablet from afar."""
    place = reach_round(request, public_id)
    kiosk = _kiosks(request, place).filter(public_id=kiosk_id).first()
    if kiosk is None:
        raise Http404
    if not is_confirmed(request):
        return confirmation_page(
            request,
            heading=_("Tutup layar penandatanganan ini?"),
            consequence=_(
                "Orang yang sedang menandatangani di layar itu tidak dapat menyelesaikannya. Untuk membuka layar lagi petugas harus masuk ke akunnya."
            ),
            button=_("Ya, tutup layar"),
            back_url=reverse("pledges_together:together", args=[public_id]),
        )
    close_kiosk(kiosk=kiosk, actor=request.actor, clock=request.clock)
    messages.success(request, _("Layar ditutup."))
    return redirect("pledges_together:together", public_id)


def _people(request: StaffRequest, place: Round, unit: Unit | None) -> QuerySet[Obligation]:
    rows = obligations_within(actor=request.actor).filter(round=place)
    if unit is None:
        return rows
    return rows.filter(Q(unit_now__path=unit.path) | Q(unit_now__path__startswith=f"{unit.path}/"))


def _walls(request: StaffRequest, place: Round) -> QuerySet[WallCode]:
    rows = WallCode.objects.filter(round=place, kind=WallKind.SIGN, revoked_at=None)
    if not is_hr_of(actor=request.actor, place=place):
        rows = rows.filter(unit__in=units_within(actor=request.actor, place=place))
    return rows.select_related("unit", "round")


def _kiosks(request: StaffRequest, place: Round) -> QuerySet[Kiosk]:
    rows = Kiosk.objects.filter(
        round=place, closed_at=None, expires_at__gt=request.clock.now
    ).select_related("attendant", "ceremony")
    if not is_hr_of(actor=request.actor, place=place):
        rows = rows.filter(attendant_id=request.user.pk)
    return rows
