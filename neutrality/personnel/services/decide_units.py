"""What became of the units that a file names and nobody knows: decided before people are compared."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.law.clock import Clock
from neutrality.organisations.codes import SuccessionKind, UnitKind
from neutrality.organisations.models import Unit
from neutrality.organisations.services.units import (
    Decree,
    UnitDraft,
    add_unit,
    merge_units,
    rename_unit,
    split_unit,
)
from neutrality.personnel.codes import ImportState as S
from neutrality.personnel.models import RosterImport
from neutrality.personnel.refusals import ImportMoved, UnitsUndecided
from neutrality.personnel.roster.fields import plain_header
from neutrality.personnel.roster.units import Tree, UnknownUnit, segment

NEW, WRONG = "NEW", "WRONG"


@dataclass(frozen=True, slots=True)
class UnitDecision:
    """What a person chose for one unknown unit, in the order in which they were shown.

    `choice` is NEW, WRONG (its rows are not taken over), RENAME, MERGE or SPLIT; `parent_id` is
    where a new unit hangs, empty for directly under the agency.
    """

    choice: str
    parent_id: int | None = None


def decide_units(
    *,
    import_id: int,
    decisions: Sequence[UnitDecision],
    decree: str,
    actor: Actor,
    clock: Clock,
) -> RosterImport:
    """Make the units that the decisions call for, each by its own act; people are compared next.

    Units that are made stay when the import is given up: the tree of an agency is what it decreed.

    Raises:
        UnitsUndecided: Not every unit has a decision that fits it.
        ImportMoved: The import does not wait for this.
        OrganisationRefusal: A unit cannot change in that way on that day.
    """
    place = RosterImport.objects.select_related("agency").get(pk=import_id)
    if place.state != S.UNITS:
        raise ImportMoved
    unknown = [UnknownUnit.from_json(kept) for kept in place.units]
    _check(unknown, decisions)
    decided = [
        replace(unit, decision=made.choice) for unit, made in zip(unknown, decisions, strict=True)
    ]
    paper = Decree(name=decree, effective_on=place.states_on)
    tree = Tree(agency=place.agency, day=place.states_on)
    waiting = [
        (unit, made)
        for unit, made in zip(decided, decisions, strict=True)
        if tree.find((unit.code, unit.name))[0] is None  # pressed twice, or broken off half-way
    ]
    for unit, made in waiting:
        if made.choice == NEW:
            add_unit(
                agency_id=place.agency_id,
                draft=draft_of(unit, parent_id=made.parent_id),
                valid_from=place.states_on,
                actor=actor,
                clock=clock,
            )
        elif made.choice == SuccessionKind.RENAME:
            rename_unit(
                unit_id=unit.former[0],
                name=unit.name or unit.code,
                code=segment(unit.code),
                decree=paper,
                actor=actor,
                clock=clock,
            )
        elif made.choice == SuccessionKind.MERGE:
            _merge(unit, paper, actor, clock)
    _split([unit for unit, _made in waiting], paper, actor, clock)
    return _go_on(place, decided, actor, clock)


def draft_of(unit: UnknownUnit, *, parent_id: int | None) -> UnitDraft:
    """The unit to be; one that the data names without a code gets one from its name."""
    return UnitDraft(
        code=segment(unit.code) or code_from(unit.name),
        name=unit.name or unit.code,
        kind=kind_from(unit.name),
        parent_id=parent_id,
    )


def code_from(name: str) -> str:
    """A code that can stand in a path: letters and digits of the name."""
    return plain_header(name)[:40] or "unit"


_KINDS: Mapping[str, UnitKind] = {
    "sekretariat daerah": UnitKind.SECRETARIAT,
    "sekretariat dprd": UnitKind.COUNCIL_SECRETARIAT,
    "inspektorat": UnitKind.INSPECTORATE,
    "dinas": UnitKind.SERVICE,
    "badan": UnitKind.BOARD,
    "satuan polisi": UnitKind.POLICE_UNIT,
    "satpol": UnitKind.POLICE_UNIT,
    "bagian": UnitKind.SECTION,
    "bidang": UnitKind.SECTION,
    "sub": UnitKind.SUBSECTION,
    "seksi": UnitKind.SUBSECTION,
    "kecamatan": UnitKind.DISTRICT,
    "kelurahan": UnitKind.WARD,
    "upt": UnitKind.TECHNICAL,
    "rsud": UnitKind.HOSPITAL,
    "rumah sakit": UnitKind.HOSPITAL,
    "puskesmas": UnitKind.HEALTH_CENTRE,
    "sd": UnitKind.SCHOOL,
    "smp": UnitKind.SCHOOL,
    "sma": UnitKind.SCHOOL,
    "smk": UnitKind.SCHOOL,
    "tk": UnitKind.SCHOOL,
}


def kind_from(name: str) -> UnitKind:
    """What kind a unit is by the beginning of its name; another kind when that says nothing."""
    text = name.casefold()
    return next((kind for word, kind in _KINDS.items() if text.startswith(word)), UnitKind.OTHER)


def _check(unknown: Sequence[UnknownUnit], decisions: Sequence[UnitDecision]) -> None:
    if len(unknown) != len(decisions):
        raise UnitsUndecided
    fits = (
        made.choice in {NEW, WRONG, unit.proposal}
        for unit, made in zip(unknown, decisions, strict=True)
    )
    if not all(fits) or any(not made.choice for made in decisions):
        raise UnitsUndecided


def _merge(unit: UnknownUnit, decree: Decree, actor: Actor, clock: Clock) -> None:
    parents = set(Unit.objects.filter(pk__in=unit.former).values_list("parent_id", flat=True))
    common = parents.pop() if len(parents) == 1 else None
    merge_units(
        unit_ids=unit.former,
        into=draft_of(unit, parent_id=common),
        decree=decree,
        actor=actor,
        clock=clock,
    )


def _split(decided: Sequence[UnknownUnit], decree: Decree, actor: Actor, clock: Clock) -> None:
    """Units that come from one are made together."""
    parts: dict[int, list[UnknownUnit]] = defaultdict(list)
    for unit in decided:
        if unit.decision == SuccessionKind.SPLIT:
            parts[unit.former[0]].append(unit)
    for former, units in parts.items():
        parent_id = Unit.objects.values_list("parent_id", flat=True).get(pk=former)
        drafts = [draft_of(unit, parent_id=parent_id) for unit in units]
        if len(drafts) == 1:  # the other part was called new or wrong
            rename_unit(
                unit_id=former,
                name=drafts[0].name,
                code=drafts[0].code,
                decree=decree,
                actor=actor,
                clock=clock,
            )
        else:
            split_unit(unit_id=former, drafts=drafts, decree=decree, actor=actor, clock=clock)


@transaction.atomic(durable=True)
def _go_on(
    place: RosterImport, decided: Sequence[UnknownUnit], actor: Actor, clock: Clock
) -> RosterImport:
    changed = RosterImport.objects.filter(pk=place.pk, state=S.UNITS).update(
        units=[unit.as_json() for unit in decided], state=S.CHECKING
    )
    if not changed:
        raise ImportMoved
    record(
        what="roster.units_decided",
        subject=place.ref(),
        actor=actor,
        clock=clock,
        organisation=place.agency.ref(),
        data={"units": len(decided)},
    )
    place.refresh_from_db()
    return place
