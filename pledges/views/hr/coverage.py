"""Seeing: coverage at any node, who has not signed, the people, the day, other rounds."""

from datetime import date
from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.audit.record import record_access
from neutrality.ui.pages import list_page
from pledges.access import TOLD_REFUSALS, WATCHERS
from pledges.codes import GapReason, ObligationState
from pledges.models import Obligation
from pledges.papers import hour_pdf
from pledges.selectors.comparison import earlier_rounds
from pledges.selectors.coverage import coverage_tree
from pledges.selectors.day_trend import day_to_show, day_trend
from pledges.selectors.gaps import ORDER, below, not_signed
from pledges.selectors.hour_page import (
    LEADER_ORDER,
    day_of,
    hour_page,
    leader_lines,
    missing_leaders,
)
from pledges.selectors.round_pages import coverage_page, gap_lines, person_lines
from pledges.selectors.text_changes import had_another_text
from pledges.selectors.texts import text_page
from pledges.views.hr.loading import load_seen, unit_asked
from pledges.views.public.signing import pdf_response

SHORTEST_NAME: Final = 3


@never_cache
@require_safe
@staff_page(*WATCHERS)
def round_page(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show how many have signed, unit by unit."""
    place, sight = load_seen(request, public_id)
    unit = unit_asked(request, place, sight)
    path = unit.path if unit else ""
    tree = coverage_tree(place=place, path=path) if place.asks_individuals else None
    page = coverage_page(place=place, unit=unit, tree=tree, sight=sight)
    context = {
        "place": place,
        "page": page,
        "sight": sight,
        "tz": place.office.tz,
        "now": request.clock.now,
    }
    return render(request, "pledges/hr/round.html", context)


@never_cache
@require_safe
@staff_page(*WATCHERS)
def gaps(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """List who has not signed, with the reason."""
    place, sight = load_seen(request, public_id)
    unit = unit_asked(request, place, sight)
    reason = request.GET.get("sebab", "")
    rows = not_signed(
        place=place,
        day=day_of(place=place, now=request.clock.now),
        path=unit.path if unit else "",
        reason=reason,
        tells_refusals=sight.tells_refusals,
    )
    listing = list_page(request, rows, order=ORDER)
    told = [row for row in GapReason.choices if sight.tells_refusals or row[0] != GapReason.REFUSED]
    context = {
        "place": place,
        "unit": unit,
        "sight": sight,
        "listing": listing,
        "lines": gap_lines(listing.page.items, place=place, sight=sight),
        "reasons": told,
        "reason": reason if reason in GapReason.values else "",
    }
    return render(request, "pledges/hr/gaps.html", context)


@never_cache
@require_safe
@staff_page(*WATCHERS)
def people(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """List everybody at a node, by state or by a piece of the name."""
    place, sight = load_seen(request, public_id)
    unit = unit_asked(request, place, sight)
    state, name = request.GET.get("keadaan", ""), request.GET.get("nama", "").strip()[:100]
    states = [
        row
        for row in ObligationState.choices
        if sight.tells_refusals or row[0] != ObligationState.REFUSED
    ]
    rows = Obligation.objects.filter(round=place).select_related("person", "employment", "unit_now")
    rows = rows.filter(below(unit.path)) if unit else rows
    if state in dict(states):
        rows = rows.filter(state=state)
    if len(name) >= SHORTEST_NAME:
        rows = rows.filter(person__name__icontains=name)
    listing = list_page(request, rows, order=ORDER)
    context = {
        "place": place,
        "unit": unit,
        "listing": listing,
        "lines": person_lines(listing.page.items, place=place, sight=sight),
        "states": states,
        "state": state,
        "name": name,
    }
    return render(request, "pledges/hr/people.html", context)


@never_cache
@require_safe
@staff_page(*WATCHERS)
def day(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show one day hour by hour; without a date, that of the latest ceremony."""
    place, sight = load_seen(request, public_id)
    unit = unit_asked(request, place, sight)
    now = request.clock.now
    asked = _day(request.GET.get("tanggal", "")) or day_to_show(place=place, now=now)
    trend = day_trend(place=place, day=asked, now=now, path=unit.path if unit else "")
    context = {"place": place, "unit": unit, "trend": trend, "today": day_of(place=place, now=now)}
    return render(request, "pledges/hr/day.html", context)


@never_cache
@require_safe
@staff_page(*WATCHERS)
def texts(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show how many have signed the present text, former ones, and any of them."""
    place, sight = load_seen(request, public_id)
    if not (place.asks_individuals and had_another_text(place=place)):
        raise Http404
    unit = unit_asked(request, place, sight)
    context = {"place": place, "unit": unit, "page": text_page(place=place, unit=unit)}
    return render(request, "pledges/hr/texts.html", context)


@never_cache
@require_safe
@staff_page(*WATCHERS)
def compare(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show the round beside the others of its agency."""
    place, _sight = load_seen(request, public_id)
    context = {"place": place, "comparison": earlier_rounds(place=place)}
    return render(request, "pledges/hr/compare.html", context)


@never_cache
@require_safe
@staff_page(*TOLD_REFUSALS)
def hour(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show the sheet of this hour."""
    place, sight = load_seen(request, public_id)
    if not (sight.tells_refusals and place.asks_individuals):
        raise Http404
    now = request.clock.now
    missing = missing_leaders(place=place, now=now)
    listing = list_page(request, missing, order=LEADER_ORDER, size=50)
    context = {
        "place": place,
        "page": hour_page(place=place, now=now),
        "listing": listing,
        "leaders": leader_lines(place=place, rows=listing.page.items),
    }
    return render(request, "pledges/hr/hour.html", context)


@never_cache
@require_safe
@staff_page(*TOLD_REFUSALS)
def hour_paper(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Hand out the sheet of this hour as one page of A4; the access log keeps who took it."""
    place, sight = load_seen(request, public_id)
    if not (sight.tells_refusals and place.asks_individuals):
        raise Http404
    pdf = hour_pdf(page=hour_page(place=place, now=request.clock.now))
    record_access(
        what="pledge_round.hour_sheet",
        subject=place.ref(),
        actor=request.actor,
        clock=request.clock,
        organisation=place.agency.ref(),
    )
    response = pdf_response(pdf)
    name = _("lembar-per-pukul")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
