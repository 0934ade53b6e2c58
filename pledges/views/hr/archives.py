"""Certificates of many people in one file, made in the background."""

from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.casework.refusals import Refused
from neutrality.ui.pages import list_page
from pledges.access import HR
from pledges.models import CertificateArchive
from pledges.reach import units_within
from pledges.services.archive_certificates import ask_for_archive
from pledges.tasks import pack_certificates
from pledges.views.hr.loading import load_round
from pledges.views.hr.reaching import reach_unit


@never_cache
@require_safe
@staff_page(*HR)
def archives(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """List the files that were asked for, with how far they are."""
    place = load_round(request, public_id)
    rows = CertificateArchive.objects.filter(round=place).select_related("unit", "asked_by")
    listing = list_page(request, rows, order=("-asked_at", "-pk"))
    context = {
        "place": place,
        "tz": place.office.tz,
        "listing": listing,
        "is_working": any(one.is_being_made for one in listing.page.items),
        "units": units_within(actor=request.actor, place=place).order_by("path"),
    }
    return render(request, "pledges/together/archives.html", context)


@require_POST
@staff_page(*HR)
def ask(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Ask for another."""
    place = load_round(request, public_id)
    unit = reach_unit(request, place)
    try:
        archive = ask_for_archive(place=place, unit=unit, actor=request.actor, clock=request.clock)
    except Refused as refused:
        messages.error(request, str(refused.refusal.sentence))
        return redirect("pledges_together:archives", public_id)
    pack_certificates.delay(archive.pk)
    messages.success(request, _("Surat keterangan sedang dikumpulkan."))
    return redirect("pledges_together:archives", public_id)


@never_cache
@require_safe
@staff_page(*HR)
def download(request: StaffRequest, public_id: UUID, archive_id: UUID) -> FileResponse:
    """Hand out a file."""
    place = load_round(request, public_id)
    rows = CertificateArchive.objects.filter(round=place, public_id=archive_id)
    archive = rows.exclude(file="").first()
    if archive is None:
        raise Http404
    return FileResponse(
        default_storage.open(archive.file),
        as_attachment=True,
        filename=f"surat-keterangan-{archive.asked_at:%Y-%m-%d}.zip",
    )
