"""Load and authorise in one call, for the pages of the roster."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Concatenate, Final, ParamSpec
from uuid import UUID

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from neutrality.accounts.http import GRANT_ZONE, StaffRequest
from neutrality.accounts.roles import Role
from neutrality.organisations.models import Agency, Unit
from neutrality.personnel.models import Employment, Person, RosterImport, RosterToken
from neutrality.ui.errors import conflict
from pledges.access import agencies_for

P = ParamSpec("P")
HR: Final = (Role.HR_PLEDGES,)
GET_OR_POST: Final = ["GET", "HEAD", "POST"]
_FORM_BYTES: Final = 64 * 1024
MIB: Final = 1024 * 1024

View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def today(request: StaffRequest) -> date:
    """Return the day by which grants count."""
    return request.clock.today_in(GRANT_ZONE)


def load_import(request: StaffRequest, public_id: UUID) -> RosterImport:
    """Return the import of an agency of the actor, or 404."""
    rows = RosterImport.objects.filter(agency__in=agencies_for(actor=request.actor))
    found = rows.select_related("agency", "scope").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def load_unit(request: StaffRequest, public_id: UUID) -> Unit:
    """Return the unit of an agency of the actor, or 404."""
    rows = Unit.objects.filter(agency__in=agencies_for(actor=request.actor))
    found = rows.select_related("agency", "parent").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def load_person(request: StaffRequest, public_id: UUID) -> tuple[Person, list[Employment]]:
    """Return somebody whom an agency of the actor states or stated, with all positions, or 404."""
    person = Person.objects.filter(public_id=public_id).first()
    if person is None:
        raise Http404
    held = Employment.objects.filter(person=person).select_related("agency", "unit")
    positions = list(held.order_by("-valid_from", "-pk"))
    own = set(agencies_for(actor=request.actor).values_list("pk", flat=True))
    if not any(position.agency_id in own for position in positions):
        raise Http404
    return person, positions


def load_token(request: StaffRequest, pk: int) -> RosterToken:
    """Return the key of an agency of the actor, or 404."""
    rows = RosterToken.objects.filter(agency__in=agencies_for(actor=request.actor))
    found = rows.select_related("agency").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def chosen_agency(request: StaffRequest) -> Agency | None:
    """Return the agency that the address names, else the actor's first."""
    agencies = list(agencies_for(actor=request.actor))
    asked = request.GET.get("instansi", "")
    return next((each for each in agencies if str(each.public_id) == asked), None) or next(
        iter(agencies), None
    )


def receives_roster(view: View[P]) -> View[P]:
    """Let a view take one big file: 413 before reading what is too much, then CSRF."""
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if not announced.isdigit() or int(announced) > settings.ROSTER_MAX_MIB * MIB + _FORM_BYTES:
            return render(request, "errors/413.html", status=413)
        request.upload_handlers = [TemporaryFileUploadHandler(request)]
        return protected(request, *args, **kwargs)

    return wrapped


def refused(request: StaffRequest, error: Exception, back_url: str) -> HttpResponse:
    """Answer a refusal that no form can mend: 409 with the sentence."""
    return conflict(request, sentence=str(error), back_url=back_url)
