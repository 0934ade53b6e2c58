"""The tablet: the attendant unlocks, the person reads and signs, the next one comes."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock, read_clock
from neutrality.ui.confirm import confirmation_page, is_confirmed
from neutrality.ui.forms import render_form
from neutrality.ui.parts import SummaryRow
from pledges.codes import HAS_SIGNED
from pledges.forms.public import CardForm, DeskForm, SignForm
from pledges.models import Kiosk, Obligation
from pledges.selectors.translations import translation_of
from pledges.selectors.windows import owed_by_number
from pledges.services.codes import find_to_sign
from pledges.services.kiosk import attendant_of, check_pin, close_kiosk, is_open, sign_attended
from pledges.services.sign_pledge import Pen
from pledges.views.public.signing import circulars_of, explain

GET_OR_POST: Final = ["GET", "HEAD", "POST"]
KIOSK_KEY: Final = "pledge_kiosk"
PERSON_KEY: Final = "pledge_kiosk_person"
UNLOCKED: Final = timedelta(minutes=10)


@never_cache
@require_http_methods(GET_OR_POST)
def desk(request: HttpRequest) -> HttpResponse:
    """The attendant says who stands here."""
    clock = read_clock()
    kiosk = kiosk_of(request, clock)
    if kiosk is None:
        return render(request, "pledges/desk/closed.html")
    request.session.pop(PERSON_KEY, None)
    form = DeskForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        owed = _unlocked(kiosk, form, clock)
        if owed is not None:
            until = (clock.now + UNLOCKED).isoformat()
            request.session[PERSON_KEY] = {"obligation": owed.pk, "card": False, "until": until}
            return redirect("pledges_public:desk_card")
    context = {"kiosk": kiosk, "agency": kiosk.round.agency.name}
    return render_form(request, "pledges/desk/desk.html", form, context=context)


@never_cache
@require_http_methods(GET_OR_POST)
def card(request: HttpRequest) -> HttpResponse:
    """The attendant compares the card with what is recorded, and hands the tablet over."""
    clock = read_clock()
    kiosk, owed = kiosk_of(request, clock), _person(request, clock)
    if kiosk is None or owed is None:
        return redirect("pledges_public:desk")
    form = CardForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        request.session[PERSON_KEY] = {**request.session[PERSON_KEY], "card": True}
        return redirect("pledges_public:desk_sign")
    context = {"rows": _rows(owed), "signed": owed.state in HAS_SIGNED}
    return render_form(request, "pledges/desk/card.html", form, context=context)


@never_cache
@require_http_methods(GET_OR_POST)
def sign(request: HttpRequest) -> HttpResponse:
    """The person reads and signs."""
    clock = read_clock()
    kiosk, owed = kiosk_of(request, clock), _person(request, clock)
    if kiosk is None or owed is None or not request.session[PERSON_KEY]["card"]:
        return redirect("pledges_public:desk")
    text = owed.round.text
    form = SignForm(
        request.POST if request.method == "POST" else None, initial={"naskah": text.sha256}
    )
    if form.is_bound and form.is_valid():
        try:
            _sign(kiosk, owed, form, clock)
        except Refused as refused:
            explain(form, refused, text.sha256)
        else:
            del request.session[PERSON_KEY]
            return redirect("pledges_public:desk_done")
    context = {
        "rows": _rows(owed),
        "text": text,
        "translation": translation_of(text),
        "circulars": circulars_of(owed.round),
        "desk_url": reverse("pledges_public:desk"),
        "layout": "pledges/desk/base.html",
        "is_closed": owed.round.closed_at is not None,
    }
    return render_form(request, "pledges/public/sign.html", form, context=context)


@never_cache
@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """Thank, without a name: the next person already looks at the tablet."""
    if kiosk_of(request, read_clock()) is None:
        return redirect("pledges_public:desk")
    return render(request, "pledges/desk/done.html")


@never_cache
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close the tablet."""
    clock = read_clock()
    kiosk = kiosk_of(request, clock)
    if kiosk is not None and not is_confirmed(request):
        return confirmation_page(
            request,
            heading=_("Tutup layar penandatanganan ini?"),
            consequence=_("Untuk membukanya lagi petugas harus masuk ke akunnya."),
            button=_("Ya, tutup layar"),
            back_url=reverse("pledges_public:desk"),
        )
    if kiosk is not None:
        close_kiosk(kiosk=kiosk, actor=attendant_of(kiosk=kiosk, clock=clock), clock=clock)
    request.session.flush()
    return redirect("pledges_public:desk")


def kiosk_of(request: HttpRequest, clock: Clock) -> Kiosk | None:
    """Return the open tablet that this browser is, or None."""
    pk = request.session.get(KIOSK_KEY)
    joined = Kiosk.objects.select_related("round__agency", "round__office", "attendant", "ceremony")
    kiosk = joined.filter(pk=pk).first() if pk else None
    return kiosk if kiosk is not None and is_open(kiosk=kiosk, clock=clock) else None


def _unlocked(kiosk: Kiosk, form: DeskForm, clock: Clock) -> Obligation | None:
    """Return whom the number names, once the PIN is right; else say what is wrong on the form."""
    try:
        check_pin(kiosk=kiosk, pin=form.cleaned_data["pin"], clock=clock)
    except Refused as refused:
        form.add_error("pin", str(refused.refusal.sentence))
        return None
    day = clock.today_in(kiosk.round.office.tz)
    number = form.cleaned_data["nomor"]
    owed = owed_by_number(round_id=kiosk.round_id, number=number, day=day)
    if owed is None:
        form.add_error("nomor", _("Nomor ini tidak wajib menandatangani pada putaran ini."))
    return owed


def _person(request: HttpRequest, clock: Clock) -> Obligation | None:
    kept = request.session.get(PERSON_KEY)
    if not kept or clock.now >= datetime.fromisoformat(kept["until"]):
        return None
    return find_to_sign(key=kept["obligation"])


def _sign(kiosk: Kiosk, owed: Obligation, form: SignForm, clock: Clock) -> None:
    pen = Pen(
        text_sha256=form.cleaned_data["naskah"],
        typed_name=form.cleaned_data["nama"],
        drawing=form.cleaned_data["gambar"],
        code_id=0,
    )
    sign_attended(kiosk=kiosk, obligation_id=owed.pk, pen=pen, clock=clock)


def _rows(owed: Obligation) -> list[Any]:
    unit = owed.unit_now
    return [
        SummaryRow(_("Nama"), owed.person.name),
        SummaryRow(_("Jabatan"), owed.employment.position_title),
        SummaryRow(_("Unit kerja"), unit.name if unit else owed.round.agency.name),
    ]
