"""The calendar of an office: sessions and meetings to come, on a page and as a secret feed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from complaints.calendar_file import calendar_file
from complaints.selectors.case_calendar import (
    EVERYWHERE,
    MOST,
    coming,
    events,
    offices_to_choose,
    where_of,
)
from complaints.services.calendar_feed import issue_feed, owner_of, revoke_feed
from complaints.views.loading import OFFICE, today
from neutrality.accounts.actors import actor_of
from neutrality.accounts.http import GRANT_ZONE, StaffRequest, staff_page
from neutrality.law.clock import read_clock


@require_safe
@staff_page(*OFFICE)
def calendar(request: StaffRequest) -> HttpResponseBase:
    """Show what is coming, day by day: of the own offices, or of those chosen below them."""
    actor, wanted = request.actor, request.GET.get("kantor", "")
    found = coming(
        actor=actor,
        day=today(request),
        clock=request.clock,
        where=where_of(wanted=wanted, actor=actor),
    )
    context = {
        "days": found.days,
        "until": found.until,
        "most": MOST,
        "wanted": wanted,
        "everywhere": EVERYWHERE,
        "offices": offices_to_choose(actor=actor),
    }
    return render(request, "complaints/staff/case_calendar.html", context)


@never_cache
@require_POST
@staff_page(*OFFICE)
@sensitive_variables("token")
def new_feed(request: StaffRequest) -> HttpResponseBase:
    """Make the reader's secret address and show it, once."""
    token = issue_feed(actor=request.actor, clock=request.clock)
    address = request.build_absolute_uri(reverse("staff:calendar_file", args=[token]))
    return render(request, "complaints/staff/calendar_feed.html", {"address": address})


@never_cache
@require_POST
@staff_page(*OFFICE)
def end_feed(request: StaffRequest) -> HttpResponseBase:
    """End the reader's secret address."""
    if revoke_feed(actor=request.actor, clock=request.clock):
        messages.success(request, _("Alamat kalender tidak berlaku lagi."))
    return redirect("staff:calendar")


@never_cache
@require_safe
@sensitive_variables("token")
def feed(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001  a program reads it, without a login
    """Hand the appointments of the address's owner to a calendar program."""
    owner = owner_of(token=token)
    if owner is None:
        raise Http404
    clock = read_clock()
    day = clock.today_in(GRANT_ZONE)
    actor = actor_of(user=owner, day=day)
    with override(owner.language):
        found = list(events(actor=actor, day=day, clock=clock))
        data = calendar_file(name=_("Kalender kantor"), events=found, made_at=clock.now)
    return HttpResponse(data, content_type="text/calendar; charset=utf-8")
