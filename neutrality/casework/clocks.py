"""Legal clocks: started, stopped, explained, and moved only by a supervisor's decision."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Case, CharField, Q, QuerySet, Value, When

from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor, OrgRef
from neutrality.audit.record import OutsideTransaction, SubjectRef, record
from neutrality.casework import calendars, registry
from neutrality.casework.models import ClockMove, ClockState, LegalClock, Step
from neutrality.casework.refusals import RefusalCode, refuse
from neutrality.law.calendar import WorkCalendar
from neutrality.law.clock import Clock
from neutrality.law.codes import PeriodCode
from neutrality.law.periods import CountedDay, Due, PeriodRule, due, restore
from neutrality.rows import insert

_BATCH: Final = 500
# A decision is ratified by the plenary of the office whose coordinator took it, wherever the file is.
_STAYS: Final = (PeriodCode.RATIFICATION,)


@dataclass(frozen=True, slots=True)
class MoveProposal:
    """An open clock that today's calendar would end at another instant."""

    clock: LegalClock
    due_before: datetime
    due_after: datetime


def new_clock(
    *,
    rule: PeriodRule,
    subject: SubjectRef,
    organisation: OrgRef,
    calendar: WorkCalendar,
    started_at: datetime,
    step: Step | None = None,
) -> LegalClock:
    """Return an unsaved clock with the rule and the calendar that it starts in."""
    end = due(rule, started_at, calendar)
    return LegalClock(
        subject_kind=subject.kind,
        subject_id=subject.id,
        code=rule.code,
        rule=rule.snapshot(),
        calendar=calendars.snapshot(calendar, end.days[0].date, end.last_day),
        time_zone=calendar.tz.key,
        organisation_kind=organisation.kind,
        organisation_id=organisation.id,
        organisation_path=organisation.path,
        started_at=started_at,
        started_by=step,
        due_at=end.due_at,
    )


def start_clock(
    *,
    rule: PeriodRule,
    subject: SubjectRef,
    organisation: OrgRef,
    calendar: WorkCalendar,
    started_at: datetime,
    step: Step | None = None,
) -> None:
    """Start a period by an event outside a transition, e.g. the receipt of a notice.

    A clock of this period that already runs goes on from its first start.

    Raises:
        OutsideTransaction: When no transaction is open.
    """
    start_clocks(
        [
            new_clock(
                rule=rule,
                subject=subject,
                organisation=organisation,
                calendar=calendar,
                started_at=started_at,
                step=step,
            )
        ]
    )


def start_clocks(clocks: Sequence[LegalClock]) -> None:
    """Insert new clocks in one statement; one that already runs goes on from its first start."""
    _inside_transaction()
    if clocks:
        insert(clocks, or_leave=True)


def stop_clocks(
    *,
    subject: SubjectRef,
    codes: Collection[PeriodCode],
    stopped_at: datetime,
    step: Step | None = None,
) -> int:
    """Stop the open clocks of these periods as met or late; return how many, in one statement.

    Raises:
        OutsideTransaction: When no transaction is open.
    """
    _inside_transaction()
    if not codes:
        return 0
    return _open_of(subject, codes).update(
        state=_state_at(stopped_at), stopped_at=stopped_at, stopped_by=step
    )


def void_clocks(
    *, subject: SubjectRef, codes: Collection[PeriodCode], reason: str, clock: Clock
) -> int:
    """Void the open clocks of these periods, as if they had never counted; return how many.

    Raises:
        OutsideTransaction: When no transaction is open.
    """
    _inside_transaction()
    return _open_of(subject, codes).update(
        state=ClockState.VOIDED, voided_at=clock.now, void_reason=reason
    )


def hand_over_clocks(*, subject: SubjectRef, organisation: OrgRef) -> int:
    """Let the open clocks run for another organisation; start, rule, zone and end stay.

    A ratification stays with the organisation that has to ratify.

    Raises:
        OutsideTransaction: When no transaction is open.
    """
    _inside_transaction()
    rows = LegalClock.objects.filter(
        subject_kind=subject.kind, subject_id=subject.id, state=ClockState.OPEN
    ).exclude(code__in=[str(code) for code in _STAYS])
    return rows.update(
        organisation_kind=organisation.kind,
        organisation_id=organisation.id,
        organisation_path=organisation.path,
    )


def undo_clocks(*, step: Step, reason: str, clock: Clock) -> None:
    """Void what a step started and let what it stopped run on from its first start."""
    LegalClock.objects.filter(started_by=step).exclude(state=ClockState.VOIDED).update(
        state=ClockState.VOIDED, voided_at=clock.now, void_reason=reason
    )
    LegalClock.objects.filter(stopped_by=step).exclude(state=ClockState.VOIDED).update(
        state=ClockState.OPEN, stopped_at=None, stopped_by=None
    )


def open_clocks_for(*, kind: str, ids: Collection[int]) -> dict[int, list[LegalClock]]:
    """Return the open clocks of many subjects, soonest first, in one query."""
    found: dict[int, list[LegalClock]] = defaultdict(list)
    clocks = LegalClock.objects.filter(
        subject_kind=kind, subject_id__in=ids, state=ClockState.OPEN
    ).order_by("due_at", "id")
    for clock in clocks:
        found[clock.subject_id].append(clock)
    return dict(found)


