"""Count the votes of an item and carry the decision out in the same transaction."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from complaints.codes import Ballot, ItemOutcome, MeetingState
from complaints.models import AgendaItem, Attendance, Matter, Recusal, Vote
from complaints.services.afterwards import (
    JUST_NOW,
    Afterwards,
    ask_for_paper,
    was_entered_later,
)
from complaints.services.plenary_rows import ask_for_role, locked_item
from complaints.workflow import refusals
from complaints.workflow.base import refresh_due
from complaints.workflow.case import CASE
from complaints.workflow.deciding import carry_out
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.casework.clocks import stop_clocks
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock
from neutrality.law.codes import PeriodCode


@dataclass(frozen=True, slots=True)
class Count:
    """The votes on an item: who may vote, and how they voted."""

    entitled: int
    ballots: Counter[str]

    @property
    def needed(self) -> int:
        """Return the majority of the members who may vote on this item."""
        return self.entitled // 2 + 1

    @property
    def is_complete(self) -> bool:
        """Whether every member who may vote has voted."""
        return sum(self.ballots.values()) >= self.entitled

    def outcome(self) -> ItemOutcome:
        """Return adopted or rejected by majority, deferred when neither has one."""
        if self.ballots[Ballot.FOR] >= self.needed:
            return ItemOutcome.ADOPTED
        if self.ballots[Ballot.AGAINST] >= self.needed:
            return ItemOutcome.REJECTED
        return ItemOutcome.DEFERRED


def count_votes(item: AgendaItem) -> Count:
    """Count the votes of the members present who have not stood aside (Perbawaslu 5/2018).

    That who stood aside does not count for the quorum is our assumption; the law that we know
    does not say it, and the page marks it as one.
    """
    present = Attendance.objects.filter(meeting_id=item.meeting_id)
    aside = Recusal.objects.filter(item=item).values("member")
    entitled = present.exclude(member__in=aside)
    votes = Vote.objects.filter(item=item, member__in=entitled.values("member"))
    return Count(entitled.count(), Counter(votes.values_list("ballot", flat=True)))


@transaction.atomic(durable=True)
def decide_item(
    *, item_id: int, decision: str, actor: Actor, clock: Clock, given: Afterwards = JUST_NOW
) -> AgendaItem:
    """Decide an item of an open meeting by its votes; an adopted one is carried out at once.

    An item that the coordinator decided before is ratified, or its ratification is refused. What a
    meeting on paper decided is decided at that time.

    Raises:
        Refused: Not a commissioner, the meeting is not open, votes are missing, recusals leave no quorum,
            a time outside of the meeting or without what stands for it, or the step itself is
            refused; then nothing is decided.
    """
    item = locked_item(item_id)
    role = ask_for_role(Role.COMMISSIONER, actor=actor, office=item.office)
    count = _ask_for_votes(item)
    _ask_when(item, given, actor, clock)
    outcome = count.outcome()
    if item.coordinated_at:
        _ratify(item, outcome, given.at(clock))
    else:
        _decide(item, outcome, decision, actor, clock, given)
    record(
        what="plenary.decide",
        subject=item.matter.ref(),
        actor=actor,
        clock=clock,
        occurred_at=given.occurred_at,
        role=role,
        organisation=item.office.ref(),
        after=outcome,
        data={"item": item.pk, "for": count.ballots[Ballot.FOR], "entitled": count.entitled},
    )
    return item


def _ask_for_votes(item: AgendaItem) -> Count:
    if item.meeting is None or item.meeting.state != MeetingState.OPEN:
        raise Refused(refusals.MEETING_NOT_OPEN)
    if item.ratified_at or (item.outcome != ItemOutcome.PENDING and not item.coordinated_at):
        raise Refused(refusals.ITEM_DECIDED)
    count = count_votes(item)
    if count.entitled < item.meeting.quorum:
        raise Refused(refusals.NOBODY_MAY_VOTE)
    if not count.is_complete:
        raise Refused(refusals.VOTES_MISSING)
    return count


def _ask_when(item: AgendaItem, given: Afterwards, actor: Actor, clock: Clock) -> None:
    """Ask for the time of a decision of a meeting on paper, and what stands for it."""
    opened_at = item.meeting.opened_at if item.meeting else None
    if given.occurred_at is None:
        if item.meeting and was_entered_later(item.meeting):
            raise Refused(refusals.DECIDED_WHEN)
        return
    if opened_at is None or given.occurred_at < opened_at:
        raise Refused(refusals.DECIDED_OUT_OF_MEETING)
    ask_for_paper(
        given=given,
        office=item.office,
        contest=item.matter.contest,
        roles=(Role.COMMISSIONER,),
        actor=actor,
        clock=clock,
    )


def _decide(
    item: AgendaItem,
    outcome: ItemOutcome,
    decision: str,
    actor: Actor,
    clock: Clock,
    given: Afterwards,
) -> None:
    item.outcome, item.decision, item.decided_at = outcome, decision.strip(), given.at(clock)
    item.save(update_fields=["outcome", "decision", "decided_at"])
    if outcome == ItemOutcome.ADOPTED:
        carry_out(item=item, actor=actor, clock=clock, given=given)


def _ratify(item: AgendaItem, outcome: ItemOutcome, ratified_at: datetime) -> None:
    if outcome != ItemOutcome.ADOPTED:
        raise Refused(refusals.NOT_RATIFIED)
    item.ratified_at = ratified_at
    item.save(update_fields=["ratified_at"])
    # Who ratifies another item of the file at this moment is waited for: the last one ends the clock.
    matter: Matter = CASE.adapter.lock(item.matter_id)
    open_ones = AgendaItem.objects.filter(
        matter_id=item.matter_id, coordinated_at__isnull=False, ratified_at__isnull=True
    )
    if not open_ones.exists():
        stop_clocks(subject=matter.ref(), codes=[PeriodCode.RATIFICATION], stopped_at=ratified_at)
        refresh_due(matter)
