"""The system checks find each kind of broken table, and nothing in a sound one."""

from dataclasses import replace

import pytest
from django.core import checks as django_checks

from neutrality.accounts.roles import Role
from neutrality.casework import registry
from neutrality.casework.checks import check_workflows, faults_of
from neutrality.casework.workflow import Transition
from neutrality.law.codes import FormRole, PeriodCode
from tests.casework.testapp.flow import ERRAND, Action
from tests.casework.testapp.models import State


def changed(action, **changes):
    """Return the table with one row changed."""
    rows = (replace(row, **changes) if row.action == action else row for row in ERRAND.transitions)
    return replace(ERRAND, transitions=tuple(rows))


def without(*actions):
    """Return the table without these rows."""
    rows = tuple(row for row in ERRAND.transitions if row.action not in actions)
    return replace(ERRAND, transitions=rows)


TWICE = Transition(
    action=Action.NOTE,
    sources=frozenset({State.NEW}),
    target=None,
    actors=frozenset({Role.HANDLER}),
    basis="aturan contoh",
)
BROKEN = [
    (1, changed(Action.PARK, target=State.OPEN), "the state PARKED"),
    (2, without(Action.RESUME), "the state PARKED"),
    (3, changed(Action.REOPEN, reopens=False), "REOPEN"),
    (4, replace(ERRAND, transitions=(*ERRAND.transitions, TWICE)), "NOTE"),
    (5, changed(Action.NOTE, sources=frozenset({"ELSEWHERE", State.OPEN})), "NOTE"),
    (6, changed(Action.NOTE, actors=frozenset()), "NOTE"),
    (7, changed(Action.NOTE, notifies=("unknown_kind",)), "unknown_kind"),
    (8, changed(Action.NOTE, form="NO_FORM"), "NO_FORM"),
    (9, changed(Action.NOTE, starts=("NO_PERIOD",)), "NO_PERIOD"),
    (10, changed(Action.DROP, proposed_when_missed=PeriodCode.APPEAL), "APPEAL"),
    (11, changed(Action.NOTE, basis=""), "NOTE"),
    (12, changed(Action.FILE, target=None), "FILE"),
]


def test_a_sound_table_has_no_fault():
    assert list(faults_of(ERRAND)) == []


@pytest.mark.parametrize(("number", "workflow", "named"), BROKEN)
def test_a_broken_table_is_named(number, workflow, named):
    (fault,) = faults_of(workflow)
    assert fault.id == f"casework.E{number:03}"
    assert named in fault.msg


def test_every_form_role_can_be_written():
    rows = [changed(Action.NOTE, form=role) for role in FormRole]
    assert [fault.msg for row in rows for fault in faults_of(row)] == []


def test_the_checks_are_part_of_the_project():
    registered = django_checks.registry.registry.get_checks()
    assert check_workflows in registered
    assert check_workflows(None) == []


def test_two_workflows_share_neither_name_nor_subject():
    with pytest.raises(registry.AlreadyRegistered):
        registry.register(replace(ERRAND, title="Lain"))
    with pytest.raises(registry.AlreadyRegistered):
        registry.register(replace(ERRAND, name="other"))


def test_registering_again_changes_nothing():
    registry.register(ERRAND)
    assert registry.workflows() == (ERRAND,)
    assert registry.named("errand") is registry.for_subject("errand")


def test_who_only_records_does_not_confirm():
    row = ERRAND.get(Action.ANSWER)
    assert row.confirmers == {Role.LIAISON}
    assert replace(row, acting_party=True).confirmers == frozenset()
    named = replace(row, acting_party=True, confirmed_by=frozenset({Role.LIAISON}))
    assert named.confirmers == {Role.LIAISON}
