"""The history of synthetic subjects: steps, legal clocks and the chained audit rows."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final, NamedTuple

from complaints.seeding.ground import Ground, Instant, Period, Place
from complaints.seeding.journeys import Move
from complaints.seeding.sheets import HOLE, SharedSheet, Sheet
from complaints.seeding.words import REASON
from neutrality.accounts.models import User
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
    "state",
    "organisation_kind",
    "organisation_id",
    "organisation_path",
    "started_by",
    "stopped_at",
    "stopped_by",
)
# Clocks that start at one instant in one zone say the same for each of their subjects.
_PERIOD: Final = ("code", "rule", "calendar", "time_zone", "started_at", "due_at")
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


_OPEN: Final = str(ClockState.OPEN)
_MET: Final = str(ClockState.MET)
_LATE: Final = str(ClockState.LATE)
# Stand for what differs from row to row, until a form has holes there: a number, and a text.
_NUMBER: Final = "@"
_TEXT: Final = "@@"


class Walk(NamedTuple):
    """A subject that took these moves at these instants."""

    kind: str
    pk: int
    place: Place
    moves: tuple[Move, ...]
    slots: Sequence[int]
    document_id: int | None = None


class Standing(NamedTuple):
    """Where a walk has led: state, version, the earliest open clock and its time as COPY text."""

    state: str
    version: int
    due: datetime | None
    due_text: str | None


class _Form(NamedTuple):
    """An audit row with holes: as a line for COPY, and as the text that is hashed."""

    line: str
    hashed: str
    by_citizen: bool


class Ledger:
    """Writes what the engine would have written, step by step.

    What a move writes at an office is always the same but for keys and times, so that it is
    spelled once, with holes for these.
    """

    def __init__(self, ground: Ground) -> None:
        """Begin with empty sheets."""
        self.ground = ground
        self.steps = Sheet(Step, *_STEP)
        self.clocks = SharedSheet(LegalClock, *_CLOCK, apart=_PERIOD)
        self.audit = Sheet(AuditRow, *_AUDIT)
        self.sheets = [self.steps, self.clocks, self.audit]
        self._reasons = _actions_with_reason()
        self._scripts: dict[tuple[int, Move], tuple[str, _Form]] = {}
        self._issues: dict[tuple[int, Move], _Form] = {}
        self._clock_lines: dict[tuple[str, Period], str] = {}
        self._shared: dict[Period, int] = {}

    def write(self, walk: Walk) -> Standing:
        """Write the whole history of a subject, chained from its first row."""
        _kind, pk, place, moves, slots, document = walk
        running: dict[str, tuple[Period, int]] = {}
        previous, office = "", place.office_id
        for position, (move, slot) in enumerate(zip(moves, slots, strict=True), 1):
            line, form = self._scripts.get((office, move)) or self._script(place, move)
            at = self.ground.instants[slot]
            step = self.steps.put(line, pk, position, at.text, at.text, document)
            previous = self._append(form, walk, pk, at, step, position, previous)
            document = None
            for code in move.stops:
                if code in running:
                    self._clock(walk, *running.pop(code), at, step)
            for code in move.starts:
                if code not in running:  # one that runs goes on from its first start
                    running[code] = self.ground.period(place, code, slot), step
        for period, step in running.values():
            self._clock(walk, period, step, None, None)
        return _standing(walk, [period for period, _step in running.values()])

    def issued(self, document_id: int, walk: Walk) -> None:
        """Record that a document was issued with the first step."""
        move, place = walk.moves[0], walk.place
        form = self._issues.get((place.office_id, move))
        if form is None:
            what = ("document", "document.issued")
            form = self._form(place, move, what, ("{}", "", "FINAL"))
            self._issues[place.office_id, move] = form
        self._append(form, walk, document_id, self.ground.instants[walk.slots[0]], 1, "")

    def _append(self, form: _Form, walk: Walk, pk: int, at: Instant, *rest: int | str) -> str:
        """Write an audit row of the subject `pk` and return its hash; `rest` ends with the last."""
        party = f"{walk.kind}:{walk.pk}" if form.by_citizen else ""
        hashed = form.hashed % (self.audit.next_id, pk, at.micros, at.micros, party, *rest)
        digest = sha256(hashed.encode()).hexdigest()
        self.audit.put(form.line, pk, at.text, at.text, party, *rest, digest)
        return digest

    def _script(self, place: Place, move: Move) -> tuple[str, _Form]:
        """Spell the step and the audit row of a move at an office."""
        user, office = _who(place, move), place.office
        line = self.steps.line_with(
            subject_kind=move.kind,
            workflow=move.workflow,
            action=move.action,
            source=move.source,
            target=move.target,
            recorded_by=user.pk if user else None,
            actor_kind=(ActorKind.USER if user else ActorKind.CITIZEN).value,
            actor_label=user.name if user else "Pelapor",
            role=move.role,
            organisation_kind="office",
            organisation_id=office.pk,
            organisation_path=office.path,
            reason=REASON if (move.workflow, move.action) in self._reasons else "",
        )
        what = (move.kind, f"{move.workflow}.{move.action}")
        change = (f'{{"step": {_TEXT}}}', move.source, move.target)
        self._scripts[place.office_id, move] = line, self._form(place, move, what, change)
        return self._scripts[place.office_id, move]

    def _form(
        self, place: Place, move: Move, what: tuple[str, str], change: tuple[str, str, str]
    ) -> _Form:
        """Spell an audit row; `what` is kind and event, `change` data, before and after."""
        user = _who(place, move)
        values: dict[str, str | int | None] = {
            "subject_kind": what[0],
            "subject_id": _NUMBER,
            "what": what[1],
            "occurred_at": _NUMBER,
            "recorded_at": _NUMBER,
            "actor_kind": (ActorKind.USER if user else ActorKind.CITIZEN).value,
            "user_id": user.pk if user else None,
            "party_ref": _TEXT,
            "role": move.role,
            "organisation_kind": "office",
            "organisation_id": place.office_id,
            "organisation_path": place.path,
            "data": change[0],
            "before": change[1],
            "after": change[2],
            "position": _NUMBER,
            "previous_hash": _TEXT,
        }
        text = row_bytes((_NUMBER, *values.values())).decode().replace("%", "%%")
        hashed = text.replace(f'"{_NUMBER}"', HOLE).replace(_TEXT, HOLE)
        bytes_ = {"previous_hash": rf"\\x{_TEXT}", "hash": rf"\\x{_TEXT}"}
        line = self.audit.line_with(**values | bytes_).replace(_TEXT, HOLE)
        return _Form(line.replace(_NUMBER, HOLE), hashed, user is None)

    def _clock(
        self, walk: Walk, period: Period, started: int, end: Instant | None, stopped: int | None
    ) -> None:
        """Write a clock that the step `started` began and the step `stopped` ended."""
        place = walk.place
        line = self._clock_lines.get((walk.kind, period)) or self._clock_line(walk.kind, period)
        state = _OPEN if end is None else _MET if end.at <= period.due else _LATE
        end_text = end.text if end else None
        self.clocks.put(
            line, walk.pk, state, place.office_id, place.path, started, end_text, stopped
        )

    def _clock_line(self, kind: str, period: Period) -> str:
        """Spell the clock of a period."""
        number = self._shared.get(period) or self.clocks.share(
            (
                period.code,
                period.rule,
                period.calendar,
                period.time_zone,
                period.started_text,
                period.due_text,
            )
        )
        self._shared[period] = number
        line = self.clocks.line_with(shared=number, subject_kind=kind, organisation_kind="office")
        self._clock_lines[kind, period] = line
        return line


def _who(place: Place, move: Move) -> User | None:
    return None if move.role == ActorKind.CITIZEN else place.member(move.role)


def _standing(walk: Walk, periods: list[Period]) -> Standing:
    first = min(periods, key=lambda each: each.due, default=None)
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
