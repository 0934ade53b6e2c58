"""The workflows of the project; each app registers its own when it is ready."""

from typing import Final

from neutrality.casework.workflow import Workflow

_WORKFLOWS: Final[dict[str, Workflow]] = {}


class AlreadyRegistered(ValueError):
    """Two workflows with one name, or two for one kind of subject."""


def register(*workflows: Workflow) -> None:
    """Make workflows known to checks, docs and commands; call it in `AppConfig.ready`."""
    for workflow in workflows:
        if _WORKFLOWS.get(workflow.name) is workflow:
            continue
        kinds = {known.subject_kind for known in _WORKFLOWS.values()}
        if workflow.name in _WORKFLOWS or workflow.subject_kind in kinds:
            raise AlreadyRegistered(workflow.name)
        _WORKFLOWS[workflow.name] = workflow


def workflows() -> tuple[Workflow, ...]:
    """Return every registered workflow by name."""
    return tuple(_WORKFLOWS[name] for name in sorted(_WORKFLOWS))


def named(name: str) -> Workflow:
    """Return the workflow of this name; raises KeyError."""
    return _WORKFLOWS[name]


def for_subject(kind: str) -> Workflow:
    """Return the workflow of this kind of subject; raises KeyError."""
    by_kind = {workflow.subject_kind: workflow for workflow in _WORKFLOWS.values()}
    return by_kind[kind]
