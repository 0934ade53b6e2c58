"""The coordinator decides first where the law allows; the plenary ratifies in time."""

from datetime import datetime

from django.db import transaction

from complaints.codes import ItemOutcome
from complaints.models import AgendaItem, Matter
from complaints.services.afterwards import JUST_NOW, Afterwards, ask_for_paper
from complaints.services.plenary_rows import ask_for_role, locked_item
from complaints.workflow import refusals
from complaints.workflow.base import refresh_due
from complaints.workflow.case import CASE
from complaints.workflow.deciding import carry_out
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.casework.clocks import start_clock
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock
from neutrality.law.codes import PeriodCode, PlenaryMatter


@transaction.atomic(durable=True)
def decide_by_coordination(
    *, item_id: int, decision: str, actor: Actor, clock: Clock, given: Afterwards = JUST_NOW
) -> AgendaItem:
    """Adopt a waiting item as the coordinator, carry it out, and start the ratification clock.

    What was decided on paper is decided, and waits to be ratified, from that time.

    Raises:
        Refused: Not a commissioner, decided already, this kind must go to the plenary, a time
            without what stands for it, or the step itself is refused; then nothing is decided.
    """
    item = locked_item(item_id)
    role = ask_for_role(Role.COMMISSIONER, actor=actor, office=item.office)
    if item.outcome != ItemOutcome.PENDING:
        raise Refused(refusals.ITEM_DECIDED)
    matter = _matter(item)
    rules = CASE.adapter.rulebook(matter, clock)
    if not rules.may_coordinate(PlenaryMatter(item.kind)):
        raise Refused(refusals.PLENARY_ONLY)
    ask_for_paper(
        given=given,
        office=item.office,
        contest=matter.contest,
        roles=(Role.COMMISSIONER,),
        actor=actor,
        clock=clock,
    )
    decided_at = given.at(clock)
    item.outcome, item.decision, item.decided_at = ItemOutcome.ADOPTED, decision, decided_at
    item.coordinated_at, item.coordinated_by_id = decided_at, actor.user_id
    changed = ["outcome", "decision", "decided_at", "coordinated_at", "coordinated_by"]
    item.save(update_fields=changed)
    carry_out(item=item, actor=actor, clock=clock, given=given)
    _await_ratification(item, decided_at, clock)
    record(
        what="plenary.coordinate",
        subject=matter.ref(),
        actor=actor,
        clock=clock,
        occurred_at=given.occurred_at,
        role=role,
        organisation=item.office.ref(),
        after=item.outcome,
        data={"item": item.pk},
    )
    return item


def _await_ratification(item: AgendaItem, decided_at: datetime, clock: Clock) -> None:
    matter = _matter(item)
    start_clock(
        rule=CASE.adapter.rulebook(matter, clock).period(PeriodCode.RATIFICATION),
        subject=matter.ref(),
        organisation=item.office.ref(),  # a transfer may have moved the file meanwhile
        calendar=CASE.adapter.calendar(matter),
        started_at=decided_at,
    )
    refresh_due(matter)


def _matter(item: AgendaItem) -> Matter:
    rows = Matter.objects.select_related("office__region", "contest__election")
    return rows.get(pk=item.matter_id)
