"""Figures for everybody: how many of an agency have signed, and no name."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from neutrality.law.clock import read_clock
from neutrality.organisations.selectors import office_for_region
from neutrality.ui.charts import make_line
from neutrality.ui.dates import say_instant
from neutrality.ui.pages import list_page
from pledges.selectors.comparison import agencies_with_rounds, public_rounds


@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """List the agencies that ask their people to sign; a piece of the name narrows it."""
    rows, name = agencies_with_rounds(), request.GET.get("nama", "").strip()[:100]
    if name:
        rows = rows.filter(name__icontains=name)
    listing = list_page(request, rows, order=("name", "pk"))
    context = {"listing": listing, "name": name}
    return render(request, "pledges/public/agencies.html", context)


@require_safe
def agency(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the percentage of an agency and its parts, for each of its rounds."""
    found = get_object_or_404(agencies_with_rounds().select_related("region"), public_id=public_id)
    clock = read_clock()
    code = found.region.code if found.region else ""
    office = office_for_region(region_code=code, day=clock.now.date())
    rounds = public_rounds(agency=found)
    context = {
        "agency": found,
        "rounds": rounds,
        "line": make_line(
            title=_("Persen yang menandatangani, dari putaran ke putaran"),
            label_heading=_("Putaran"),
            value_heading=_("Persen"),
            rows=[(row.when, row.tenths // 10) for row in reversed(rounds)],
        ),
        "as_of": say_instant(clock.now, office.tz),
    }
    return render(request, "pledges/public/agency.html", context)
