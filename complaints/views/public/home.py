"""The first page: what this is, three doors, who sees a name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the three doors: report, follow, know the rules."""
    return render(request, "complaints/public/home.html")
