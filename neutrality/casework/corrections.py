"""What two people decide together: corrections, acts dated far back, and confirmations."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor, ActorKind, Grant, OrgRef
from neutrality.audit.record import SubjectRef, record
from neutrality.casework import registry
from neutrality.casework.adapter import Tracked
from neutrality.casework.clocks import hand_over_clocks, undo_clocks
from neutrality.casework.engine import apply_within, column, follow_subject, move, notify
from neutrality.casework.judging import check_version, role_among, second_person_codes
from neutrality.casework.models import (
    RequestKind,
    RequestState,
    SecondPersonRequest,
    Step,
    StepKind,
)
from neutrality.casework.refusals import Refusal, RefusalCode, Refused, refusal, refuse
from neutrality.casework.workflow import (
    SourceDocument,
    StepContext,
    Transition,
    Workflow,
)
from neutrality.documents.models import DocumentState
from neutrality.documents.services import void
from neutrality.law.clock import Clock
from neutrality.law.codes import PeriodCode
from neutrality.law.periods import due

CORRECTION: Final = "CORRECTION"


@transaction.atomic(durable=True)
def request_correction(
    *,
    workflow: Workflow,
    subject_id: int,
    reason: str,
    actor: Actor,
    clock: Clock,
    expected_version: int | None = None,
) -> SecondPersonRequest:
    """Ask that the latest step be voided; another person must confirm it.

    Raises:
        Refused: NOT_YOURS, STALE, NOTHING_TO_CORRECT, NOT_CORRECTABLE, CORRECTION_TOO_LATE,
            REASON_NEEDED or ALREADY_REQUESTED; or what the adapter says that keeps the step.
    """
    subject = workflow.adapter.lock(subject_id)
    check_version(subject, expected_version)
    step = latest_step(workflow=workflow, subject=subject)
    role, place = _standing(workflow, subject, step, actor, clock)
    _check_correctable(workflow, subject, step, clock)
    if not reason.strip():
        raise refuse(RefusalCode.REASON_NEEDED)
    return _ask(
        SecondPersonRequest(
            workflow=workflow.name,
            subject_kind=workflow.subject_kind,
            subject_id=subject.pk,
            kind=RequestKind.CORRECTION,
            action=step.action,
            expected_version=subject.version,
            occurred_at=clock.now,
            recorded_at=clock.now,
            recorded_by_id=actor.user_id,
            requester=_actor_out(actor, role, place),
            reason=reason.strip(),
        ),
        actor,
        clock,
    )


@transaction.atomic(durable=True)
def request_backdated_act(
    *,
    workflow: Workflow,
    action: str,
    subject_id: int,
    actor: Actor,
    clock: Clock,
    context: StepContext,
) -> SecondPersonRequest:
    """Ask for a step dated back beyond the tolerance; another person must confirm it.

    `context.data` must hold JSON values. The step is judged when it is confirmed.

    Raises:
        Refused: NOT_YOURS, STALE, BACKDATED_REASON_NEEDED, BACKDATED_SOURCE_NEEDED or
            ALREADY_REQUESTED.
    """
    transition = workflow.get(action)
    subject = workflow.adapter.lock(subject_id)
    found = _standing_for(
        workflow, subject, {*transition.roles, *transition.recorders}, actor, clock
    )
    check_version(subject, context.expected_version)
    if not context.reason.strip():
        raise refuse(RefusalCode.BACKDATED_REASON_NEEDED)
    if context.source is None:
        raise refuse(RefusalCode.BACKDATED_SOURCE_NEEDED)
    return _ask(
        SecondPersonRequest(
            workflow=workflow.name,
            subject_kind=workflow.subject_kind,
            subject_id=subject.pk,
            kind=RequestKind.BACKDATED_ACT,
            action=transition.action,
            expected_version=subject.version,
            occurred_at=context.occurred_at or clock.now,
            recorded_at=clock.now,
            recorded_by_id=actor.user_id,
            requester=_actor_out(actor, *found),
            reason=context.reason.strip(),
            acting_party=context.acting_party,
            source_number=context.source.number,
            source_dated_on=context.source.dated_on,
            source_document_id=context.source.document_id,
            data=dict(context.data),
        ),
        actor,
        clock,
    )


@transaction.atomic(durable=True)
def confirm_request(*, request_id: int, actor: Actor, clock: Clock) -> Step:
    """Confirm, as the second person, what another asked for; return the step it becomes.

    Raises:
        Refused: ALREADY_DECIDED, SECOND_PERSON_IS_FIRST, SECOND_PERSON_HAS_NO_ROLE, STALE when
            the subject went on since, or what the step itself refuses.
    """
    request = _lock_request(request_id)
    workflow = registry.named(request.workflow)
    if request.kind == RequestKind.CORRECTION:
        step = _correct(workflow, request, actor, clock)
    else:
        step = _apply_backdated(workflow, request, actor, clock)
    _decide(request, RequestState.CONFIRMED, actor, clock, step)
    return step


@transaction.atomic(durable=True)
def decline_request(*, request_id: int, actor: Actor, clock: Clock) -> SecondPersonRequest:
    """Decline a request, or take back one's own.

    Raises:
        Refused: ALREADY_DECIDED, or NOT_YOURS.
    """
    request = _lock_request(request_id)
    workflow = registry.named(request.workflow)
    subject = workflow.adapter.lock(request.subject_id)
    roles = _correctors(workflow, workflow.get(request.action))
    _standing_for(workflow, subject, roles, actor, clock)
    _decide(request, RequestState.DECLINED, actor, clock, None)
    return request


@transaction.atomic(durable=True)
def confirm_step(*, workflow: Workflow, step_id: int, actor: Actor, clock: Clock) -> Step:
    """Confirm, for the authority that acted, a step that another recorded from paper.

    Raises:
        Refused: NOT_YOURS, SECOND_PERSON_IS_FIRST, NOT_FROM_ANOTHER_PARTY or ALREADY_CONFIRMED.
    """
    step = Step.objects.select_for_update(of=("self",)).get(pk=step_id, workflow=workflow.name)
    (subject,) = workflow.adapter.load([step.subject_id])
    role, place = _standing_for(
        workflow, subject, workflow.get(step.action).confirmers, actor, clock
    )
    _check_confirmable(step, actor)
    step.confirmed_at, step.confirmed_by_id = clock.now, actor.user_id
    step.save(update_fields=["confirmed_at", "confirmed_by"])
    record(
        what="casework.step_confirmed",
        subject=SubjectRef(step.subject_kind, step.subject_id),
        actor=actor,
        clock=clock,
        role=role,
        organisation=place,
        data={"step": step.pk},
    )
    return step


def latest_step(*, workflow: Workflow, subject: Tracked) -> Step:
    """Return the latest step that no correction voided; raises `Refused` when there is none."""
    step = (
        Step.objects.filter(
            subject_kind=workflow.subject_kind,
            subject_id=subject.pk,
            kind=StepKind.TRANSITION,
            voided_at=None,
        )
        .order_by("-sequence")
        .first()
    )
    if step is None:
        raise refuse(RefusalCode.NOTHING_TO_CORRECT)
    return step


def _correct(workflow: Workflow, request: SecondPersonRequest, actor: Actor, clock: Clock) -> Step:
    subject = workflow.adapter.lock(request.subject_id)
    voided = latest_step(workflow=workflow, subject=subject)
    _check_second_person(workflow, subject, request, actor, _correctors_of(workflow, voided), clock)
    check_version(subject, request.expected_version)
    _check_correctable(workflow, subject, voided, clock)
    left = str(subject.state)
    held = workflow.adapter.organisation(subject)
    move(subject, voided.source, _columns_back(subject, voided.columns_before))
    follow_subject(workflow, subject, held)
    step = _write_correction(workflow, request, subject, voided, left, actor, clock)
    _undo(workflow, subject, voided, step, clock)
    return step


def _write_correction(
    workflow: Workflow,
    request: SecondPersonRequest,
    subject: Tracked,
    voided: Step,
    left: str,
    actor: Actor,
    clock: Clock,
) -> Step:
    asker = _actor_in(request)
    grant = asker.grants[0]
    step = Step.objects.create(
        workflow=workflow.name,
        subject_kind=workflow.subject_kind,
        subject_id=subject.pk,
        sequence=subject.version,
        kind=StepKind.CORRECTION,
        action=CORRECTION,
        source=left,
        target=voided.source,
        occurred_at=clock.now,
        recorded_at=clock.now,
        recorded_by_id=asker.user_id,
        actor_kind=asker.kind,
        actor_label=asker.label,
        role=grant.role,
        organisation_kind=grant.at.kind,
        organisation_id=grant.at.id,
        organisation_path=grant.at.path,
        second_person_id=actor.user_id,
        reason=request.reason,
    )
    Step.objects.filter(pk=voided.pk).update(voided_at=clock.now, voided_by=step)
    record(
        what=f"{workflow.name}.{CORRECTION}",
        subject=SubjectRef(workflow.subject_kind, subject.pk),
        actor=actor,
        clock=clock,
        before=left,
        after=voided.source,
        data={"step": step.pk, "voided": voided.pk, "requester": asker.user_id or 0},
    )
    return step


def _undo(workflow: Workflow, subject: Tracked, voided: Step, step: Step, clock: Clock) -> None:
    undo_clocks(step=voided, reason=_("Langkah yang memulainya dikoreksi"), clock=clock)
    # What runs on may have stopped at another office, before the file was handed over.
    ref = SubjectRef(workflow.subject_kind, subject.pk)
    hand_over_clocks(subject=ref, organisation=workflow.adapter.organisation(subject))
    _void_document(voided, step, clock)
    workflow.adapter.undo(workflow.get(voided.action), subject, voided, clock)
    if workflow.correction_notice and workflow.get(voided.action).notifies:
        kinds = (workflow.correction_notice,)
        notify(workflow=workflow, kinds=kinds, subject=subject, step=step, clock=clock)


def _void_document(voided: Step, step: Step, clock: Clock) -> None:
    """Void what the step issued, unless somebody has done so already."""
    document = voided.document
    if document is not None and document.state != DocumentState.VOID:
        void(document_id=document.pk, reason=step.reason, actor=_actor_of(step), clock=clock)


def _apply_backdated(
    workflow: Workflow, request: SecondPersonRequest, actor: Actor, clock: Clock
) -> Step:
    subject = workflow.adapter.lock(request.subject_id)
    roles = _correctors(workflow, workflow.get(request.action))
    _check_second_person(workflow, subject, request, actor, roles, clock)
    return apply_within(
        workflow=workflow,
        action=request.action,
        subject_id=request.subject_id,
        actor=_actor_in(request),
        clock=clock,
        context=StepContext(
            reason=request.reason,
            occurred_at=request.occurred_at,
            expected_version=request.expected_version,
            acting_party=request.acting_party,
            source=_source_in(request),
            second_person=actor,
            data=request.data,
        ),
    )


def _ask(request: SecondPersonRequest, actor: Actor, clock: Clock) -> SecondPersonRequest:
    try:
        request.save(force_insert=True)
    except IntegrityError as error:
        raise refuse(RefusalCode.ALREADY_REQUESTED) from error
    record(
        what=f"casework.{request.kind}_requested",
        subject=SubjectRef(request.subject_kind, request.subject_id),
        actor=actor,
        clock=clock,
        role=request.requester["role"],
        data={"request": request.pk},
    )
    return request


def _lock_request(request_id: int) -> SecondPersonRequest:
    request = SecondPersonRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    if request.state != RequestState.OPEN:
        raise refuse(RefusalCode.ALREADY_DECIDED)
    return request


def _decide(
    request: SecondPersonRequest,
    state: RequestState,
    actor: Actor,
    clock: Clock,
    step: Step | None,
) -> None:
    request.state, request.step = state, step
    request.decided_at, request.decided_by_id = clock.now, actor.user_id
    request.save(update_fields=["state", "step", "decided_at", "decided_by"])
    record(
        what=f"casework.{request.kind}_{state}",
        subject=SubjectRef(request.subject_kind, request.subject_id),
        actor=actor,
        clock=clock,
        data={"request": request.pk},
    )


def correction_refusal(
    *, workflow: Workflow, subject: Tracked, step: Step, clock: Clock
) -> Refusal | None:
    """Return why this step cannot be voided now, whoever asks; None when it can."""
    transition, adapter = workflow.get(step.action), workflow.adapter
    if not step.source or not transition.correctable:
        return refusal(RefusalCode.NOT_CORRECTABLE)
    rule = adapter.rulebook(subject, clock).period(PeriodCode.CORRECTION)
    in_time = due(rule, step.recorded_at, adapter.calendar(subject)).is_met_by(clock.now)
    if not in_time:
        return refusal(RefusalCode.CORRECTION_TOO_LATE)
    return adapter.keeps(transition, subject, step)


def _check_correctable(workflow: Workflow, subject: Tracked, step: Step, clock: Clock) -> None:
    refused = correction_refusal(workflow=workflow, subject=subject, step=step, clock=clock)
    if refused is not None:
        raise Refused(refused)


def _check_second_person(
    workflow: Workflow,
    subject: Tracked,
    request: SecondPersonRequest,
    actor: Actor,
    roles: Collection[str],
    clock: Clock,
) -> None:
    codes = second_person_codes(
        workflow=workflow,
        subject=subject,
        roles=roles,
        first_user_id=request.recorded_by_id,
        second=actor,
        clock=clock,
    )
    for code in codes:
        raise Refused(refusal(code))


def _check_confirmable(step: Step, actor: Actor) -> None:
    if not step.acting_party:
        raise refuse(RefusalCode.NOT_FROM_ANOTHER_PARTY)
    if step.confirmed_at is not None or step.voided_at is not None:
        raise refuse(RefusalCode.ALREADY_CONFIRMED)
    if step.recorded_by_id == actor.user_id:
        raise refuse(RefusalCode.SECOND_PERSON_IS_FIRST)


def _correctors(workflow: Workflow, transition: Transition) -> set[str]:
    return {
        *workflow.correctors,
        *transition.roles,
        *transition.recorders,
        Role.SUPERVISOR,
    }


def _correctors_of(workflow: Workflow, step: Step) -> set[str]:
    return _correctors(workflow, workflow.get(step.action))


def _standing(
    workflow: Workflow, subject: Tracked, step: Step, actor: Actor, clock: Clock
) -> tuple[str, OrgRef]:
    return _standing_for(workflow, subject, _correctors_of(workflow, step), actor, clock)


def _standing_for(
    workflow: Workflow, subject: Tracked, roles: Iterable[str], actor: Actor, clock: Clock
) -> tuple[str, OrgRef]:
    adapter = workflow.adapter
    found = role_among(actor, set(roles), adapter.organisations(subject))
    if found is None or actor.user_id is None or adapter.excludes(subject, actor, clock):
        raise refuse(RefusalCode.NOT_YOURS)
    return found


def _columns_back(subject: Tracked, before: Mapping[str, Any]) -> dict[str, Any]:
    fields = {name: column(subject, name) for name in before}
    return {field.attname: field.to_python(before[name]) for name, field in fields.items()}


def _actor_out(actor: Actor, role: str, place: OrgRef) -> dict[str, Any]:
    return {
        "label": actor.label,
        "role": role,
        "kind": place.kind,
        "id": place.id,
        "path": place.path,
    }


def _actor_in(request: SecondPersonRequest) -> Actor:
    kept = request.requester
    place = OrgRef(kind=kept["kind"], id=kept["id"], path=kept["path"])
    return Actor(
        kind=ActorKind.USER,
        label=kept["label"],
        user_id=request.recorded_by_id,
        grants=(Grant(role=kept["role"], at=place),),
    )


def _actor_of(step: Step) -> Actor:
    return Actor(kind=ActorKind.USER, label=step.actor_label, user_id=step.recorded_by_id)


def _source_in(request: SecondPersonRequest) -> SourceDocument | None:
    if request.source_dated_on is None:
        return None
    return SourceDocument(
        number=request.source_number,
        dated_on=request.source_dated_on,
        document_id=request.source_document_id,
    )
