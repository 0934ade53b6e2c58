"""Whether a transition may be applied now, by this actor, with what was handed in."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor, ActorKind, OrgRef
from neutrality.casework.adapter import Tracked
from neutrality.casework.models import Step, StepKind
from neutrality.casework.refusals import Refusal, RefusalCode, Refused, refusal, refuse
from neutrality.casework.workflow import Act, StepContext, Transition, Workflow
from neutrality.law.clock import Clock
from neutrality.law.codes import PeriodCode
from neutrality.law.periods import due


@dataclass(frozen=True, slots=True)
class Standing:
    """In which role, and where, an actor may act; `records` when only on paper for another."""

    role: str
    organisation: OrgRef
    records: bool


@dataclass(frozen=True, slots=True)
class Situation:
    """One subject, one person in front of it, one moment, and what was handed in."""

    workflow: Workflow
    subject: Tracked
    actor: Actor
    clock: Clock
    context: StepContext


def standing_of(situation: Situation, transition: Transition) -> Standing | None:
    """Return in which role this actor may apply the transition, or None."""
    adapter, actor = situation.workflow.adapter, situation.actor
    if adapter.excludes(situation.subject, actor, situation.clock):
        return None
    if actor.kind is not ActorKind.USER:
        return _party_standing(situation, transition)
    places = adapter.organisations(situation.subject)
    own = role_among(actor, transition.roles, places)
    if own is not None:
        return Standing(*own, records=transition.acting_party)
    recorder = role_among(actor, transition.recorders, places)
    return Standing(*recorder, records=True) if recorder is not None else None


def role_among(
    actor: Actor, roles: Collection[str], places: Collection[OrgRef]
) -> tuple[str, OrgRef] | None:
    """Return the first of the roles, by name, that the actor holds at one of the places."""
    for place in places:
        role = actor.role_at(sorted(str(role) for role in roles), place)
        if role is not None:
            return role, place
    return None


def examine(situation: Situation, transition: Transition) -> Act:
    """Return the act, ready to be applied; raises `Refused` with the first reason why not.

    The order is fixed: a stranger learns nothing, a stale page learns that it is stale, and only
    then the rules of the step are asked.
    """
    standing = standing_of(situation, transition)
    if standing is None:
        raise refuse(RefusalCode.NOT_YOURS)
    check_version(situation.subject, situation.context.expected_version)
    _check_source(transition, situation.subject)
    act = _act(situation, transition, standing)
    for refused in _refusals(situation, act):
        raise Refused(refused)
    return act


def refusal_now(situation: Situation, transition: Transition, standing: Standing) -> Refusal | None:
    """Return what the guards would say now, before anything was handed in."""
    try:
        act = _act(situation, transition, standing)
    except Refused as refused:
        return refused.refusal
    return _refusal_of_guards(situation.subject, act)


def check_version(subject: Tracked, expected: int | None) -> None:
    """Raise `Refused` (STALE) when the page showed another version than the row has."""
    if expected not in {None, subject.version}:
        raise refuse(RefusalCode.STALE)


def _act(situation: Situation, transition: Transition, standing: Standing) -> Act:
    workflow, subject, clock = situation.workflow, situation.subject, situation.clock
    return Act(
        transition=transition,
        actor=situation.actor,
        role=standing.role,
        records=standing.records,
        organisation=standing.organisation,
        clock=clock,
        occurred_at=situation.context.occurred_at or clock.now,
        source_state="" if transition.creates else str(subject.state),
        target=_target(workflow, transition, subject),
        context=situation.context,
        load_rulebook=lambda: workflow.adapter.rulebook(subject, clock),
        load_calendar=lambda: workflow.adapter.calendar(subject),
    )


def _refusal_of_guards(subject: Tracked, act: Act) -> Refusal | None:
    answers = (guard(subject, act) for guard in act.transition.guards)
    return next((answer for answer in answers if answer is not None), None)


def _party_standing(situation: Situation, transition: Transition) -> Standing | None:
    adapter, actor, subject = situation.workflow.adapter, situation.actor, situation.subject
    if actor.kind not in transition.parties or not adapter.is_party(subject, actor):
        return None
    place = adapter.organisation(subject)
    return Standing(role=str(actor.kind), organisation=place, records=False)


def _check_source(transition: Transition, subject: Tracked) -> None:
    if not transition.creates and subject.state not in transition.sources:
        raise refuse(RefusalCode.WRONG_STATE)


def _target(workflow: Workflow, transition: Transition, subject: Tracked) -> str:
    if transition.returns:
        return _earlier_state(workflow, subject)
    return str(subject.state if transition.target is None else transition.target)


def _earlier_state(workflow: Workflow, subject: Tracked) -> str:
    """Return where the subject was before it came to its present state."""
    came = (
        Step.objects.filter(
            subject_kind=workflow.subject_kind,
            subject_id=subject.pk,
            kind=StepKind.TRANSITION,
            target=subject.state,
            voided_at=None,
        )
        .exclude(source=subject.state)
        .order_by("-sequence")
        .first()
    )
    if came is None or not came.source:
        raise refuse(RefusalCode.NO_EARLIER_STATE)
    return came.source


def _refusals(situation: Situation, act: Act) -> Iterator[Refusal]:
    """Yield the refusals lazily, so that nothing is asked after the first."""
    yield from (refusal(code) for code in _paper_codes(act))
    yield from (refusal(code) for code in _time_codes(situation, act))
    guarded = _refusal_of_guards(situation.subject, act)
    if guarded is not None:
        yield guarded


def _paper_codes(act: Act) -> Iterator[RefusalCode]:
    context = act.context
    if act.transition.needs_reason and not context.reason.strip():
        yield RefusalCode.REASON_NEEDED
    if act.records and not context.acting_party.strip():
        yield RefusalCode.ACTING_PARTY_NEEDED
    if act.records and context.source is None:
        yield RefusalCode.SOURCE_NEEDED
    if context.acting_party and not act.records:
        yield RefusalCode.ACTING_PARTY_UNEXPECTED


def _time_codes(situation: Situation, act: Act) -> Iterator[RefusalCode]:
    if act.occurred_at > act.clock.now:
        yield RefusalCode.IN_THE_FUTURE
    if act.occurred_at < act.clock.now and _is_beyond_tolerance(act):
        yield from _backdating_codes(situation, act)


def _is_beyond_tolerance(act: Act) -> bool:
    rule = act.rulebook.period(PeriodCode.BACKDATE_TOLERANCE)
    tolerance = due(rule, act.occurred_at, act.calendar)
    return not tolerance.is_met_by(act.clock.now)


def _backdating_codes(situation: Situation, act: Act) -> Iterator[RefusalCode]:
    context = act.context
    if not context.reason.strip():
        yield RefusalCode.BACKDATED_REASON_NEEDED
    if context.source is None:
        yield RefusalCode.BACKDATED_SOURCE_NEEDED
    if context.second_person is None:
        yield RefusalCode.BACKDATED_SECOND_PERSON_NEEDED
        return
    yield from second_person_codes(
        workflow=situation.workflow,
        subject=situation.subject,
        roles={*act.transition.roles, *act.transition.recorders, Role.SUPERVISOR},
        first_user_id=act.actor.user_id,
        second=context.second_person,
        clock=situation.clock,
    )


def second_person_codes(
    *,
    workflow: Workflow,
    subject: Tracked,
    roles: Collection[str],
    first_user_id: int | None,
    second: Actor,
    clock: Clock,
) -> Iterator[RefusalCode]:
    """Yield why this second person does not count: the same person, or without a role here."""
    if second.user_id is None or second.user_id == first_user_id:
        yield RefusalCode.SECOND_PERSON_IS_FIRST
    adapter = workflow.adapter
    places = adapter.organisations(subject)
    if adapter.excludes(subject, second, clock) or role_among(second, roles, places) is None:
        yield RefusalCode.SECOND_PERSON_HAS_NO_ROLE
