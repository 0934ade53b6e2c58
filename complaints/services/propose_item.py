"""Put a decision on the agenda: of a meeting, or to wait for the next one."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max

from complaints.codes import ItemOutcome, MeetingState
from complaints.models import AgendaItem, Matter, PlenaryMeeting, Report, Tip
from complaints.services.plenary_rows import ask_for_role, locked_meeting
from complaints.services.recusals import recuse_by_relation
from complaints.workflow import refusals
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock
from neutrality.law.codes import PlenaryMatter
from neutrality.organisations.models import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is to be decided: the kind, the step that carries it out, the reason, its data.

    Attributes:
        office: Whose plenary decides, when it is not that of the office that has the file.
    """

    kind: PlenaryMatter
    action: str
    text: str
    payload: dict[str, Any] = field(default_factory=dict)
    report: Report | None = None
    tip: Tip | None = None
    meeting: PlenaryMeeting | None = None
    office: Office | None = None

    def place(self, matter: Matter) -> Office:
        """Return the office whose plenary decides: that of the file, unless another takes it over."""
        return self.office or matter.office


@transaction.atomic(durable=True)
def propose_item(*, matter: Matter, proposal: Proposal, actor: Actor, clock: Clock) -> AgendaItem:
    """Write the agenda item; the same decision cannot wait twice.

    Raises:
        Refused: Not of this office, the meeting is over, or the same item waits already.
    """
    return propose_within(matter=matter, proposal=proposal, actor=actor, clock=clock)


def propose_within(*, matter: Matter, proposal: Proposal, actor: Actor, clock: Clock) -> AgendaItem:
    """Write the agenda item inside another door's transaction; see `propose_item`."""
    place = proposal.place(matter)
    role = ask_for_role(Role.HANDLER, Role.COMMISSIONER, Role.SUPERVISOR, actor=actor, office=place)
    _lock(matter, proposal)
    _check(matter, proposal)
    item = AgendaItem.objects.create(
        office=place,
        office_path=place.path,
        meeting=proposal.meeting,
        position=_next_position(proposal.meeting),
        matter=matter,
        report=proposal.report,
        tip=proposal.tip,
        kind=proposal.kind,
        action=proposal.action,
        proposal=proposal.text,
        payload=proposal.payload,
        proposed_at=clock.now,
        proposed_by_id=actor.user_id,
    )
    if proposal.meeting and proposal.meeting.state == MeetingState.OPEN:
        recuse_by_relation(meeting=proposal.meeting, items=[item], actor=actor, clock=clock)
    record(
        what="plenary.propose",
        subject=matter.ref(),
        actor=actor,
        clock=clock,
        role=role,
        organisation=place.ref(),
        data={"item": item.pk, "kind": str(item.kind)},
    )
    return item


def _lock(matter: Matter, proposal: Proposal) -> None:
    """Let nobody close the meeting or propose the same meanwhile; the meeting comes first."""
    if proposal.meeting:
        proposal.meeting.state = locked_meeting(proposal.meeting.pk).state
    Matter.objects.select_for_update(of=("self",), no_key=True).get(pk=matter.pk)


def _check(matter: Matter, proposal: Proposal) -> None:
    if proposal.meeting and proposal.meeting.state not in {MeetingState.PLANNED, MeetingState.OPEN}:
        raise Refused(refusals.MEETING_OVER)
    waiting = AgendaItem.objects.filter(
        matter=matter,
        report=proposal.report,
        tip=proposal.tip,
        action=proposal.action,
        outcome=ItemOutcome.PENDING,
    )
    if waiting.exists():
        raise Refused(refusals.ITEM_WAITS)


def _next_position(meeting: PlenaryMeeting | None) -> int:
    if meeting is None:
        return 0
    last = meeting.items.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1
