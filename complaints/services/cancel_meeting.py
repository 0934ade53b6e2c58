"""Call a planned plenary off; its items wait for the next one."""

from django.db import transaction

from complaints.codes import MeetingState
from complaints.models import PlenaryMeeting
from complaints.services.plenary_rows import ask_for_role, locked_meeting
from complaints.workflow import refusals
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.law.clock import Clock


@transaction.atomic(durable=True)
def cancel_meeting(*, meeting_id: int, reason: str, actor: Actor, clock: Clock) -> PlenaryMeeting:
    """Cancel a meeting that was not opened; nothing on its agenda is lost.

    Raises:
        Refused: Not of this office, opened already, or no reason is given.
    """
    meeting = locked_meeting(meeting_id)
    role = ask_for_role(
        Role.COMMISSIONER, Role.SUPERVISOR, Role.HANDLER, actor=actor, office=meeting.office
    )
    if meeting.state != MeetingState.PLANNED:
        raise Refused(refusals.MEETING_NOT_PLANNED)
    if not reason.strip():
        raise refuse(RefusalCode.REASON_NEEDED)
    meeting.items.update(meeting=None, position=0)
    meeting.state = MeetingState.CANCELLED
    meeting.cancel_reason = reason.strip()
    meeting.save(update_fields=["state", "cancel_reason"])
    record(
        what="plenary.cancel",
        subject=SubjectRef(kind="plenary_meeting", id=meeting.pk),
        actor=actor,
        clock=clock,
        role=role,
        organisation=meeting.office.ref(),
        before=MeetingState.PLANNED,
        after=MeetingState.CANCELLED,
    )
    return meeting
