"""Write into a result item what is proposed for each allegation."""

from dataclasses import dataclass

from django.db import transaction

from complaints.codes import ItemOutcome
from complaints.models import AgendaItem, Allegation
from complaints.services.plenary_rows import ask_for_role, locked_item
from complaints.workflow import refusals
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.law.clock import Clock
from neutrality.law.codes import OutcomeClass, PlenaryMatter

ALONE = frozenset({OutcomeClass.NOT_VIOLATION, OutcomeClass.NOT_PROVEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultGiven:
    """The result of one allegation: one class or several at once, and why."""

    allegation_id: int
    outcomes: tuple[OutcomeClass, ...]
    reason: str = ""


@transaction.atomic(durable=True)
def set_results(
    *, item_id: int, results: tuple[ResultGiven, ...], actor: Actor, clock: Clock
) -> AgendaItem:
    """Write the results that adopting the item will give; nothing is decided by it.

    Votes that were cast for other results go, since they were about another decision.

    Raises:
        Refused: Not of this office, the item is decided or no result item, an allegation has no
            class or contradicting ones, or belongs to another matter.
    """
    item = locked_item(item_id)
    role = ask_for_role(
        Role.HANDLER, Role.COMMISSIONER, Role.SUPERVISOR, actor=actor, office=item.office
    )
    if item.kind != PlenaryMatter.RESULT:
        raise Refused(refusals.NOT_A_RESULT_ITEM)
    if item.outcome != ItemOutcome.PENDING:
        raise Refused(refusals.ITEM_DECIDED)
    _check(item, results)
    rows = [
        {"allegation": row.allegation_id, "outcomes": list(row.outcomes), "reason": row.reason}
        for row in results
    ]
    if rows != item.payload.get("results"):
        item.votes.all().delete()
        item.payload = {**item.payload, "results": rows}
        item.save(update_fields=["payload"])
    record(
        what="plenary.set_results",
        subject=item.matter.ref(),
        actor=actor,
        clock=clock,
        role=role,
        organisation=item.office.ref(),
        data={"item": item.pk, "allegations": len(rows)},
    )
    return item


def _check(item: AgendaItem, results: tuple[ResultGiven, ...]) -> None:
    known = set(Allegation.objects.filter(matter_id=item.matter_id).values_list("pk", flat=True))
    if {row.allegation_id for row in results} != known:
        raise refuse(RefusalCode.STALE)
    for row in results:
        if not row.outcomes:
            raise Refused(refusals.RESULT_NEEDS_CLASS)
        if len(row.outcomes) > 1 and ALONE & set(row.outcomes):
            raise Refused(refusals.RESULT_CONTRADICTS)
