"""Rounds: list, opening, inviting, moves and closing."""

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role
from neutrality.casework.refusals import Refused
from neutrality.elections.models import Contest, Election
from neutrality.law.codes import PledgeTextCode
from neutrality.organisations.selectors import NoOffice
from neutrality.organisations.validity import in_force
from neutrality.ui.confirm import confirmation_page, is_confirmed
from neutrality.ui.forms import render_form
from neutrality.ui.pages import list_page
from pledges.access import HR, WATCHERS, agencies_for, rounds_seen_by
from pledges.codes import RoundKind
from pledges.forms.hr import OpenRoundForm
from pledges.models import Round
from pledges.selectors.coverage import whole_coverage
from pledges.selectors.round_pages import round_lines
from pledges.services.close_round import close_round
from pledges.services.follow_moves import follow_moves
from pledges.services.invite import to_invite
from pledges.services.open_round import RoundPlan, open_round, people_on_roster, watching_office
from pledges.tasks import ask_everybody_again, invite_everybody, lapse_everybody
from pledges.views.hr.loading import load_round, refusal_page, today
from pledges.workflow.refusals import AlreadyThere, PledgeRefusal

GET_OR_POST: Final = ["GET", "HEAD", "POST"]


@never_cache
@require_safe
@staff_page(*WATCHERS)
def round_list(request: StaffRequest) -> HttpResponse:
    """List the rounds that the actor may see, each with its coverage now."""
    rows = rounds_seen_by(actor=request.actor).prefetch_related("elections")
    listing = list_page(request, rows, order=("-opens_at", "-pk"))
    coverage = whole_coverage(rounds=listing.page.items)
    context = {
        "listing": listing,
        "lines": round_lines(listing.page.items, coverage),
        "may_act": Role.HR_PLEDGES in request.actor.roles,
    }
    return render(request, "pledges/hr/rounds.html", context)


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def open_page(request: StaffRequest) -> HttpResponse:
    """Ask what a round needs, say how many will be asked, then open it."""
    form = OpenRoundForm(
        request.POST if request.method == "POST" else None,
        agencies=agencies_for(actor=request.actor),
        elections=_elections(today(request)),
        today=today(request),
        initial={
            "per_tanggal": today(request),
            "siapa": RoundKind.INDIVIDUAL,
            "sampai": _candidates_determined(today(request)),
        },
    )
    form.cancel_url = reverse("pledges_hr:rounds")
    if form.is_bound and form.is_valid():
        plan = _plan(form)
        if plan is not None and not is_confirmed(request):
            return _ask_before_opening(request, plan)
        opened = _open(request, form, plan) if plan else None
        if opened is not None:
            return redirect("pledges_hr:round", opened)
    return render_form(request, "pledges/hr/open.html", form)


