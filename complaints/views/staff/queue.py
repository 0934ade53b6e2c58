"""The queues of reports and tips, and what needs this person now."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from complaints import access
from complaints.codes import ReportState, TipState
from complaints.selectors import inbox as inboxes, report_queue
from complaints.selectors.offices import next_opening
from complaints.views.loading import OFFICE, today
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role
from neutrality.ui.pages import list_page


@never_cache
@require_safe
@staff_page(*OFFICE)
def inbox(request: StaffRequest) -> HttpResponseBase:
    """Show what needs this person now."""
    works = inboxes.inbox(actor=request.actor, day=today(request), clock=request.clock)
    context = {"works": works, "may_enter": request.actor.holds(Role.INTAKE)}
    return render(request, "complaints/staff/inbox.html", context)


@never_cache
@require_safe
@staff_page(*OFFICE)
def reports(request: StaffRequest) -> HttpResponseBase:
    """Show the reports of the actor's offices, by their clocks."""
    rows = access.reports_for(actor=request.actor, day=today(request))
    context = {
        "title": _("Laporan"),
        "prefix": reverse("staff:reports"),
        "may_enter": request.actor.holds(Role.INTAKE),
    }
    return _queue(request, rows, ReportState, context)


@never_cache
@require_safe
@staff_page(*OFFICE)
def tips(request: StaffRequest) -> HttpResponseBase:
    """Show the preliminary information of the actor's offices, by its clocks."""
    rows = access.tips_for(actor=request.actor, day=today(request))
    context = {"title": _("Informasi awal"), "prefix": reverse("staff:tips"), "may_enter": False}
    return _queue(request, rows, TipState, context)


def _queue(
    request: StaffRequest,
    rows: Any,  # noqa: ANN401  of reports or of tips
    states: type[ReportState] | type[TipState],
    context: dict[str, Any],
) -> HttpResponse:
    wanted = report_queue.wanted_from(request.GET, states=states)
    if wanted.due == report_queue.BEFORE_OPENING:
        wanted = replace(wanted, opens_at=next_opening(actor=request.actor, clock=request.clock))
    actor, now = request.actor, request.clock.now
    texts = report_queue.queue_rows(rows=rows, wanted=wanted, actor=actor, now=now)
    narrowed = report_queue.filtered(rows=rows, wanted=wanted, actor=actor, now=now)
    listing = list_page(request, texts, order=wanted.order)
    items, prefix = listing.page.items, context["prefix"]
    context |= {
        "listing": listing,
        "rows": report_queue.shown(items=items, states=states, prefix=prefix, now=now),
        "count": report_queue.count_of(narrowed),
        "filters": report_queue.filters(wanted=wanted, states=states),
        "wanted": wanted,
        "listing_name": "reports" if states is ReportState else "tips",
    }
    return render(request, "complaints/staff/queue.html", context)
