"""Units of an agency: add, hang elsewhere, merge, split, rename."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection, transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.law.clock import Clock
from neutrality.organisations.codes import SuccessionKind, UnitKind
from neutrality.organisations.models import Agency, Unit, UnitSuccession
from neutrality.organisations.refusals import (
    CodeTaken,
    TooFewUnits,
    UnitBelowItself,
    UnitNotInForce,
    UnitsOfDifferentAgencies,
)
from neutrality.organisations.validity import lasting


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """A unit to be; `children` are ids of units that it takes over when another is split."""

    code: str
    name: str
    kind: UnitKind
    parent_id: int | None = None
    region_id: int | None = None
    children: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Decree:
    """What changes units: the decree and the first day of the new order."""

    name: str
    effective_on: date


@transaction.atomic(durable=True)
def add_unit(
    *, agency_id: int, draft: UnitDraft, valid_from: date | None, actor: Actor, clock: Clock
) -> Unit:
    """Add a unit to the agency's tree.

    Raises:
        CodeTaken: when a unit of the agency has the code then or later.
    """
    agency = Agency.objects.get(pk=agency_id)
    (unit,) = _create(agency=agency, drafts=[draft], valid_from=valid_from)
    _record("unit.add", unit, actor=actor, clock=clock)
    return unit


@transaction.atomic(durable=True)
def move_unit(
    *, unit_id: int, parent_id: int | None, decree: str, actor: Actor, clock: Clock
) -> Unit:
    """Hang the unit, with all below it, under another unit of its agency or under the agency.

    Raises:
        UnitBelowItself: when the new parent is the unit or hangs below it.
        UnitsOfDifferentAgencies: when the new parent belongs to another agency.
    """
    unit = _lock([unit_id])[0]
    parent = Unit.objects.get(pk=parent_id) if parent_id else None
    if parent and parent.agency_id != unit.agency_id:
        raise UnitsOfDifferentAgencies
    if parent and f"{parent.path}/".startswith(f"{unit.path}/"):
        raise UnitBelowItself
    above = parent.path if parent else Agency.objects.get(pk=unit.agency_id).path
    before = unit.path
    _hang(unit_ids=[unit.pk], parent_id=parent_id, path=above)
    unit.refresh_from_db()
    _record("unit.move", unit, actor=actor, clock=clock, moved_from=before, decree=decree)
    return unit


@transaction.atomic(durable=True)
def merge_units(
    *,
    unit_ids: Sequence[int],
    into: UnitDraft | int,
    decree: Decree,
    actor: Actor,
    clock: Clock,
) -> UnitSuccession:
    """End the units on the decree's day; `into` (a new unit, or one that stands) follows them.

    Running units below them hang under the successor from now on. Nobody's employment is touched.

    Raises:
        TooFewUnits: when fewer than two units become one.
        UnitNotInForce: when one of them does not hold on the decree's day.
        UnitsOfDifferentAgencies: when they do not belong to one agency.
    """
    standing = [] if isinstance(into, UnitDraft) else [into]
    if len({*unit_ids, *standing}) < 2:
        raise TooFewUnits
    units = _lock([*unit_ids, *standing])
    agency = _common_agency(units, decree)
    ending = [unit for unit in units if unit.pk not in standing]
    _end(ending, decree)
    successors = [unit for unit in units if unit.pk in standing]
    if isinstance(into, UnitDraft):
        successors = _create(agency=agency, drafts=[into], valid_from=decree.effective_on)
    _take_over(ending, successors[0], decree)
    return _succession(SuccessionKind.MERGE, ending, successors, decree, actor, clock)


@transaction.atomic(durable=True)
def rename_unit(
    *, unit_id: int, name: str, decree: Decree, actor: Actor, clock: Clock, code: str = ""
) -> UnitSuccession:
    """End the unit on the decree's day; one of the new name follows it in the same place.

    Raises:
        UnitNotInForce: when the unit does not hold on the decree's day.
    """
    units = _lock([unit_id])
    agency = _common_agency(units, decree)
    unit = units[0]
    draft = UnitDraft(
        code=code or unit.code,
        name=name,
        kind=UnitKind(unit.kind),
        parent_id=unit.parent_id,
        region_id=unit.region_id,
    )
    _end(units, decree)
    successors = _create(agency=agency, drafts=[draft], valid_from=decree.effective_on)
    _take_over(units, successors[0], decree)
    return _succession(SuccessionKind.RENAME, units, successors, decree, actor, clock)


@transaction.atomic(durable=True)
def split_unit(
    *, unit_id: int, drafts: Sequence[UnitDraft], decree: Decree, actor: Actor, clock: Clock
) -> UnitSuccession:
    """End the unit on the decree's day; two or more units follow it.

    A draft takes over the running children that it names, the first one all that none names.

    Raises:
        TooFewUnits: when fewer than two units follow.
        UnitNotInForce: when the unit does not hold on the decree's day.
    """
    if len(drafts) < 2:
        raise TooFewUnits
    units = _lock([unit_id])
    agency = _common_agency(units, decree)
    _end(units, decree)
    successors = _create(agency=agency, drafts=drafts, valid_from=decree.effective_on)
    for draft, successor in zip(drafts[1:], successors[1:], strict=True):
        named = units[0].children.filter(pk__in=draft.children).values_list("pk", flat=True)
        _hang(unit_ids=list(named), parent_id=successor.pk, path=successor.path)
    _take_over(units, successors[0], decree)
    return _succession(SuccessionKind.SPLIT, units, successors, decree, actor, clock)


def _lock(unit_ids: Iterable[int]) -> list[Unit]:
    wanted = set(unit_ids)
    units = list(Unit.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))
    if len(units) < len(wanted):
        raise Unit.DoesNotExist(f"Not all of {sorted(wanted)} are units.")
    return units


def _common_agency(units: Sequence[Unit], decree: Decree) -> Agency:
    if any(not _can_end(unit, decree.effective_on) for unit in units):
        raise UnitNotInForce
    if len({unit.agency_id for unit in units}) > 1:
        raise UnitsOfDifferentAgencies
    return Agency.objects.get(pk=units[0].agency_id)


def _can_end(unit: Unit, day: date) -> bool:
    return unit.holds_on(day) and unit.valid_from != day


def _end(units: Sequence[Unit], decree: Decree) -> None:
    Unit.objects.filter(pk__in=[unit.pk for unit in units]).update(valid_until=decree.effective_on)


def _create(*, agency: Agency, drafts: Sequence[UnitDraft], valid_from: date | None) -> list[Unit]:
    codes = [draft.code for draft in drafts]
    if Unit.objects.filter(lasting(valid_from), agency=agency, code__in=codes).exists():
        raise CodeTaken
    parents = Unit.objects.in_bulk([draft.parent_id for draft in drafts if draft.parent_id])
    return Unit.objects.bulk_create(
        Unit(
            agency=agency,
            parent_id=draft.parent_id,
            code=draft.code,
            path=f"{_path_above(agency, parents.get(draft.parent_id or 0))}/{draft.code}",
            name=draft.name,
            kind=draft.kind,
            region_id=draft.region_id,
            valid_from=valid_from,
        )
        for draft in drafts
    )


def _path_above(agency: Agency, parent: Unit | None) -> str:
    return parent.path if parent else agency.path


def _take_over(ended: Sequence[Unit], successor: Unit, decree: Decree) -> None:
    """Children that outlast the ended units hang under the successor; ended ones stay."""
    outlasting = lasting(decree.effective_on)
    running = Unit.objects.filter(outlasting, parent__in=ended).exclude(pk=successor.pk)
    _hang(
        unit_ids=list(running.values_list("pk", flat=True)),
        parent_id=successor.pk,
        path=successor.path,
    )


_HANG: Final = """
    WITH RECURSIVE moved(id, parent_id, path) AS (
        SELECT id, %(parent)s::bigint, %(path)s || '/' || code
        FROM organisations_unit WHERE id = ANY(%(units)s)
        UNION ALL
        SELECT child.id, child.parent_id, (moved.path || '/' || child.code)::varchar
        FROM organisations_unit child JOIN moved ON child.parent_id = moved.id
    )
    UPDATE organisations_unit unit SET parent_id = moved.parent_id, path = moved.path
    FROM moved WHERE unit.id = moved.id
