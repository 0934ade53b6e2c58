"""Plan a plenary: when, how, with the quorum of the office's size."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from complaints.codes import MeetingMode
from complaints.models import PlenaryMeeting
from complaints.services.plenary_rows import ask_for_role
from complaints.workflow import refusals
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.law.books import rulebook_at
from neutrality.law.clock import Clock
from neutrality.law.codes import Regime
from neutrality.organisations.models import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPlan:
    """What somebody decides about a meeting before it is held, or knows of one that was."""

    planned_at: datetime
    mode: MeetingMode = MeetingMode.PRESENT
    mode_reason: str = ""
    place: str = ""
    was_held: bool = False


@transaction.atomic(durable=True)
def plan_meeting(
    *, office: Office, plan: MeetingPlan, actor: Actor, clock: Clock
) -> PlenaryMeeting:
    """Write the meeting with the quorum that is in force for the office (Perbawaslu 5/2018).

    One that was held on paper, while the power was out, is written down after its time.

    Raises:
        Refused: The actor is neither handler, commissioner nor head of this office, the time has
            passed, or there is no reason why the members do not meet in person.
    """
    role = ask_for_role(
        Role.COMMISSIONER, Role.SUPERVISOR, Role.HANDLER, actor=actor, office=office
    )
    if plan.was_held and plan.planned_at > clock.now:
        raise refuse(RefusalCode.IN_THE_FUTURE)
    if not plan.was_held and plan.planned_at <= clock.now:
        raise Refused(refusals.MEETING_IN_THE_PAST)
    if plan.mode != MeetingMode.PRESENT and not plan.mode_reason.strip():
        raise Refused(refusals.MODE_NEEDS_REASON)
    rules = rulebook_at(regime=Regime.PILKADA, day=clock.today_in(office.tz))
    quorum = rules.quorum(office.members)
    meeting = PlenaryMeeting.objects.create(
        office=office,
        office_path=office.path,
        mode=plan.mode,
        mode_reason=plan.mode_reason,
        place=plan.place,
        planned_at=plan.planned_at,
        members=office.members,
        quorum=quorum.present,
        quorum_basis=quorum.legal_basis,
    )
    record(
        what="plenary.plan",
        subject=SubjectRef(kind="plenary_meeting", id=meeting.pk),
        actor=actor,
        clock=clock,
        role=role,
        organisation=office.ref(),
        after=meeting.state,
    )
    return meeting
