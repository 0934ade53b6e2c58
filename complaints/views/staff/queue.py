"""The queues of reports, tips and cases: filters, columns, pages."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from complaints.selectors.queue import narrowed, read_wanted
from complaints.selectors.queue_columns import COLUMNS, chosen_columns
from complaints.selectors.queue_conditions import MOST_FOUND, heads_of, is_cut
from complaints.selectors.queue_options import choices_of
from complaints.selectors.queue_rows import shown, values_of
from complaints.selectors.queue_wanted import (
    CASES,
    LISTINGS,
    REPORTS,
    TIPS,
    Listing as Queue,
    Wanted,
    order_of,
)
from complaints.services.choose_columns import choose_columns
from complaints.services.saved_views import kept_query
from complaints.views.loading import OFFICE, today
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role
from neutrality.ui.keyset import CappedCount, capped_count
from neutrality.ui.pages import Listing, list_page


@never_cache
@require_safe
@staff_page(*OFFICE)
def reports(request: StaffRequest) -> HttpResponseBase:
    """Show the reports of the actor's offices, by their clocks."""
    return _queue(request, REPORTS, pgettext("daftar", "Laporan"))


@never_cache
@require_safe
@staff_page(*OFFICE)
def tips(request: StaffRequest) -> HttpResponseBase:
    """Show the preliminary information of the actor's offices, by its clocks."""
    return _queue(request, TIPS, _("Informasi awal"))


@never_cache
@require_safe
@staff_page(*OFFICE)
def cases(request: StaffRequest) -> HttpResponseBase:
    """Show the cases of the actor's offices, by their clocks."""
    return _queue(request, CASES, _("Perkara"))


@never_cache
@require_POST
@staff_page(*OFFICE)
def columns(request: StaffRequest, listing: str) -> HttpResponseBase:
    """Keep the reader's columns of a list, and go back to it as it was filtered."""
    if listing not in LISTINGS:
        raise Http404
    choose_columns(
        listing=listing,
        keys=request.POST.getlist("kolom"),
        actor=request.actor,
        clock=request.clock,
    )
    query = kept_query(request.POST.get("saring", ""))
    return redirect(f"{reverse(LISTINGS[listing].view)}{'?' if query else ''}{query}")


def _queue(request: StaffRequest, listing: Queue, title: str) -> HttpResponse:
    actor, clock, day = request.actor, request.clock, today(request)
    wanted = read_wanted(request.GET, listing=listing, actor=actor, clock=clock)
    choices = choices_of(listing, wanted=wanted, actor=actor, day=day)
    chosen = chosen_columns(listing, choices.columns)
    found = narrowed(listing, wanted=wanted, actor=actor, day=day, clock=clock)
    heads = heads_of(found, listing=listing, wanted=wanted)
    values = values_of(heads, listing=listing, columns=chosen)
    page = list_page(request, values, order=order_of(listing, wanted))
    context: dict[str, Any] = {
        "title": title,
        "may_enter": listing is REPORTS and actor.holds(Role.INTAKE),
        "is_cases": listing is CASES,
        "is_cut": is_cut(listing, wanted=wanted, actor=actor, day=day),
        "most_found": MOST_FOUND,
        "listing": page,
        "listing_name": listing.name,
        "rows": shown(page.page.items, listing=listing, columns=chosen, now=clock.now),
        "columns": chosen,
        "all_columns": [(column, column in chosen) for column in COLUMNS[listing.name]],
        "count": _count(page, found, wanted),
        "filters": choices.filters,
        "wanted": wanted,
        "query": kept_query(request.GET.urlencode()),
    }
    return render(request, "complaints/staff/queue.html", context)


def _count(page: Listing[Any], found: QuerySet[Any], wanted: Wanted) -> CappedCount:
    """Count the files; a search says only whether there are more than the page shows.

    To count what a common word finds costs as much as to find all of it.
    """
    if not wanted.text:
        return capped_count(found)
    is_all = not (page.next_query or page.previous_query)
    return CappedCount(value=len(page.page.items), is_capped=not is_all)
