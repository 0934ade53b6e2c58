"""Open a plenary with the members who are there; without quorum it does not begin."""

from collections.abc import Collection

from django.db import transaction

from complaints.codes import MeetingState
from complaints.models import Attendance, PlenaryMeeting
from complaints.services.afterwards import JUST_NOW, Afterwards, ask_for_paper
from complaints.services.plenary_rows import ask_for_role, locked_meeting
from complaints.services.recusals import recuse_by_relation
from complaints.workflow import refusals
from neutrality.accounts.models import RoleGrant
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock
from neutrality.organisations.models import Office


@transaction.atomic(durable=True)
def open_meeting(
    *,
    meeting_id: int,
    present: Collection[int],
    chair: int,
    actor: Actor,
    clock: Clock,
    given: Afterwards = JUST_NOW,
) -> PlenaryMeeting:
    """Open the meeting; `present` are user ids of commissioners, `chair` is one of them.

    Whom a declared relation ties to a respondent stands aside on that item at once. One that was
    held on paper opened when it says.

    Raises:
        Refused: Not planned any more, somebody present is no commissioner of this office, the
            chair is not present, there is no quorum, or a time without what stands for it.
    """
    meeting = locked_meeting(meeting_id)
    role = ask_for_role(
        Role.COMMISSIONER, Role.SUPERVISOR, Role.HANDLER, actor=actor, office=meeting.office
    )
    if meeting.state != MeetingState.PLANNED:
        raise Refused(refusals.MEETING_NOT_PLANNED)
    members = commissioners(office=meeting.office, clock=clock)
    if not set(present) <= members or chair not in present:
        raise Refused(refusals.NOT_A_MEMBER)
    if len(set(present)) < meeting.quorum:
        raise Refused(refusals.NO_QUORUM)
    ask_for_paper(
        given=given,
        office=meeting.office,
        contest=None,
        roles=(Role.COMMISSIONER, Role.HANDLER),
        actor=actor,
        clock=clock,
    )
    _note_presence(meeting, set(present), chair, clock)
    items = meeting.items.select_related("matter").order_by("pk")
    recuse_by_relation(meeting=meeting, items=items, actor=actor, clock=clock)
    meeting.state = MeetingState.OPEN
    meeting.opened_at, meeting.opened_by_id = given.at(clock), actor.user_id
    meeting.save(update_fields=["state", "opened_at", "opened_by"])
    record(
        what="plenary.open",
        subject=SubjectRef(kind="plenary_meeting", id=meeting.pk),
        actor=actor,
        clock=clock,
        occurred_at=given.occurred_at,
        role=role,
        organisation=meeting.office.ref(),
        before=MeetingState.PLANNED,
        after=MeetingState.OPEN,
        data={"present": len(set(present)), **given.audited()},
    )
    return meeting


def _note_presence(meeting: PlenaryMeeting, present: set[int], chair: int, clock: Clock) -> None:
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, member_id=pk, chairs=pk == chair, recorded_at=clock.now)
        for pk in sorted(present)
    )


def commissioners(*, office: Office, clock: Clock) -> set[int]:
    """Return the user ids of the office's commissioners today."""
    today = clock.today_in(office.tz)
    rows = RoleGrant.objects.on(today).filter(role=Role.COMMISSIONER, office=office)
    return set(rows.values_list("user_id", flat=True))
