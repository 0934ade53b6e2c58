"""What needs this person now."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from complaints.selectors import inbox as inboxes
from complaints.views.loading import OFFICE, today
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role


@never_cache
@require_safe
@staff_page(*OFFICE)
def inbox(request: StaffRequest) -> HttpResponseBase:
    """Show what needs this person now."""
    works = inboxes.inbox(actor=request.actor, day=today(request), clock=request.clock)
    context = {"works": works, "may_enter": request.actor.holds(Role.INTAKE)}
    return render(request, "complaints/staff/inbox.html", context)
