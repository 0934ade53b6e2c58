"""What a person may do with a subject now: the buttons, and why some refuse."""

from collections.abc import Iterable
from dataclasses import dataclass

from neutrality.audit.actor import Actor
from neutrality.casework.adapter import Tracked
from neutrality.casework.clocks import open_clocks_for
from neutrality.casework.engine import NO_CONTEXT
from neutrality.casework.judging import Situation, Standing, refusal_now, standing_of
from neutrality.casework.models import LegalClock
from neutrality.casework.refusals import Refusal
from neutrality.casework.workflow import StepContext, Transition, Workflow
from neutrality.law.clock import Clock


@dataclass(frozen=True, slots=True)
class Offer:
    """One button.

    Attributes:
        action: What to hand to `apply`.
        label: The words on it.
        is_main: Whether it is the usual next step.
        is_proposed: Whether a missed deadline proposes it.
        needs_reason: Whether the form asks for a reason.
        records: Whether the form asks for the acting party and the source document.
        refusal: Why it would be refused now, or None.
    """

    action: str
    label: str
    is_main: bool
    is_proposed: bool
    needs_reason: bool
    records: bool
    refusal: Refusal | None


def available(
    *,
    workflow: Workflow,
    subject: Tracked,
    actor: Actor,
    clock: Clock,
    context: StepContext = NO_CONTEXT,
    clocks: Iterable[LegalClock] | None = None,
) -> list[Offer]:
    """Return what this actor may do here, main step first, each with its present refusal.

    `clocks` are the subject's open clocks, when the page has them already; else one query.
    """
    if clocks is None:
        clocks = _open_clocks(workflow, subject)
    proposed = proposals(workflow=workflow, subject=subject, clocks=clocks, clock=clock)
    situation = Situation(workflow, subject, actor, clock, context)
    standings = ((row, standing_of(situation, row)) for row in workflow.leaving(subject.state))
    offers = [
        _offer(situation, row, standing, is_proposed=row in proposed)
        for row, standing in standings
        if standing is not None
    ]
    return sorted(offers, key=lambda offer: not offer.is_main)


def proposals(
    *,
    workflow: Workflow,
    subject: Tracked,
    clock: Clock,
    clocks: Iterable[LegalClock] | None = None,
) -> tuple[Transition, ...]:
    """Return the steps that a passed deadline proposes; none of them is taken by itself."""
    if clocks is None:
        clocks = _open_clocks(workflow, subject)
    missed = {row.code for row in clocks if row.due_at < clock.now}
    return tuple(
        row for row in workflow.leaving(subject.state) if row.proposed_when_missed in missed
    )


def _offer(
    situation: Situation, transition: Transition, standing: Standing, *, is_proposed: bool
) -> Offer:
    return Offer(
        action=str(transition.action),
        label=transition.label,
        is_main=transition.main,
        is_proposed=is_proposed,
        needs_reason=transition.needs_reason,
        records=standing.records,
        refusal=refusal_now(situation, transition, standing),
    )


def _open_clocks(workflow: Workflow, subject: Tracked) -> Iterable[LegalClock]:
    found = open_clocks_for(kind=workflow.subject_kind, ids=[subject.pk])
    return found.get(subject.pk, [])
