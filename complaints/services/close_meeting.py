"""Close a plenary: its minutes, and an extract for each matter that names no other."""

from django.db import transaction

from complaints.codes import MeetingState
from complaints.models import AgendaItem, PlenaryMeeting, Vote
from complaints.papers.plenary_papers import extract, minutes
from complaints.services.plenary_rows import UNDECIDED, ask_for_role, locked_meeting
from complaints.services.register_rows import locked_office, register_number
from complaints.workflow import refusals
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.casework.refusals import Refused
from neutrality.documents.services import issue
from neutrality.law.clock import Clock


@transaction.atomic(durable=True)
def close_meeting(*, meeting_id: int, actor: Actor, clock: Clock) -> PlenaryMeeting:
    """Close the meeting and issue minutes and extracts; undecided items wait for the next one.

    The minutes get the office's next number of the year; a meeting that was called off has none.

    Raises:
        Refused: Not of this office, or the meeting is not open.
    """
    meeting = locked_meeting(meeting_id)
    role = ask_for_role(
        Role.COMMISSIONER, Role.SUPERVISOR, Role.HANDLER, actor=actor, office=meeting.office
    )
    if meeting.state != MeetingState.OPEN:
        raise Refused(refusals.MEETING_NOT_OPEN)
    _put_back(meeting)
    meeting.state = MeetingState.CLOSED
    meeting.closed_at, meeting.closed_by_id = clock.now, actor.user_id
    meeting.number = _next_number(meeting, clock)
    meeting.save(update_fields=["state", "closed_at", "closed_by", "number"])
    _write_papers(meeting, actor, clock)
    record(
        what="plenary.close",
        subject=SubjectRef(kind="plenary_meeting", id=meeting.pk),
        actor=actor,
        clock=clock,
        role=role,
        organisation=meeting.office.ref(),
        before=MeetingState.OPEN,
        after=MeetingState.CLOSED,
    )
    return meeting


def _next_number(meeting: PlenaryMeeting, clock: Clock) -> str:
    office = locked_office(meeting.office)
    year = clock.today_in(office.tz).year
    numbered = PlenaryMeeting.objects.filter(office=office, number__endswith=f"/{year}")
    return register_number(sequence=numbered.count() + 1, kind="BA", office=office, clock=clock)


def _put_back(meeting: PlenaryMeeting) -> None:
    """Let what was not decided, or not ratified, wait for the next meeting, which votes anew."""
    waiting = meeting.items.filter(UNDECIDED).select_for_update(of=("self",)).order_by("pk")
    left = [item.pk for item in waiting]  # held: what is decided at this moment keeps its votes
    Vote.objects.filter(item__in=left).delete()
    AgendaItem.objects.filter(pk__in=left).update(meeting=None, position=0)


def _write_papers(meeting: PlenaryMeeting, actor: Actor, clock: Clock) -> None:
    items = list(meeting.items.select_related("matter").order_by("position", "pk"))
    issue(draft=minutes(meeting, items, clock), actor=actor, clock=clock)
    for item in items:
        issue(draft=extract(meeting, item, clock), actor=actor, clock=clock)
