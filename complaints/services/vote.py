"""Recusals and votes on one agenda item of an open meeting."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from complaints.codes import Ballot, ItemOutcome, MeetingState
from complaints.models import AgendaItem, Attendance, Recusal, Vote
from complaints.services.plenary_rows import ask_for_role, locked_item
from complaints.services.recusals import recuse_by_relation
from complaints.workflow import refusals
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotGiven:
    """One member's ballot; a dissent is written down."""

    member_id: int
    ballot: Ballot
    dissent: str = ""


@transaction.atomic(durable=True)
def recuse(*, item_id: int, member_id: int, reason: str, actor: Actor, clock: Clock) -> Recusal:
    """Write that a member who is there stands aside on this item; a vote given before goes.

    Raises:
        Refused: The item is decided, the member is not there, or no reason is given.
    """
    item = _open_item(item_id, actor)
    _ask_for_presence(item, {member_id})
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
def cast_votes(
    *, item_id: int, ballots: Sequence[BallotGiven], actor: Actor, clock: Clock
) -> list[Vote]:
    """Write members' ballots together, entered by a member or by the meeting's clerk: all or none.

    Raises:
        Refused: The item is decided, or a member is not there or has stood aside, which one whom
            a declared relation ties to a respondent does without being asked.
    """
    item = _open_item(item_id, actor)
    members = {row.member_id for row in ballots}
    _ask_for_presence(item, members)
    tied = _tied(item, actor, clock)
    if Recusal.objects.filter(item=item, member__in=members - tied).exists():
        raise Refused(refusals.MEMBER_RECUSED)
    return [_cast(item, row, actor, clock) for row in ballots if row.member_id not in tied]


def cast_vote(
    *, item_id: int, member_id: int, ballot: Ballot, dissent: str, actor: Actor, clock: Clock
) -> Vote:
    """Write one member's ballot.

    Raises:
        Refused: As `cast_votes`; also when a declared relation keeps the member from it.
    """
    given = BallotGiven(member_id=member_id, ballot=ballot, dissent=dissent)
    cast = cast_votes(item_id=item_id, ballots=[given], actor=actor, clock=clock)
    if not cast:
        raise Refused(refusals.MEMBER_RECUSED)
    return cast[0]


def _tied(item: AgendaItem, actor: Actor, clock: Clock) -> set[int]:
    """Return whom a relation keeps from it, declared since the meeting opened or before."""
    if item.meeting is None:
        return set()
    aside = recuse_by_relation(meeting=item.meeting, items=[item], actor=actor, clock=clock)
    return {member for member, _item in aside}


def _cast(item: AgendaItem, given: BallotGiven, actor: Actor, clock: Clock) -> Vote:
    vote, _created = Vote.objects.update_or_create(
        item=item,
        member_id=given.member_id,
        defaults={
            "ballot": given.ballot,
            "dissent": given.dissent.strip(),
            "cast_at": clock.now,
        },
    )
    _record("plenary.vote", item, given.member_id, actor, clock)
    return vote


def _open_item(item_id: int, actor: Actor) -> AgendaItem:
    item = locked_item(item_id)
    ask_for_role(Role.COMMISSIONER, Role.HANDLER, Role.SUPERVISOR, actor=actor, office=item.office)
    if item.meeting is None or item.meeting.state != MeetingState.OPEN:
        raise Refused(refusals.MEETING_NOT_OPEN)
    if item.ratified_at or (item.outcome != ItemOutcome.PENDING and not item.coordinated_at):
        raise Refused(refusals.ITEM_DECIDED)
    return item


def _ask_for_presence(item: AgendaItem, members: set[int]) -> None:
    there = Attendance.objects.filter(meeting=item.meeting_id or 0, member__in=members)
    if there.count() != len(members):
        raise Refused(refusals.NOT_A_MEMBER)


def _record(what: str, item: AgendaItem, member_id: int, actor: Actor, clock: Clock) -> None:
    record(
        what=what,
        subject=item.matter.ref(),
        actor=actor,
        clock=clock,
        organisation=item.office.ref(),
        data={"item": item.pk, "member": member_id},
    )