"""


def _hang(*, unit_ids: list[int], parent_id: int | None, path: str) -> None:
    """Hang the units under `path`; they and all below them get their new paths in one statement."""
    if not unit_ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(_HANG, {"units": unit_ids, "parent": parent_id, "path": path})


def _succession(
    kind: SuccessionKind,
    predecessors: Sequence[Unit],
    successors: Sequence[Unit],
    decree: Decree,
    actor: Actor,
    clock: Clock,
) -> UnitSuccession:
    change = UnitSuccession.objects.create(
        kind=kind, decree=decree.name, effective_on=decree.effective_on
    )
    change.predecessors.set(predecessors)
    change.successors.set(successors)
    record(
        what=f"unit.{kind.lower()}",
        subject=SubjectRef("unit_succession", change.pk),
        actor=actor,
        clock=clock,
        data={
            "from": " ".join(unit.path for unit in predecessors),
            "to": " ".join(unit.path for unit in successors),
            "effective_on": decree.effective_on.isoformat(),
        },
    )
    return change


def _record(what: str, unit: Unit, *, actor: Actor, clock: Clock, **more: str) -> None:
    record(
        what=what,
        subject=SubjectRef("unit", unit.pk),
        actor=actor,
        clock=clock,
        organisation=unit.ref(),
        data={"path": unit.path, "moved_from": "", **more},
    )
