"""The history of synthetic subjects: steps, legal clocks and the chained audit rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from complaints.seeding.ground import Ground, Instant, Period, Place
from complaints.seeding.journeys import Move
from complaints.seeding.sheets import Sheet, hexed
from complaints.seeding.words import REASON
from neutrality.audit.actor import ActorKind
from neutrality.audit.canonical import row_bytes
from neutrality.audit.models import AuditRow
from neutrality.casework import registry
from neutrality.casework.models import ClockState, LegalClock, Step

_STEP: Final = (
    "subject_kind",
    "subject_id",
    "workflow",
    "sequence",
    "action",
    "source",
    "target",
    "occurred_at",
    "recorded_at",
    "recorded_by",
    "actor_kind",
    "actor_label",
    "role",
    "organisation_kind",
    "organisation_id",
    "organisation_path",
    "reason",
    "document",
)
_CLOCK: Final = (
    "subject_kind",
    "subject_id",
    "code",
    "state",
    "rule",
    "calendar",
    "time_zone",
    "organisation_kind",
    "organisation_id",
    "organisation_path",
    "started_at",
    "started_by",
    "due_at",
    "stopped_at",
    "stopped_by",
)
_AUDIT: Final = (
    "subject_kind",
    "subject_id",
    "what",
    "occurred_at",
    "recorded_at",
    "actor_kind",
    "user_id",
    "party_ref",
    "role",
    "organisation_kind",
    "organisation_id",
    "organisation_path",
    "data",
    "before",
    "after",
    "position",
    "previous_hash",
    "hash",
)


@dataclass(frozen=True, slots=True)
class Walk:
    """A subject that took these moves at these instants."""

    kind: str
    pk: int
    place: Place
    moves: tuple[Move, ...]
    slots: Sequence[int]
    document_id: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a walk has led: state, version, the earliest open clock and its time as COPY text."""

    state: str
    version: int
    due: datetime | None
    due_text: str | None


@dataclass(slots=True)
class _Running:
    period: Period
    slot: int
    step_id: int


class Ledger:
    """Writes what the engine would have written, step by step."""

    def __init__(self, ground: Ground) -> None:
        """Begin with empty sheets."""
        self.ground = ground
        self.steps = Sheet(Step, *_STEP)
        self.clocks = Sheet(LegalClock, *_CLOCK)
        self.audit = Sheet(AuditRow, *_AUDIT)
        self.sheets = [self.steps, self.clocks, self.audit]
        self._reasons = _actions_with_reason()

    def write(self, walk: Walk) -> Standing:
        """Write the whole history of a subject, chained from its first row."""
        running: dict[str, _Running] = {}
        digest = b""
        for position, (move, slot) in enumerate(zip(walk.moves, walk.slots, strict=True), 1):
            step_id = self._step(walk, move, position, slot)
            digest = self._record(walk, move, position, digest, step_id)
            self._turn(walk, move, slot, step_id, running)
        for code, clock in running.items():
            self._clock(walk, code, clock, None, None)
        return _standing(walk, running)

    def issued(self, document_id: int, walk: Walk) -> None:
        """Record that a document was issued with the first step."""
        move, at = walk.moves[0], self.ground.instants[walk.slots[0]]
        values = self._audit_values(
            ("document", document_id, "document.issued"), walk, move, at, "{}"
        )
        self._append([*values, "", "FINAL"], 1, b"", at)

    def _step(self, walk: Walk, move: Move, position: int, slot: int) -> int:
        at = self.ground.instants[slot].text
        citizen = move.role == ActorKind.CITIZEN
        user = None if citizen else walk.place.member(move.role)
        office = walk.place.office
        return self.steps.add(
            walk.kind,
            walk.pk,
            move.workflow,
            position,
            move.action,
            move.source,
            move.target,
            at,
            at,
            user.pk if user else None,
            (ActorKind.USER if user else ActorKind.CITIZEN).value,
            user.name if user else "Pelapor",
            move.role,
            "office",
            office.pk,
            office.path,
            REASON if (move.workflow, move.action) in self._reasons else "",
            walk.document_id if position == 1 else None,
        )

    def _record(self, walk: Walk, move: Move, position: int, digest: bytes, step_id: int) -> bytes:
        at = self.ground.instants[walk.slots[position - 1]]
        named = (walk.kind, walk.pk, f"{move.workflow}.{move.action}")
        values = self._audit_values(named, walk, move, at, f'{{"step": {step_id}}}')
        return self._append([*values, move.source, move.target], position, digest, at)

    def _audit_values(
        self, named: tuple[str, int, str], walk: Walk, move: Move, at: Instant, data: str
    ) -> list[str | int | None]:
        """Return the columns up to `data`, in the order in which they are hashed."""
        user = None if move.role == ActorKind.CITIZEN else walk.place.member(move.role)
        office = walk.place.office
        return [
            *named,
            at.micros,
            at.micros,
            (ActorKind.USER if user else ActorKind.CITIZEN).value,
            user.pk if user else None,
            "" if user else f"{walk.kind}:{walk.pk}",
            move.role,
            "office",
            office.pk,
            office.path,
            data,
        ]

    def _append(
        self, values: list[str | int | None], position: int, digest: bytes, at: Instant
    ) -> bytes:
        hashed = (self.audit.next_id, *values, position, digest.hex())
        fresh = sha256(row_bytes(hashed)).digest()
        values[3] = values[4] = at.text
        self.audit.add(*values, position, hexed(digest), hexed(fresh))
        return fresh

    def _turn(
        self, walk: Walk, move: Move, slot: int, step_id: int, running: dict[str, _Running]
    ) -> None:
        """Stop and start clocks; one that runs goes on from its first start."""
        for code in move.stops:
            if code in running:
                self._clock(walk, code, running.pop(code), slot, step_id)
        for period in move.starts:
            if period not in running:
                started = self.ground.period(walk.place, period, slot)
                running[str(period)] = _Running(started, slot, step_id)

    def _clock(
        self, walk: Walk, code: str, clock: _Running, stopped: int | None, step_id: int | None
    ) -> None:
        office, period = walk.place.office, clock.period
        end = None if stopped is None else self.ground.instants[stopped]
        self.clocks.add(
            walk.kind,
            walk.pk,
            code,
            _clock_state(period, end),
            period.rule,
            period.calendar,
            walk.place.zone.key,
            "office",
            office.pk,
            office.path,
            self.ground.instants[clock.slot].text,
            clock.step_id,
            period.due_text,
            end.text if end else None,
            step_id,
        )


def _clock_state(period: Period, end: Instant | None) -> str:
    if end is None:
        return str(ClockState.OPEN.value)
    return str((ClockState.MET if end.at <= period.due else ClockState.LATE).value)


def _standing(walk: Walk, running: dict[str, _Running]) -> Standing:
    first = min(
        (clock.period for clock in running.values()), key=lambda each: each.due, default=None
    )
    return Standing(
        state=walk.moves[-1].target,
        version=len(walk.moves),
        due=first.due if first else None,
        due_text=first.due_text if first else None,
    )


def _actions_with_reason() -> frozenset[tuple[str, str]]:
    return frozenset(
        (workflow.name, str(row.action))
        for workflow in registry.workflows()
        for row in workflow.transitions
        if row.needs_reason
    )
