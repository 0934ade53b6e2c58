"""The page of each workflow for the docs: a diagram and a table, both read from the rows."""

import inspect
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from django.utils import translation
from django.utils.functional import Promise

from neutrality.accounts.roles import Role
from neutrality.audit.actor import ActorKind
from neutrality.casework.workflow import PARTIES, Transition, Workflow
from neutrality.law.labels import label

EARLIER: Final = "sebelumnya"
NONE: Final = "-"
HEADINGS: Final = (
    "Tindakan",
    "Dari",
    "Ke",
    "Oleh",
    "Syarat",
    "Tenggat",
    "Dokumen",
    "Pesan",
    "Yang dilihat pelapor",
    "Dasar",
)
PARTY_LABELS: Final = {
    ActorKind.CITIZEN: "Pelapor",
    ActorKind.RESPONDENT: "Terlapor atau pihak yang diundang",
    ActorKind.SYSTEM: "Sistem",
}


def page(workflow: Workflow) -> str:
    """Return the Markdown page of a workflow; the same table gives the same bytes."""
    with translation.override("id"):
        return "\n".join(_lines(workflow)) + "\n"


def _lines(workflow: Workflow) -> Iterator[str]:
    yield f"# {workflow.title} (`{workflow.name}`)"
    yield ""
    yield "Dihasilkan oleh `manage.py workflow_docs` dari tabel alur; jangan diubah dengan tangan."
    yield ""
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield from (f"    {line}" for line in _diagram(workflow))
    yield "```"
    yield ""
    yield from _states(workflow)
    yield ""
    yield from _table(HEADINGS, (_cells(workflow, row) for row in workflow.transitions))


def _diagram(workflow: Workflow) -> Iterator[str]:
    for state in workflow.states:
        yield f"{state.value}: {state.label}"
    if not any(row.creates for row in workflow.transitions):
        yield f"[*] --> {workflow.initial.value}"
    for row in workflow.transitions:
        yield from _arrows(workflow, row)
    for state in workflow.states:
        if state in workflow.terminal:
            yield f"{state.value} --> [*]"


def _arrows(workflow: Workflow, row: Transition) -> Iterator[str]:
    words = f"{row.label} ({row.action.value})"
    if row.creates and row.target is not None:
        yield f"[*] --> {row.target.value}: {words}"
    for source in _in_order(workflow, row):
        if row.returns:
            yield f"note right of {source}: {words}, kembali ke keadaan {EARLIER}"
        else:
            yield f"{source} --> {source if row.target is None else row.target.value}: {words}"


def _states(workflow: Workflow) -> Iterator[str]:
    rows = (
        (
            f"{state.label} (`{state.value}`)",
            "selesai" if state in workflow.terminal else _who_acts(workflow, state.value),
        )
        for state in workflow.states
    )
    yield from _table(("Keadaan", "Berikutnya oleh"), rows)


def _who_acts(workflow: Workflow, state: str) -> str:
    actors = {str(who) for row in workflow.leaving(state) for who in (*row.actors, *row.recorders)}
    return _joined(_who(who) for who in sorted(actors))


def _cells(workflow: Workflow, row: Transition) -> tuple[str, ...]:
    return (
        f"**{row.label}** (`{row.action.value}`)",
        _joined(_state(workflow, source) for source in _in_order(workflow, row)),
        _target(workflow, row),
        _actors(row),
        _joined(_conditions(row)),
        _joined(_periods(row)),
        label(row.form) if row.form is not None else NONE,
        _joined(f"`{kind}`" for kind in row.notifies),
        str(row.public_label) or NONE,
        row.basis,
    )


def _in_order(workflow: Workflow, row: Transition) -> list[str]:
    return [state.value for state in workflow.states if state in row.sources]


def _state(workflow: Workflow, state: str) -> str:
    return f"{workflow.label_of(state)} (`{state}`)"


def _target(workflow: Workflow, row: Transition) -> str:
    if row.returns:
        return f"keadaan {EARLIER}"
    return "tetap" if row.target is None else _state(workflow, row.target.value)


def _actors(row: Transition) -> str:
    acting = [_who(str(who)) for who in sorted(row.actors)]
    recording = [f"{_who(str(who))} (mencatat)" for who in sorted(row.recorders)]
    words = _joined([*acting, *recording])
    if row.acting_party:
        words = f"{words}, mencatat tindakan pihak lain"
    if row.recorders or row.acting_party:
        words = (
            f"{words}; dapat dikonfirmasi: {_joined(_who(who) for who in sorted(row.confirmers))}"
        )
    return words


def _who(who: str) -> str:
    if who in PARTIES:
        return PARTY_LABELS[ActorKind(who)]
    return f"{Role(who).label} (`{who}`)"


def _conditions(row: Transition) -> Iterator[str]:
    if row.needs_reason:
        yield "alasan wajib"
    yield from (_guard(guard) for guard in row.guards)
    if row.proposed_when_missed is not None:
        yield f"diusulkan bila lewat: {label(row.proposed_when_missed)}"


def _guard(guard: Callable[..., object]) -> str:
    name = getattr(guard, "__name__", type(guard).__name__)
    said = (inspect.getdoc(guard) or "").partition("\n")[0]
    return f"`{name}`: {said}" if said else f"`{name}`"


def _periods(row: Transition) -> Iterator[str]:
    yield from (f"berhenti: {label(code)}" for code in row.stops)
    yield from (f"mulai: {label(code)}" for code in row.starts)


def _table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield _line(headings)
    yield _line("---" for _ in headings)
    yield from (_line(row) for row in rows)


def _line(cells: Iterable[str | Promise]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(parts) or NONE
