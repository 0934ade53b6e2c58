"""Load and authorise in one call, for the views: the thing, or 404."""

from collections.abc import Callable
from datetime import date
from typing import Final, TypeVar

from django.http import Http404

from complaints import access
from complaints.models import AgendaItem, Matter, PlenaryMeeting, Report, Tip
from neutrality.accounts.http import GRANT_ZONE, StaffRequest
from neutrality.accounts.roles import Role

T = TypeVar("T")

OFFICE: Final = (Role.INTAKE, Role.HANDLER, Role.COMMISSIONER, Role.SUPERVISOR)


def today(request: StaffRequest) -> date:
    """Return the day by which grants and relations count."""
    return request.clock.today_in(GRANT_ZONE)


def found(load: Callable[[], T]) -> T:
    """Return what `load` finds; 404 when it is not there or not for this person."""
    try:
        return load()
    except access.NotVisible as missing:
        raise Http404 from missing


def load_report(request: StaffRequest, public_id: str) -> Report:
    """Return the report with office, contest and matter joined, or 404."""
    day = today(request)
    return found(lambda: access.get_report_for(actor=request.actor, day=day, public_id=public_id))


def load_tip(request: StaffRequest, public_id: str) -> Tip:
    """Return the tip with office, contest and matter joined, or 404."""
    day = today(request)
    return found(lambda: access.get_tip_for(actor=request.actor, day=day, public_id=public_id))


def load_matter(request: StaffRequest, public_id: str) -> Matter:
    """Return the matter with office and contest joined, or 404."""
    day = today(request)
    return found(lambda: access.get_matter_for(actor=request.actor, day=day, public_id=public_id))


def load_former_matter(request: StaffRequest, public_id: str) -> Matter:
    """Return a matter that the reader's office handled once, or 404."""
    day = today(request)
    return found(
        lambda: access.get_former_matter_for(actor=request.actor, day=day, public_id=public_id)
    )


def load_meeting(request: StaffRequest, public_id: str) -> PlenaryMeeting:
    """Return the plenary meeting with its office, or 404."""
    return found(lambda: access.get_meeting_for(actor=request.actor, public_id=public_id))


def load_agenda_item(request: StaffRequest, public_id: str) -> AgendaItem:
    """Return the agenda item with office and matter, or 404."""
    day = today(request)
    return found(
        lambda: access.get_agenda_item_for(actor=request.actor, day=day, public_id=public_id)
    )
