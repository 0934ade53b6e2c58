"""The history of a subject, and whether it leads to the state that the row has."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from neutrality.casework.models import Step, StepKind
from neutrality.casework.workflow import Workflow

_CHUNK: Final = 2000


@dataclass(frozen=True, slots=True)
class Mismatch:
    """The first thing that does not fit in one subject's history."""

    subject_kind: str
    subject_id: int
    sequence: int
    expected: str
    found: str

    def __str__(self) -> str:
        """Name the subject, the step, and what was expected there."""
        place = f"{self.subject_kind} {self.subject_id}, step {self.sequence}"
        return (
            f"{place}: expected {self.expected or '(nothing)'}, found {self.found or '(nothing)'}"
        )


@dataclass(frozen=True, slots=True)
class Line:
    """The part of a step that a replay reads."""

    pk: int
    sequence: int
    kind: str
    source: str
    target: str
    voided_by: int | None


def history_of(*, kind: str, subject_id: int) -> list[Step]:
    """Return every step of a subject, corrections and voided ones too, oldest first."""
    steps = Step.objects.filter(subject_kind=kind, subject_id=subject_id)
    return list(steps.order_by("sequence"))


def mismatches(workflow: Workflow) -> Iterator[Mismatch]:
    """Yield the first mismatch of every subject of a workflow whose history and state differ.

    Rows and steps are read side by side, in chunks, so that memory does not grow with the table.
    """
    histories = _histories(workflow)
    pk, lines = next(histories, (None, []))
    rows = workflow.adapter.model._base_manager.order_by("pk")  # noqa: SLF001
    for row_id, state, version in rows.values_list("pk", "state", "version").iterator(_CHUNK):
        while pk is not None and pk < row_id:
            yield Mismatch(workflow.subject_kind, pk, lines[-1].sequence, "", lines[-1].target)
            pk, lines = next(histories, (None, []))
        own = lines if pk == row_id else []
        found = replay(workflow, row_id, own, state, version)
        if found is not None:
            yield found
        if pk == row_id:
            pk, lines = next(histories, (None, []))
    while pk is not None:
        yield Mismatch(workflow.subject_kind, pk, lines[-1].sequence, "", lines[-1].target)
        pk, lines = next(histories, (None, []))


def replay(
    workflow: Workflow, subject_id: int, lines: list[Line], state: str, version: int
) -> Mismatch | None:
    """Walk one history; return where it first breaks, or where it ends beside the row."""
    kind = workflow.subject_kind
    here = "" if lines and not lines[0].source else str(workflow.initial)
    came: list[Line] = []
    for place, line in enumerate(lines, start=1):
        if line.sequence != place:
            return Mismatch(kind, subject_id, place, f"#{place}", f"#{line.sequence}")
        if line.source != here:
            return Mismatch(kind, subject_id, place, here, line.source)
        wrong = _wrong_correction(came, line)
        if wrong is not None:
            return Mismatch(kind, subject_id, place, wrong, line.target)
        here = line.target
    if (here, len(lines)) != (state, version):
        return Mismatch(kind, subject_id, version, f"{here} #{len(lines)}", f"{state} #{version}")
    return None


def _wrong_correction(came: list[Line], line: Line) -> str | None:
    """Keep the stack of steps in force; return what a correction should have led back to."""
    if line.kind == StepKind.TRANSITION:
        came.append(line)
        return None
    voided = came.pop() if came else None
    if voided is None or voided.voided_by != line.pk:
        return "a correction that voids the step before"
    return None if voided.source == line.target else voided.source


def _histories(workflow: Workflow) -> Iterator[tuple[int, list[Line]]]:
    steps = (
        Step.objects.filter(subject_kind=workflow.subject_kind)
        .order_by("subject_id", "sequence")
        .values_list("subject_id", "pk", "sequence", "kind", "source", "target", "voided_by_id")
    )
    for subject_id, rows in groupby(steps.iterator(_CHUNK), key=lambda row: row[0]):
        yield subject_id, [Line(*row[1:]) for row in rows]
