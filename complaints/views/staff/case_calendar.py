"""The calendar of an office: sessions and meetings to come."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from complaints.selectors.case_calendar import coming
from complaints.views.loading import OFFICE, today
from neutrality.accounts.http import StaffRequest, staff_page


@require_safe
@staff_page(*OFFICE)
def calendar(request: StaffRequest) -> HttpResponseBase:
    """Show what is coming, day by day."""
    days = coming(actor=request.actor, day=today(request), clock=request.clock)
    return render(request, "complaints/staff/case_calendar.html", {"days": days})
