"""System checks of every registered workflow; each finding has a stable id."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, Final

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register

from neutrality.casework import registry
from neutrality.casework.workflow import Workflow
from neutrality.documents.contents import CONTENTS
from neutrality.law.codes import PeriodCode
from neutrality.notifications.kinds import registered_kinds


@register
def check_workflows(
    app_configs: Collection[AppConfig] | None,  # noqa: ARG001 - Django's signature
    **options: Any,  # noqa: ANN401, ARG001
) -> list[CheckMessage]:
    """Check the table of every registered workflow."""
    return [finding for workflow in registry.workflows() for finding in faults_of(workflow)]


def faults_of(workflow: Workflow) -> Iterator[CheckMessage]:
    """Yield what is wrong with one workflow's table."""
    for number, (check, hint) in _CHECKS.items():
        for name in check(workflow):
            yield Error(
                f"{workflow.name}: {hint.format(name)}",
                obj=workflow.name,
                id=f"casework.E{number:03}",
            )


def reachable_states(workflow: Workflow) -> frozenset[str]:
    """Return the states that a subject can come to."""
    reached = {str(workflow.initial)}
    reached |= {str(row.target) for row in workflow.transitions if row.creates and row.target}
    while True:
        further = {
            str(row.target)
            for row in workflow.transitions
            if row.target is not None and reached & set(row.sources)
        }
        if further <= reached:
            return frozenset(reached)
        reached |= further


def _unreachable(workflow: Workflow) -> Iterable[str]:
    reached = reachable_states(workflow)
    return (state for state in workflow.states.values if state not in reached)


def _ownerless(workflow: Workflow) -> Iterable[str]:
    for state in workflow.states.values:
        rows = workflow.leaving(state)
        if state not in workflow.terminal and not any(row.actors for row in rows):
            yield state


def _left_terminals(workflow: Workflow) -> Iterable[str]:
    for row in workflow.transitions:
        if row.sources & workflow.terminal and not row.reopens:
            yield str(row.action)


def _repeated(workflow: Workflow) -> Iterable[str]:
    counts = Counter(str(row.action) for row in workflow.transitions)
    return (action for action, count in counts.items() if count > 1)


def _foreign_states(workflow: Workflow) -> Iterable[str]:
    known = set(workflow.states.values)
    for row in workflow.transitions:
        named = {*row.sources, *([row.target] if row.target is not None else [])}
        if not named <= known:
            yield str(row.action)


def _nobodys(workflow: Workflow) -> Iterable[str]:
    return (str(row.action) for row in workflow.transitions if not row.actors | row.recorders)


def _unknown_messages(workflow: Workflow) -> Iterable[str]:
    used = {kind for row in workflow.transitions for kind in row.notifies}
    used |= {workflow.correction_notice} - {""}
    return sorted(str(kind) for kind in used - set(registered_kinds()))


def _missing_templates(workflow: Workflow) -> Iterable[str]:
    used = {row.form for row in workflow.transitions if row.form is not None}
    written = {role for content in CONTENTS.values() for role in content.roles}
    return sorted(used - written)


def _unknown_periods(workflow: Workflow) -> Iterable[str]:
    used = {code for row in workflow.transitions for code in (*row.starts, *row.stops)}
    return sorted(str(code) for code in used if code not in set(PeriodCode))


def _unstarted(workflow: Workflow) -> Iterable[str]:
    used = {row.proposed_when_missed for row in workflow.transitions} - {None}
    started = {code for row in workflow.transitions for code in row.starts}
    return sorted(str(code) for code in used - started)


def _without_basis(workflow: Workflow) -> Iterable[str]:
    return (str(row.action) for row in workflow.transitions if not row.basis)


def _lost(workflow: Workflow) -> Iterable[str]:
    for row in workflow.transitions:
        if (row.creates and row.target is None) or (row.returns and row.target is not None):
            yield str(row.action)


_CHECKS: Final[dict[int, tuple[Callable[[Workflow], Iterable[str]], str]]] = {
    1: (_unreachable, "no transition leads to the state {}."),
    2: (_ownerless, "nobody can act in the state {}, which is not terminal."),
    3: (_left_terminals, "{} leaves a terminal state without being a reopening."),
    4: (_repeated, "the action {} stands in two rows."),
    5: (_foreign_states, "{} names a state of another workflow."),
    6: (_nobodys, "nobody may do {}."),
    7: (_unknown_messages, "the message kind {} is not registered."),
    8: (_missing_templates, "the form {} has no template."),
    9: (_unknown_periods, "the law knows no period {}."),
    10: (_unstarted, "a step is proposed when {} is missed, but no transition starts it."),
    11: (_without_basis, "{} has no legal basis."),
    12: (_lost, "{} does not say where it leads."),
}
