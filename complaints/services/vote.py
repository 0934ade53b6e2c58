"""Recusals and votes on one agenda item of an open meeting."""

from django.db import transaction

from complaints.codes import Ballot, ItemOutcome, MeetingState
from complaints.models import AgendaItem, Attendance, Recusal, Vote
from complaints.services.plenary_rows import ask_for_role, locked_item
from complaints.workflow import refusals
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock


@transaction.atomic(durable=True)
def recuse(*, item_id: int, member_id: int, reason: str, actor: Actor, clock: Clock) -> Recusal:
    """Write that a member who is there stands aside on this item; a vote given before goes.

    Raises:
        Refused: The item is decided, the member is not there, or no reason is given.
    """
    item = _open_item(item_id, member_id, actor)
    if not reason.strip():
        raise Refused(refusals.NO_RECUSAL_REASON)
    Vote.objects.filter(item=item, member_id=member_id).delete()
    recusal, _created = Recusal.objects.update_or_create(
        item=item,
        member_id=member_id,
        defaults={"reason": reason.strip(), "recorded_at": clock.now},
    )
    _record("plenary.recuse", item, member_id, actor, clock)
    return recusal


@transaction.atomic(durable=True)
def cast_vote(
    *, item_id: int, member_id: int, ballot: Ballot, dissent: str, actor: Actor, clock: Clock
) -> Vote:
    """Write a member's vote, entered by the member or by the meeting's clerk.

    Raises:
        Refused: The item is decided, or the member is not there or has stood aside.
    """
    item = _open_item(item_id, member_id, actor)
    if Recusal.objects.filter(item=item, member_id=member_id).exists():
        raise Refused(refusals.MEMBER_RECUSED)
    vote, _created = Vote.objects.update_or_create(
        item=item,
        member_id=member_id,
        defaults={"ballot": ballot, "dissent": dissent.strip(), "cast_at": clock.now},
    )
    _record("plenary.vote", item, member_id, actor, clock)
    return vote


def _open_item(item_id: int, member_id: int, actor: Actor) -> AgendaItem:
    item = locked_item(item_id)
    ask_for_role(Role.COMMISSIONER, Role.HANDLER, Role.SUPERVISOR, actor=actor, office=item.office)
    if item.meeting is None or item.meeting.state != MeetingState.OPEN:
        raise Refused(refusals.MEETING_NOT_OPEN)
    if item.ratified_at or (item.outcome != ItemOutcome.PENDING and not item.coordinated_at):
        raise Refused(refusals.ITEM_DECIDED)
    if not Attendance.objects.filter(meeting=item.meeting, member_id=member_id).exists():
        raise Refused(refusals.NOT_A_MEMBER)
    return item


def _record(what: str, item: AgendaItem, member_id: int, actor: Actor, clock: Clock) -> None:
    record(
        what=what,
        subject=item.matter.ref(),
        actor=actor,
        clock=clock,
        organisation=item.office.ref(),
        data={"item": item.pk, "member": member_id},
    )
