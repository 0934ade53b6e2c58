"""Agencies beside one another, for who supervises them: figures, never a name."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role
from pledges.selectors.comparison import (
    agencies_beside,
    provinces_to_choose,
    rounds_watched_by,
)

WATCHERS: Final = (Role.SUPERVISOR, Role.AUDITOR, Role.LIAISON)


@never_cache
@require_safe
@staff_page(*WATCHERS)
def agencies(request: StaffRequest) -> HttpResponse:
    """Show the latest round of each agency in the provinces of the actor."""
    provinces = provinces_to_choose(actor=request.actor)
    asked = request.GET.get("provinsi", "")
    province = asked if asked in dict(provinces) else ""
    rounds = rounds_watched_by(actor=request.actor, province=province)
    context = {
        "comparison": agencies_beside(rounds=rounds),
        "provinces": provinces,
        "province": province,
    }
    return render(request, "pledges/oversight/agencies.html", context)
