"""Files that went on to another office, as the former one may still read them."""

from typing import Final

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from complaints.selectors.former_files import former_file, former_files, former_row
from complaints.views.loading import OFFICE, load_former_matter, today
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.ui.pages import list_page

NEWEST: Final = ("-opened_at", "-id")


@never_cache
@require_safe
@staff_page(*OFFICE)
def files(request: StaffRequest) -> HttpResponseBase:
    """List the files that the reader's offices handled once."""
    rows = former_files(actor=request.actor, day=today(request))
    listing = list_page(request, rows, order=NEWEST)
    context = {"listing": listing, "rows": [former_row(row) for row in listing.page.items]}
    return render(request, "complaints/staff/former_files.html", context)


@never_cache
@require_safe
@staff_page(*OFFICE)
def file(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Show what the reader's office did in one of them."""
    matter = load_former_matter(request, public_id)
    shown = former_file(matter=matter, actor=request.actor, day=today(request), clock=request.clock)
    context = {"matter": matter, "file": shown}
    return render(request, "complaints/staff/former_file.html", context)
