"""The dashboard of an office and everything below it."""

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from complaints.selectors import dashboard as selectors
from complaints.selectors.alarms import alarms as current_alarms
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
