"""Ways in that many share: the QR code on a wall, and printed personal codes."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from neutrality.accounts.limits import Count, address_of, network_of
from neutrality.casework.refusals import Refused
from neutrality.documents.codes import read_code
from neutrality.law.clock import Clock, read_clock
from neutrality.ui.forms import render_form
from pledges.codes import Assurance, SigningChannel, WallKind
from pledges.forms.public import CodeForm, NumberForm, PrintedForm
from pledges.models import Ceremony, Obligation, WallCode
from pledges.selectors.windows import open_ceremony, owed_by_number
from pledges.services.check_person import check_code, send_code
from pledges.services.codes import to_sign
from pledges.services.printed_codes import check_printed
from pledges.views.public.identified import OWN, Proof, remember
from pledges.views.public.signing import STEPS, circulars_of, next_page
from pledges.workflow.refusals import PledgeRefusal, refusal

GET_OR_POST: Final = ["GET", "HEAD", "POST"]
WAITING_KEY: Final = "pledge_number"
DEVICE_KEY: Final = "pledge_device"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Say how one comes in."""
    return render(request, "pledges/public/index.html")


@never_cache
@require_http_methods(GET_OR_POST)
def wall(request: HttpRequest, token: str) -> HttpResponse:
    """Take a number, and send a code to the address that is known; say nothing of either."""
    code, clock = _wall(token), read_clock()
    held = _ceremony(code, clock)
    form = NumberForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if _too_many(request, in_ceremony=held is not None):
            form.add_error(None, _("Terlalu banyak nomor dari sini. Tunggu sebentar."))
        else:
            _send(request, code, form.cleaned_data["nomor"], clock)
            return redirect("pledges_public:wall_code", token=token)
    return render_form(request, "pledges/public/number.html", form, context=_about(code))


@never_cache
@require_http_methods(GET_OR_POST)
def wall_code(request: HttpRequest, token: str) -> HttpResponse:
    """Take the code; the right one opens the text for half an hour."""
    code, clock = _wall(token), read_clock()
    waiting = request.session.get(WAITING_KEY)
    if not waiting or waiting["wall"] != code.pk:
        return redirect("pledges_public:wall", token=token)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        found = _checked(waiting["obligation"], form, clock)
        if found is not None:
            held = _ceremony(code, clock)
            _let_in(request, found, held, clock)
            return redirect(next_page(found[0]), token=OWN)
    context = _about(code) | {"wall": token}
    return render_form(request, "pledges/public/number_code.html", form, context=context)


@never_cache
@require_http_methods(GET_OR_POST)
def printed(request: HttpRequest, code: str = "") -> HttpResponse:
    """Take a printed code with its owner's number; the right pair opens the text."""
    clock = read_clock()
    form = PrintedForm(
        request.POST if request.method == "POST" else None,
        initial={"kode": read_code(code) or ""},
    )
    if form.is_bound and form.is_valid():
        found = _printed(request, form, clock)
        if found is not None:
            return redirect(next_page(found), token=OWN)
    return render_form(request, "pledges/public/printed.html", form)


def wall_of(token: str, kind: WallKind) -> WallCode:
    """Return the code in use on a wall, or 404."""
    rows = WallCode.objects.select_related("round__agency", "round__office", "unit", "ceremony")
    found = rows.filter(token=token, kind=kind, revoked_at=None).first()
    if found is None:
        raise Http404
    return found


def device_of(request: HttpRequest) -> str:
    """Return what names this browser, made when it comes first."""
    if DEVICE_KEY not in request.session:
        request.session.save()
        request.session[DEVICE_KEY] = request.session.session_key
    return str(request.session[DEVICE_KEY])


def _wall(token: str) -> WallCode:
    found = wall_of(token, WallKind.SIGN)
    if found.round is None:
        raise Http404
    return found


def _ceremony(code: WallCode, clock: Clock) -> Ceremony | None:
    return open_ceremony(round_id=code.round_id or 0, clock=clock)


def _too_many(request: HttpRequest, *, in_ceremony: bool) -> bool:
    """Whether this device asked for too many; outside a ceremony also the address."""
    device = Count("pledge_numbers_of_device", who=device_of(request))
    if device.add() > device.most:
        return True
    if in_ceremony:
        return False  # hundreds of people stand behind the one address of the hall
    visitor = Count("pledge_numbers", who=network_of(address_of(request)))
    return visitor.add() > visitor.most


def _send(request: HttpRequest, code: WallCode, number: str, clock: Clock) -> None:
    """Send a code to whom the number names.

    Who is unknown, unreachable or of another unit than the code's sees the same page.
    """
    owed = _named(code, number, clock)
    request.session[WAITING_KEY] = {"wall": code.pk, "obligation": owed.pk if owed else 0}
    if owed is None:
        return
    try:
        send_code(obligation_id=owed.pk, clock=clock)
    except Refused:
        return


def _named(code: WallCode, number: str, clock: Clock) -> Obligation | None:
    place = code.round
    if place is None:
        return None
    day = clock.today_in(place.office.tz)
    return owed_by_number(round_id=place.pk, number=number, day=day, unit=code.unit)


def _checked(obligation_id: int, form: CodeForm, clock: Clock) -> tuple[Obligation, int] | None:
    """Return who typed the right code and the code's row; else say what is wrong on the form."""
    if not obligation_id:
        form.add_error("kode", str(refusal(PledgeRefusal.WRONG_CODE).sentence))
        return None
    try:
        code = check_code(obligation_id=obligation_id, typed=form.cleaned_data["kode"], clock=clock)
    except Refused as refused:
        form.add_error("kode", str(refused.refusal.sentence))
        return None
    return to_sign().get(pk=obligation_id), code.pk


def _let_in(
    request: HttpRequest,
    found: tuple[Obligation, int],
    held: Ceremony | None,
    clock: Clock,
) -> None:
    obligation, code_id = found
    request.session.pop(WAITING_KEY, None)
    proof = Proof(
        obligation=obligation.pk,
        code=code_id,
        assurance=Assurance.ONE_TIME_CODE,
        channel=SigningChannel.WALL,
        ceremony=held.pk if held else None,
    )
    remember(request, proof, clock)


def _printed(request: HttpRequest, form: PrintedForm, clock: Clock) -> Obligation | None:
    tries = Count("pledge_codes_of_visitor", who=device_of(request))
    if tries.reached():
        form.add_error(None, _("Terlalu banyak percobaan dari sini. Tunggu sebentar."))
        return None
    data = form.cleaned_data
    try:
        code = check_printed(
            code=data["kode"], number=data["nomor"], day=clock.now.date(), clock=clock
        )
    except Refused as refused:
        tries.add()
        words = refused.refusal.sentence
        if refused.refusal.code == PledgeRefusal.WRONG_CODE:
            words = _("Kode dan nomor ini belum cocok. Periksa keduanya.")
        form.add_error("kode", str(words))
        return None
    obligation = to_sign().get(pk=code.obligation_id)
    held = open_ceremony(round_id=obligation.round_id, clock=clock)
    proof = Proof(
        obligation=obligation.pk,
        code=code.pk,
        assurance=Assurance.PERSONAL_CODE,
        channel=SigningChannel.PRINT,
        ceremony=held.pk if held else None,
    )
    remember(request, proof, clock)
    return obligation


def _about(code: WallCode) -> dict[str, Any]:
    place = code.round
    circulars = circulars_of(place) if place else []
    return {
        "agency": place.agency.name if place else "",
        "unit": code.unit.name if code.unit else "",
        "circulars": circulars,
        "steps": [str(step) for step in STEPS],
        "now": 1,
    }