@require_POST
@staff_page(*HR)
def invite_all(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Say how many will be written to, then send the invitations in the background."""
    place = load_round(request, public_id)
    back = reverse("pledges_hr:round", args=[public_id])
    if not is_confirmed(request):
        return _ask_before_inviting(request, place, back)
    with transaction.atomic():
        transaction.on_commit(partial(invite_everybody.delay, place.pk, request.user.pk))
    messages.success(request, _("Undangan sedang dikirim kepada yang alamatnya tercatat."))
    return redirect(back)


@require_POST
@staff_page(*HR)
def moves(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take over where people work today."""
    place = load_round(request, public_id)
    day = request.clock.today_in(place.office.tz)
    moved = follow_moves(round_id=place.pk, day=day, actor=request.actor, clock=request.clock)
    words = ngettext("%(n)d pegawai pindah unit.", "%(n)d pegawai pindah unit.", moved)
    messages.success(request, words % {"n": moved})
    return redirect("pledges_hr:round", public_id)


@require_POST
@staff_page(*HR)
def close(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Close the round after a question; its figures freeze."""
    place = load_round(request, public_id)
    back = reverse("pledges_hr:round", args=[public_id])
    if not is_confirmed(request):
        return confirmation_page(
            request,
            heading=_("Tutup putaran ini?"),
            consequence=_(
                "Angkanya dibekukan dan tidak berubah lagi. Yang diundang dan belum "
                "menandatangani dinyatakan lewat batas waktu. Tanda tangan sesudahnya "
                "dicatat sebagai terlambat."
            ),
            button=_("Ya, tutup putaran"),
            back_url=back,
        )
    try:
        close_round(round_id=place.pk, actor=request.actor, clock=request.clock)
    except Refused as refused:
        if refused.refusal.code == PledgeRefusal.ASKING_AGAIN:
            # Should its worker have died, nobody has to wait until the schedule finds it.
            ask_everybody_again.delay(place.pk)
        return refusal_page(request, refused, back)
    lapse_everybody.delay(place.pk)
    messages.success(request, _("Putaran ditutup dan angkanya dibekukan."))
    return redirect(back)


def _elections(day: date) -> QuerySet[Election]:
    """Return the elections that run, and those to come: one pledge may be for both."""
    return Election.objects.filter(in_force(day) | Q(polling_on__gte=day)).order_by("polling_on")


def _candidates_determined(day: date) -> date | None:
    """Return when candidates of an election to come are determined: the usual end of a round."""
    rows = Contest.objects.filter(
        election__in=_elections(day), candidates_determined_on__gte=day
    ).order_by("candidates_determined_on")
    return rows.values_list("candidates_determined_on", flat=True).first()


def _plan(form: OpenRoundForm) -> RoundPlan | None:
    """Return the plan, or None with an error on the form."""
    data = form.cleaned_data
    agency = data["instansi"]
    try:
        office = watching_office(agency=agency, day=data["per_tanggal"])
    except NoOffice:
        form.add_error("per_tanggal", _("Pada tanggal ini belum ada kantor pengawas."))
        return None
    end = datetime.combine(data["sampai"] + timedelta(days=1), time(0), tzinfo=office.tz)
    return RoundPlan(
        agency_id=agency.pk,
        election_ids=[election.pk for election in data["pemilihan"]],
        kind=RoundKind(data["siapa"]),
        text=PledgeTextCode(data["naskah"]),
        snapshot_on=data["per_tanggal"],
        closes_at=end - timedelta(minutes=1),
        with_non_asn=data["non_asn"],
        circular_number=data["nomor_edaran"],
        circular_on=data["tanggal_edaran"],
    )


def _ask_before_inviting(request: StaffRequest, place: Round, back: str) -> HttpResponse:
    people = to_invite(round_id=place.pk).count()
    if not people:
        words = _("Tidak ada yang perlu diundang: semua yang alamatnya tercatat sudah diundang.")
        messages.info(request, words)
        return redirect(back)
    consequence = ngettext(
        "%(n)d pegawai menerima tautan pribadi lewat surel, WhatsApp, atau SMS.",
        "%(n)d pegawai menerima tautan pribadi lewat surel, WhatsApp, atau SMS.",
        people,
    )
    return confirmation_page(
        request,
        heading=_("Kirim undangan sekarang?"),
        consequence=consequence % {"n": people},
        button=_("Ya, kirim undangan"),
        back_url=back,
    )


def _ask_before_opening(request: StaffRequest, plan: RoundPlan) -> HttpResponse:
    people = people_on_roster(
        agency_id=plan.agency_id, day=plan.snapshot_on, with_non_asn=plan.with_non_asn
    )
    words = _("%(people)d pegawai wajib menandatangani. Belum ada undangan yang dikirim.")
    if plan.kind == RoundKind.REPRESENTATIVE:
        words = _("Hanya perwakilan yang menandatangani; tidak ada pegawai yang ditagih.")
    consequence = words % {"people": people} if "%" in words else words
    if _asks_twice(plan):
        twice = _(
            "Putaran lain untuk pemilihan ini masih berjalan: orang yang sama ditagih dua kali."
        )
        consequence = f"{consequence} {twice}"
    return confirmation_page(
        request,
        heading=_("Buka putaran ini?"),
        consequence=consequence,
        button=_("Ya, buka putaran"),
        back_url=reverse("pledges_hr:open"),
    )


def _asks_twice(plan: RoundPlan) -> bool:
    """Whether another round that runs asks the same people to sign for one of these elections."""
    running = Round.objects.filter(
        agency_id=plan.agency_id, closed_at=None, elections__in=plan.election_ids
    ).exclude(kind=RoundKind.REPRESENTATIVE)
    return plan.kind != RoundKind.REPRESENTATIVE and running.exists()


def _open(request: StaffRequest, form: OpenRoundForm, plan: RoundPlan) -> UUID | None:
    """Return which round was opened, or had just been; None with an error on the form."""
    try:
        opened = open_round(plan=plan, actor=request.actor, clock=request.clock)
    except AlreadyThere as there:
        messages.info(request, str(there.refusal.sentence))
        return there.public_id
    except Refused as refused:
        form.add_error("per_tanggal", str(refused.refusal.sentence))
        return None
    messages.success(request, _("Putaran dibuka."))
    return opened.public_id
