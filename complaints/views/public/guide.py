"""The rules in plain language, made from the tables of the law."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from complaints.selectors.guide import guide_page
from neutrality.law.clock import read_clock


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Show what is not allowed, what it costs, and what is allowed."""
    return render(request, "complaints/public/guide.html", {"page": guide_page(clock=read_clock())})
