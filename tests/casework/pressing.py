"""Who can press what in which state: every machine against a table that people have read."""

import csv
from collections import defaultdict

from neutrality.casework.judging import Situation, examine, standing_of
from neutrality.casework.refusals import RefusalCode, Refused
from neutrality.casework.workflow import StepContext

NOT_HERE = frozenset({RefusalCode.NOT_YOURS, RefusalCode.WRONG_STATE})


def reviewed(table):
    """Return who may, by machine, state and action."""
    found = defaultdict(set)
    for row in _rows(table):
        found[row["machine"], row["state"], row["action"]] = set(row["who"].split())
    return dict(found)


def led(table):
    """Return the target that stands in the table, by machine and action."""
    return {(row["machine"], row["action"]): row["target"] for row in _rows(table)}


def leads(*machines):
    """Return where each step leads, in the words of the table."""
    return {
        (flow.name, str(row.action)): "back" if row.returns else str(row.target or "stays")
        for flow in machines
        for row in flow.transitions
        if not row.creates
    }


def allowed(workflow, subject, people, clock):
    """Return who gets as far as the guards of each step, by machine, state and action."""
    return {
        (workflow.name, str(state), str(row.action)): who
        for state in workflow.states
        for row in workflow.transitions
        if not row.creates and (who := _who_may(workflow, subject, state, row, people, clock))
    }


def _who_may(workflow, subject, state, row, people, clock):
    """Return their names; a `*` says that they only record what another did.

    Where the step does not begin in the state the answer is the same for all: one is asked.
    """
    subject.state = state
    if state not in row.sources:
        people = dict([next(iter(people.items()))])
    return {
        f"{name}*" if standing_of(situation, row).records else name
        for name, actor in people.items()
        for situation in [Situation(workflow, subject, actor, clock, StepContext())]
        if _is_open(situation, row)
    }


def _is_open(situation, row):
    try:
        examine(situation, row)
    except Refused as refused:
        return refused.refusal.code not in NOT_HERE
    return True


def _rows(table):
    with table.open(newline="") as file:
        return list(csv.DictReader(file))
