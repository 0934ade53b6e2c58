"""Load what somebody may arrange, for the pages of signing together; 404 for everything else."""

from collections.abc import Callable
from typing import Final, TypeVar
from uuid import UUID

from django.http import Http404, HttpResponse

from neutrality.accounts.http import StaffRequest
from neutrality.organisations.models import Unit
from pledges import reach
from pledges.access import NotVisible
from pledges.models import Ceremony, Obligation, Round, ScanBatch

T = TypeVar("T")
GET_OR_POST: Final = ["GET", "HEAD", "POST"]


def reach_round(request: StaffRequest, public_id: UUID) -> Round:
    """Return the round, or 404."""
    return _or_404(lambda: reach.get_round_within(actor=request.actor, public_id=public_id))


def reach_obligation(request: StaffRequest, public_id: UUID) -> Obligation:
    """Return the obligation, or 404."""
    return _or_404(lambda: reach.get_obligation_within(actor=request.actor, public_id=public_id))


def reach_ceremony(request: StaffRequest, public_id: UUID) -> Ceremony:
    """Return the ceremony, or 404."""
    return _or_404(lambda: reach.get_ceremony_within(actor=request.actor, public_id=public_id))


def reach_scan(request: StaffRequest, public_id: UUID) -> ScanBatch:
    """Return the scan, or 404."""
    return _or_404(lambda: reach.get_scan_within(actor=request.actor, public_id=public_id))


def reach_unit(request: StaffRequest, place: Round) -> Unit | None:
    """Return the unit that the request names, when it is the actor's; None means all that is."""
    asked = request.POST.get("unit") or request.GET.get("unit") or ""
    try:
        public_id = UUID(asked)
    except ValueError:
        return None
    return reach.units_within(actor=request.actor, place=place).filter(public_id=public_id).first()


def pdf(data: bytes, name: str) -> HttpResponse:
    """Return a PDF to be saved."""
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def _or_404(load: Callable[[], T]) -> T:
    try:
        return load()
    except NotVisible as missing:
        raise Http404 from missing
