"""Give many entries of an office to one colleague at once, with a preview, and take it back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from complaints import access
from complaints.models import AssignmentBatch, AssignmentChange, Matter, Report, Tip
from complaints.services.holders import ENDED, workers_of
from complaints.services.office_roles import CLERKS
from complaints.services.plenary_rows import ask_for_role
from complaints.workflow import refusals
from neutrality.accounts.actors import actor_of
from neutrality.accounts.models import User
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import Act, record_many
from neutrality.casework.refusals import Refusal, RefusalCode, Refused, refuse
from neutrality.law.clock import Clock
from neutrality.organisations.models import Office

Thing = Report | Tip | Matter
ASSIGNERS: Final = (*CLERKS, Role.SUPERVISOR)
CAP: Final = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was ticked, and why it cannot be given (None: it can)."""

    thing: Thing
    refusal: Refusal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Giving:
    """What is to be given to whom, at which office, and why; `to` None takes it from everybody."""

    office: Office
    things: Sequence[Thing]
    to: User | None
    reason: str = ""


def lines_of(*, giving: Giving, actor: Actor, day: date) -> list[Line]:
    """Return each thing with the reason why it cannot be given; nothing is written.

    Raises:
        Refused: NOT_YOURS, or more than the cap.
    """
    _ask(giving, actor)
    roles = _roles(giving, day)
    tied = _tied(giving, day)
    return [Line(thing, _why_not(thing, giving, roles, tied)) for thing in giving.things]


@transaction.atomic(durable=True)
def assign_many(*, giving: Giving, actor: Actor, clock: Clock) -> AssignmentBatch:
    """Give what can be given and leave the rest; the batch remembers who had what.

    Raises:
        Refused: NOT_YOURS, more than the cap, or nothing of it can be given.
    """
    _ask(giving, actor)
    held = replace(giving, things=_held(giving.things))
    lines = lines_of(giving=held, actor=actor, day=clock.today_in(giving.office.tz))
    ready = [line.thing for line in lines if line.refusal is None]
    if not ready:
        raise Refused(refusals.NOTHING_TO_ASSIGN)
    batch = AssignmentBatch.objects.create(
        office=giving.office,
        to=giving.to,
        reason=giving.reason.strip(),
        made_at=clock.now,
        made_by_id=actor.user_id,
    )
    AssignmentChange.objects.bulk_create(_change(batch, thing) for thing in ready)
    for thing in ready:
        _give(thing, giving.to.pk if giving.to else None)
    _record("entry.assign", ready, batch, actor, clock)
    return batch


@transaction.atomic(durable=True)
def undo_assignment(*, batch_id: int, actor: Actor, clock: Clock) -> int:
    """Give back what is still where the batch put it; return how many things went back.

    Raises:
        Refused: NOT_YOURS, or undone before.
    """
    rows = AssignmentBatch.objects.select_for_update(of=("self",)).select_related("office")
    batch = rows.get(pk=batch_id)
    ask_for_role(*ASSIGNERS, actor=actor, office=batch.office)
    if batch.undone_at is not None:
        raise refuse(RefusalCode.ALREADY_DECIDED)
    back = []
    changes = list(batch.changes.select_related("report", "tip", "matter").order_by("pk"))
    things = _held([_thing_of(change) for change in changes])
    for change, thing in zip(changes, things, strict=True):
        if thing.assignee_id == batch.to_id and thing.office_id == batch.office_id:
            _give(thing, change.before_id)
            back.append(thing)
    batch.undone_at, batch.undone_by_id = clock.now, actor.user_id
    batch.save(update_fields=["undone_at", "undone_by"])
    _record("entry.assignment_undone", back, batch, actor, clock)
    return len(back)


def _ask(giving: Giving, actor: Actor) -> None:
    """Ask whether the actor gives out work there, and not too much at once."""
    ask_for_role(*ASSIGNERS, actor=actor, office=giving.office)
    if len(giving.things) > CAP:
        raise Refused(refusals.TOO_MANY)


