"""The one door through which a state changes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, cast

from django.db import connection, transaction
from django.db.models import Field, Model

from neutrality.audit.actor import Actor, OrgRef
from neutrality.audit.record import OutsideTransaction, SubjectRef, record
from neutrality.casework.adapter import Tracked
from neutrality.casework.clocks import hand_over_clocks, new_clock, start_clocks, stop_clocks
from neutrality.casework.judging import Situation, examine
from neutrality.casework.models import LegalClock, Step
from neutrality.casework.workflow import Act, StepContext, Transition, Workflow
from neutrality.documents.models import Document
from neutrality.documents.services import issue
from neutrality.law.clock import Clock
from neutrality.law.periods import PeriodRule
from neutrality.law.services.rows import mark_used
from neutrality.notifications.services import Message, enqueue_many
from neutrality.rows import create

NO_CONTEXT: Final = StepContext()


class NotAsCreated(ValueError):
    """A new subject was not inserted in the target state with version 1."""


@transaction.atomic(durable=True)
def apply(
    *,
    workflow: Workflow,
    action: str,
    subject_id: int,
    actor: Actor,
    clock: Clock,
    context: StepContext = NO_CONTEXT,
) -> Step:
    """Apply one transition with its history, audit, clocks, document and messages.

    All of it is one transaction; a refusal writes nothing.

    Raises:
        Refused: With the first reason why not.
        UnknownAction: When the workflow has no such action.
        DoesNotExist: When there is no such subject.
    """
    return apply_within(
        workflow=workflow,
        action=action,
        subject_id=subject_id,
        actor=actor,
        clock=clock,
        context=context,
    )


def apply_within(
    *,
    workflow: Workflow,
    action: str,
    subject_id: int,
    actor: Actor,
    clock: Clock,
    context: StepContext = NO_CONTEXT,
) -> Step:
    """Apply one transition inside another door's transaction, which must not swallow `Refused`.

    A door that moves several subjects calls it in the order of their ids, so that two such doors
    cannot wait for each other.

    Raises:
        OutsideTransaction: When no transaction is open.
        Refused, UnknownAction, DoesNotExist: As `apply`.
    """
    _inside_transaction()
    transition = workflow.get(action)
    subject = workflow.adapter.lock(subject_id)
    act = examine(Situation(workflow, subject, actor, clock, context), transition)
    left = workflow.adapter.organisation(subject)
    before = move(subject, act.target, workflow.adapter.after(transition, subject, act))
    follow_subject(workflow, subject, left)
    return _write_step(workflow, subject, act, before)


def create_within(
    *,
    workflow: Workflow,
    action: str,
    subject: Tracked,
    actor: Actor,
    clock: Clock,
    context: StepContext = NO_CONTEXT,
) -> Step:
    """Write the first step of a subject that the caller's transaction has just inserted.

    The row was inserted in the target state with version 1 and all its columns, so that the
    adapter's `after` is not asked; document, clocks, messages and audit follow as in `apply`.

    Raises:
        OutsideTransaction: When no transaction is open.
        NotAsCreated: When state or version are not those of a new subject.
        Refused, UnknownAction: As `apply`.
    """
    _inside_transaction()
    transition = workflow.get(action)
    act = examine(Situation(workflow, subject, actor, clock, context), transition)
    _check_created(transition, subject)
    return _write_step(workflow, subject, act, {})


def move(subject: Tracked, target: str, columns: Mapping[str, Any]) -> dict[str, Any]:
    """Set state, version and columns in one UPDATE; return what the columns held, as JSON values.

    The row must be locked. The instance in hand is brought up to date as well.
    """
    values = {"state": target, "version": subject.version + 1, **columns}
    fields = {column(subject, name): value for name, value in values.items()}
    before = {
        field.name: _as_json(field.value_from_object(cast("Model", subject)))
        for field in fields
        if field.name not in {"state", "version"}
    }
    rows = cast("Model", subject)._meta.model._base_manager  # noqa: SLF001
    rows.filter(pk=subject.pk).update(**values)
    for field, value in fields.items():
        setattr(subject, field.name if isinstance(value, Model) else field.attname, value)
    return before


def column(subject: Tracked, name: str) -> "Field[Any, Any]":
    """Return the column of this name (or of this foreign key's `*_id`) of the subject's model."""
    field = cast("Model", subject)._meta.get_field(name)  # noqa: SLF001
    if not isinstance(field, Field):
        raise TypeError(f"{name} is not a column.")
    return field


def subject_ref(workflow: Workflow, subject: Tracked) -> SubjectRef:
    """Name a subject of this workflow."""
    return SubjectRef(kind=workflow.subject_kind, id=subject.pk)


def _write_step(workflow: Workflow, subject: Tracked, act: Act, before: Mapping[str, Any]) -> Step:
    document = _issue(workflow, subject, act)
    step = _new_step(workflow, subject, act, before, document)
    create(step)
    _record(workflow, subject, act, step)
    _run_clocks(workflow, subject, act, step)
    notify(
        workflow=workflow,
        kinds=act.transition.notifies,
        subject=subject,
        step=step,
        clock=act.clock,
    )
    workflow.adapter.follow(act.transition, subject, act, step)
    return step


def follow_subject(workflow: Workflow, subject: Tracked, left: OrgRef) -> None:
    """Show the running clocks to the organisation that a step handed the subject to."""
    now_at = workflow.adapter.organisation(subject)
    if now_at != left:
        hand_over_clocks(subject=subject_ref(workflow, subject), organisation=now_at)


def _issue(workflow: Workflow, subject: Tracked, act: Act) -> Document | None:
    if act.transition.form is None:
        return None
    draft = workflow.adapter.document(act.transition, subject, act)
    return None if draft is None else issue(draft=draft, actor=act.actor, clock=act.clock)


def _new_step(
    workflow: Workflow,
    subject: Tracked,
    act: Act,
    before: Mapping[str, Any],
    document: Document | None,
) -> Step:
    context, source = act.context, act.context.source
    return Step(
        workflow=workflow.name,
        subject_kind=workflow.subject_kind,
        subject_id=subject.pk,
        sequence=subject.version,
        action=act.transition.action,
        source=act.source_state,
        target=act.target,
        occurred_at=act.occurred_at,
        recorded_at=act.clock.now,
        recorded_by_id=act.actor.user_id,
        actor_kind=act.actor.kind,
        actor_label=act.actor.label,
        role=act.role,
        organisation_kind=act.organisation.kind,
        organisation_id=act.organisation.id,
        organisation_path=act.organisation.path,
        reason=context.reason.strip(),
        acting_party=context.acting_party.strip(),
        source_number=source.number if source else "",
        source_dated_on=source.dated_on if source else None,
        source_document_id=source.document_id if source else None,
        second_person_id=context.second_person.user_id if context.second_person else None,
        document=document,
        columns_before=dict(before),
    )


def _record(workflow: Workflow, subject: Tracked, act: Act, step: Step) -> None:
    record(
        what=f"{workflow.name}.{act.transition.action}",
        subject=subject_ref(workflow, subject),
        actor=act.actor,
        clock=act.clock,
        occurred_at=act.occurred_at,
        role=act.role,
        organisation=act.organisation,
        before=act.source_state,
        after=act.target,
        data={"step": step.pk, **workflow.adapter.audited(act.transition, subject, act)},
    )


def _run_clocks(workflow: Workflow, subject: Tracked, act: Act, step: Step) -> None:
    transition, ref = act.transition, subject_ref(workflow, subject)
    stop_clocks(subject=ref, codes=transition.stops, stopped_at=act.occurred_at, step=step)
    starts = _starts(workflow, subject, act)
    if starts:
        start_clocks(_clocks(workflow, subject, act, step, starts))
        mark_used(rules=starts, clock=act.clock)


def _starts(workflow: Workflow, subject: Tracked, act: Act) -> dict[PeriodRule, datetime]:
    """Return the periods that begin with this step, each with its start."""
    given = (
        (code, workflow.adapter.clock_start(code, subject, act)) for code in act.transition.starts
    )
    return {act.rulebook.period(code): at for code, at in given if at is not None}


def _clocks(
    workflow: Workflow,
    subject: Tracked,
    act: Act,
    step: Step,
    starts: Mapping[PeriodRule, datetime],
) -> list[LegalClock]:
    organisation = workflow.adapter.organisation(subject)
    return [
        new_clock(
            rule=rule,
            subject=subject_ref(workflow, subject),
            organisation=organisation,
            calendar=act.calendar,
            started_at=started_at,
            step=step,
        )
        for rule, started_at in starts.items()
    ]


def notify(
    *, workflow: Workflow, kinds: tuple[str, ...], subject: Tracked, step: Step, clock: Clock
) -> None:
    """Put the messages of a step into the outbox, in one statement."""
    adapter = workflow.adapter
    messages = [
        Message(
            kind=kind,
            recipient=recipient,
            dedupe_key=f"step:{step.pk}:{kind}:{place}",
            context=adapter.message_context(kind, subject),
            language=adapter.language(kind, subject),
        )
        for kind in kinds
        for place, recipient in enumerate(adapter.recipients(kind, subject))
    ]
    if messages:
        enqueue_many(messages=messages, clock=clock)


def _check_created(transition: Transition, subject: Tracked) -> None:
    if not transition.creates or subject.state != transition.target or subject.version != 1:
        raise NotAsCreated(f"{transition.action}: a new subject is {transition.target}, version 1.")


def _as_json(value: object) -> object:
    plain = isinstance(value, (str, int, float, bool, list, dict)) or value is None
    return value if plain else str(value)


def _inside_transaction() -> None:
    if not connection.in_atomic_block:
        raise OutsideTransaction("A step is applied in a transaction.")
