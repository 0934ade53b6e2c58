"""The dashboard of an office and everything below it."""

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from complaints.selectors import dashboard as selectors
from complaints.selectors.alarms import alarms as current_alarms
from complaints.selectors.figure_list import AFTER, FIGURE, Asked, figure_list, topic_of
from complaints.views.loading import today
from complaints.views.staff.export import ROLES as EXPORTERS
from neutrality.accounts.http import GRANT_ZONE, StaffRequest, staff_page
from neutrality.accounts.roles import Role
from neutrality.elections.models import Election
from neutrality.organisations.models import Office
from neutrality.ui.dates import say_short_instant


@never_cache
@require_safe
@staff_page(*selectors.ROLES)
def dashboard(request: StaffRequest) -> HttpResponseBase:
    """Show the figures of the office asked for, or of the highest that this person may see."""
    office, election = _office(request), _election(request.GET.get("pemilihan", ""))
    context = {
        "page": selectors.dashboard(office=office, election=election, actor=request.actor),
        "elections": selectors.elections(),
        "chosen": election.code if election else "",
        "may_see_alarms": request.actor.holds(Role.SUPERVISOR),
        "may_export": any(request.actor.holds(role) for role in EXPORTERS),
    }
    return render(request, "complaints/staff/dashboard.html", context)


@never_cache
@require_safe
@staff_page(*selectors.ROLES[:2])
def figure(request: StaffRequest) -> HttpResponseBase:
    """Show the files that one figure of an office counts."""
    office, election = _office(request), _election(request.GET.get("pemilihan", ""))
    named = topic_of(request.GET.get(FIGURE, ""))
    if named is None or not selectors.may_list(office=office, actor=request.actor):
        raise Http404
    listed = figure_list(
        asked=Asked(topic=named[0], keys=named[1], office=office, election=election),
        after=request.GET.get(AFTER, ""),
        actor=request.actor,
        day=today(request),
        clock=request.clock,
    )
    following = request.GET.copy()
    following[AFTER] = listed.next
    context = {
        "list": listed,
        "office": office,
        "election": election,
        "next": f"?{following.urlencode()}" if listed.next else "",
    }
    return render(request, "complaints/staff/figure_list.html", context)


@never_cache
@require_safe
@staff_page(Role.ADMIN, Role.AUDITOR, Role.SUPERVISOR)
def alarms(request: StaffRequest) -> HttpResponseBase:
    """Show what went wrong by itself."""
    context = {
        "alarms": current_alarms(clock=request.clock),
        "as_of": say_short_instant(request.clock.now, GRANT_ZONE),
    }
    return render(request, "complaints/staff/alarms.html", context)


def _office(request: StaffRequest) -> Office:
    rows = selectors.offices_shown(actor=request.actor)
    path = request.GET.get("kantor", "").replace("\0", "")
    found = rows.filter(path=path).order_by("-pk").first() if path else rows.first()
    if found is None:
        raise Http404
    return found


def _election(code: str) -> Election | None:
    """Return the election of this code; what is not one is as if it were not there."""
    return Election.objects.filter(code=code.replace("\0", "")).first() if code else None
