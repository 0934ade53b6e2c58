"""The first page: what this is, three doors, who sees a name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from complaints.selectors.filing import filing_days
from neutrality.law.clock import read_clock


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the three doors: report, follow, know the rules."""
    context = {"filing_days": filing_days(clock=read_clock())}
    return render(request, "complaints/public/home.html", context)