def _roles(giving: Giving, day: date) -> frozenset[str]:
    """Return the roles in which the colleague can be given something here; everything for nobody."""
    if giving.to is None:
        return frozenset(CLERKS)
    if not giving.to.is_active:
        return frozenset()
    colleague, here = actor_of(user=giving.to, day=day), giving.office.ref()
    return frozenset(role for role in CLERKS if colleague.role_at((role,), here))


def _tied(giving: Giving, day: date) -> set[int]:
    """Return the matters that a relation keeps from the colleague."""
    if giving.to is None:
        return set()
    matters = {_matter_id(thing) for thing in giving.things}
    pairs = access.conflicts_of(user_ids=[giving.to.pk], matter_ids=matters, day=day)
    return {matter for _user, matter in pairs}


def _why_not(thing: Thing, giving: Giving, roles: frozenset[str], tied: set[int]) -> Refusal | None:
    checks = (
        (thing.office_id != giving.office.pk, refusals.OF_ANOTHER_OFFICE),
        (not roles, refusals.NOT_A_COLLEAGUE),
        (_matter_id(thing) in tied, refusals.TIED_COLLEAGUE),
        (thing.assignee_id == (giving.to.pk if giving.to else None), refusals.HAS_IT_ALREADY),
        (has_ended(thing), refusals.ENDED_ALREADY),
        (not roles & set(workers_of(thing)), refusals.NOT_AT_THIS_STAGE),
    )
    return next((refusal for is_wrong, refusal in checks if is_wrong), None)


def has_ended(thing: Thing) -> bool:
    """Whether nothing is to be done about it any more."""
    return thing.state in ENDED[type(thing)]


def _matter_id(thing: Thing) -> int:
    return thing.pk if isinstance(thing, Matter) else thing.matter_id


def _thing_of(change: AssignmentChange) -> Thing:
    thing = change.report or change.tip or change.matter
    if thing is None:
        raise LookupError("A change is of one thing.")
    return thing


def _held(things: Sequence[Thing]) -> list[Thing]:
    """Return the things as they are now, locked: entries before files, each kind by its keys.

    The files of the entries are locked too; so two batches never wait for each other.
    """
    found: dict[tuple[type[Thing], int], Thing] = {}
    for table in (Report, Tip):
        keys = [thing.pk for thing in things if isinstance(thing, table)]
        found |= {(table, row.pk): row for row in _locked(table, keys)}
    files = {_matter_id(thing) for thing in (*things, *found.values())}
    found |= {(Matter, row.pk): row for row in _locked(Matter, files)}
    return [found[type(thing), thing.pk] for thing in things]


def _locked(table: type[Thing], keys: Collection[int]) -> QuerySet[Any]:
    rows = table._base_manager.filter(pk__in=keys).order_by("pk")  # noqa: SLF001  every row
    return rows.select_for_update(of=("self",), no_key=True)


def _give(thing: Thing, user_id: int | None) -> None:
    type(thing)._base_manager.filter(pk=thing.pk).update(assignee_id=user_id)  # noqa: SLF001
    if not isinstance(thing, Matter):
        Matter.objects.filter(pk=thing.matter_id, assignee_id=thing.assignee_id).update(
            assignee_id=user_id
        )


def _change(batch: AssignmentBatch, thing: Thing) -> AssignmentChange:
    return AssignmentChange(
        batch=batch,
        report=thing if isinstance(thing, Report) else None,
        tip=thing if isinstance(thing, Tip) else None,
        matter=thing if isinstance(thing, Matter) else None,
        before_id=thing.assignee_id,
    )


def _record(
    what: str, things: Sequence[Thing], batch: AssignmentBatch, actor: Actor, clock: Clock
) -> None:
    data: dict[str, str | int] = {"batch": batch.pk, "to": batch.to_id or 0}
    acts = [Act(what=what, subject=thing.ref(), data=data) for thing in things]
    record_many(acts=acts, actor=actor, clock=clock, organisation=batch.office.ref())