def due_before(*, instant: datetime, paths: Collection[str] | None = None) -> QuerySet[LegalClock]:
    """Return the open clocks due before an instant, soonest first, in these offices' subtrees."""
    clocks = LegalClock.objects.filter(state=ClockState.OPEN, due_at__lt=instant)
    if paths is not None:
        within = Q(organisation_path__in=paths)
        for path in paths:
            within |= Q(organisation_path__startswith=f"{path}/")
        clocks = clocks.filter(within)
    return clocks.order_by("due_at", "id")


def rule_of(clock: LegalClock) -> PeriodRule:
    """Return the rule that the clock started with."""
    return restore(clock.rule)


def explain(clock: LegalClock) -> tuple[CountedDay, ...]:
    """Return why the clock ends when it does, day by day, from what it kept."""
    return recompute(clock, calendars.restore(clock.calendar)).days


def recompute(clock: LegalClock, calendar: WorkCalendar) -> Due:
    """Return when the clock would end in this calendar; it keeps its rule and its start."""
    return due(rule_of(clock), clock.started_at, calendar)


def move_proposals(*, clocks: Iterable[LegalClock]) -> tuple[MoveProposal, ...]:
    """Return which of these open clocks today's calendars would move.

    The subjects are loaded in batches by kind. Nothing is changed: see `confirm_move`.
    """
    return tuple(
        MoveProposal(clock=clock, due_before=clock.due_at, due_after=moved.due_at)
        for clock, calendar in _with_calendars(clocks)
        if (moved := recompute(clock, calendar)).due_at != clock.due_at
    )


@transaction.atomic(durable=True)
def confirm_move(
    *, clock_id: int, expected_due_after: datetime, basis: str, actor: Actor, clock: Clock
) -> ClockMove:
    """Move one open clock to what today's calendar says, by a supervisor of its organisation.

    Raises:
        Refused: NOT_YOURS, CLOCK_IS_CLOSED, or STALE when the calendar changed once more.
    """
    row = LegalClock.objects.select_for_update(of=("self",)).get(pk=clock_id)
    role = actor.role_at([Role.SUPERVISOR], organisation_of(row))
    if role is None or actor.user_id is None:
        raise refuse(RefusalCode.NOT_YOURS)
    if row.state != ClockState.OPEN:
        raise refuse(RefusalCode.CLOCK_IS_CLOSED)
    ((_, calendar),) = _with_calendars([row])
    moved = recompute(row, calendar)
    if moved.due_at != expected_due_after or moved.due_at == row.due_at:
        raise refuse(RefusalCode.STALE)
    move = _move(row, moved, calendar, basis, actor.user_id, clock)
    _record_move(move, row, role, actor, clock)
    return move


def organisation_of(clock: LegalClock) -> OrgRef:
    """Return the organisation that the clock runs for."""
    return OrgRef(
        kind=clock.organisation_kind,  # type: ignore[arg-type]
        id=clock.organisation_id,
        path=clock.organisation_path,
    )


def _move(
    row: LegalClock,
    moved: Due,
    calendar: WorkCalendar,
    basis: str,
    user_id: int,
    clock: Clock,
) -> ClockMove:
    move = ClockMove.objects.create(
        clock=row,
        due_before=row.due_at,
        due_after=moved.due_at,
        basis=basis,
        moved_at=clock.now,
        moved_by_id=user_id,
    )
    kept = calendars.snapshot(calendar, moved.days[0].date, moved.last_day)
    LegalClock.objects.filter(pk=row.pk).update(due_at=moved.due_at, calendar=kept)
    return move


def _record_move(move: ClockMove, row: LegalClock, role: str, actor: Actor, clock: Clock) -> None:
    record(
        what="casework.clock_moved",
        subject=SubjectRef(row.subject_kind, row.subject_id),
        actor=actor,
        clock=clock,
        role=role,
        organisation=organisation_of(row),
        before=move.due_before.isoformat(),
        after=move.due_after.isoformat(),
        data={"clock": row.pk, "period": row.code},
    )


def _with_calendars(clocks: Iterable[LegalClock]) -> Iterator[tuple[LegalClock, WorkCalendar]]:
    by_kind: dict[str, list[LegalClock]] = defaultdict(list)
    for clock in clocks:
        by_kind[clock.subject_kind].append(clock)
    for kind, group in by_kind.items():
        adapter = registry.for_subject(kind).adapter
        for first in range(0, len(group), _BATCH):
            batch = group[first : first + _BATCH]
            subjects = _by_id(adapter.load({clock.subject_id for clock in batch}))
            for clock in batch:
                yield clock, adapter.calendar(subjects[clock.subject_id])


def _by_id(subjects: Iterable[Any]) -> Mapping[int, Any]:
    return {subject.pk: subject for subject in subjects}


def _open_of(subject: SubjectRef, codes: Collection[PeriodCode]) -> QuerySet[LegalClock]:
    return LegalClock.objects.filter(
        subject_kind=subject.kind,
        subject_id=subject.id,
        code__in=[str(code) for code in codes],
        state=ClockState.OPEN,
    )


def _state_at(instant: datetime) -> Case:
    return Case(
        When(due_at__gte=instant, then=Value(ClockState.MET)),
        default=Value(ClockState.LATE),
        output_field=CharField(),
    )


def _inside_transaction() -> None:
    if not connection.in_atomic_block:
        raise OutsideTransaction("A clock belongs to the act that starts or stops it.")
