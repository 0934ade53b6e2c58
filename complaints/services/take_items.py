"""Take waiting decisions onto the agenda of a meeting, and those to be ratified."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Max, QuerySet

from complaints.codes import MeetingState
from complaints.models import AgendaItem
from complaints.services.plenary_rows import UNDECIDED, ask_for_role, locked_meeting
from complaints.services.recusals import recuse_by_relation
from complaints.workflow import refusals
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.law.clock import Clock


@transaction.atomic(durable=True)
def take_items(
    *, meeting_id: int, item_ids: Collection[int], actor: Actor, clock: Clock
) -> list[AgendaItem]:
    """Put waiting items of the same office onto the agenda, in the order they were proposed.

    Raises:
        Refused: Not of this office, the meeting is over, or an item does not wait any more.
    """
    meeting = locked_meeting(meeting_id)
    role = ask_for_role(
        Role.COMMISSIONER, Role.SUPERVISOR, Role.HANDLER, actor=actor, office=meeting.office
    )
    if meeting.state not in {MeetingState.PLANNED, MeetingState.OPEN}:
        raise Refused(refusals.MEETING_OVER)
    chosen = waiting_items().filter(office=meeting.office, pk__in=item_ids)
    chosen = chosen.select_related("matter").select_for_update(of=("self",))
    items = list(chosen.order_by("proposed_at", "pk"))
    if len(items) != len(set(item_ids)):
        raise refuse(RefusalCode.STALE)
    first = (meeting.items.aggregate(last=Max("position"))["last"] or 0) + 1
    for position, item in enumerate(items, start=first):
        item.meeting, item.position = meeting, position
    AgendaItem.objects.bulk_update(items, ["meeting", "position"])
    if meeting.state == MeetingState.OPEN:
        recuse_by_relation(meeting=meeting, items=items, actor=actor, clock=clock)
    record(
        what="plenary.take_items",
        subject=SubjectRef(kind="plenary_meeting", id=meeting.pk),
        actor=actor,
        clock=clock,
        role=role,
        organisation=meeting.office.ref(),
        data={"items": ",".join(str(item.pk) for item in items)},
    )
    return items


def waiting_items() -> QuerySet[AgendaItem]:
    """Return what waits for a meeting: undecided items, and coordinated ones to be ratified."""
    return AgendaItem.objects.filter(UNDECIDED, meeting__isnull=True)
