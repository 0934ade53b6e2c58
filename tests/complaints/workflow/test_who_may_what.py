"""State by action by role of all four machines, against a table that people have read.

`who_may_what.csv` names who can press what in which state, and nobody else can, in any other: `*`
says that this role only records there what another authority or party did. The guards of a step
are asked elsewhere; here it is enough to have come as far as them.
"""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from complaints.services.record_tip import record_tip
from complaints.workflow.case import CASE
from complaints.workflow.referral import REFERRAL
from complaints.workflow.report import REPORT
from complaints.workflow.tip import TIP
from neutrality.accounts.roles import Role
from neutrality.audit.actor import SYSTEM, Actor, ActorKind
from neutrality.casework.judging import Situation, examine, standing_of
from neutrality.casework.refusals import RefusalCode, Refused
from neutrality.casework.workflow import StepContext
from tests.complaints import factories as make
from tests.complaints.referral.scene import Scene, agency, kanreg

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("who_may_what.csv")
NOT_HERE = frozenset({RefusalCode.NOT_YOURS, RefusalCode.WRONG_STATE})
OFFICE = (Role.INTAKE, Role.HANDLER, Role.COMMISSIONER, Role.SUPERVISOR, Role.AUDITOR)
AGENCY = (Role.HR_PLEDGES, Role.AGENCY_HEAD, Role.HR_DISCIPLINE, Role.EXAMINER)


@pytest.fixture
def scene():
    """A file with a report, a tip, a case and an item, and somebody in every role beside it."""
    made = Scene(employer=agency())
    (made.item,) = made.send()
    tip = make.lodging(office=made.office, contest=made.matter.contest, reporter=None)
    made.tip = record_tip(given=tip, actor=make.CITIZEN_ACTOR, clock=make.at(17, 9))
    return made


def machines(scene):
    subjects = ((REPORT, scene.report), (TIP, scene.tip), (CASE, scene.matter))
    return [
        (workflow, workflow.adapter.load([subject.pk])[0])
        for workflow, subject in (*subjects, (REFERRAL, scene.item))
    ]


def actors(scene, subject, *, office=None, body=None, employer=None):
    """Somebody in each role at the office, the body and the agency; the citizen and the system."""
    places = {
        **{role: {"office": office or scene.office} for role in OFFICE},
        **{role: {"agency": employer or scene.agency} for role in AGENCY},
        Role.LIAISON: {"body": body or kanreg()},
        Role.ADMIN: {"is_national": True},
    }
    people = {str(role): make.actor(f"Orang {role}", role, **at) for role, at in places.items()}
    ref = subject.ref()
    holder = Actor(kind=ActorKind.CITIZEN, label="Pelapor", party_ref=f"{ref.kind}:{ref.id}")
    return {**people, "citizen": holder, "system": SYSTEM}


def who_may(workflow, subject, state, row, people):
    """Return who gets as far as the guards, in the words of the table.

    Where the step does not begin in the state the answer is the same for all: one is asked.
    """
    subject.state = state
    if state not in row.sources:
        people = {"handler": people["handler"]}
    return {
        f"{name}*" if standing_of(situation, row).records else name
        for name, actor in people.items()
        for situation in [Situation(workflow, subject, actor, make.at(20, 9), StepContext())]
        if _is_open(situation, row)
    }


def _is_open(situation, row):
    try:
        examine(situation, row)
    except Refused as refused:
        return refused.refusal.code not in NOT_HERE
    return True


def reviewed():
    with TABLE.open(newline="") as file:
        rows = list(csv.DictReader(file))
    table = defaultdict(set)
    for row in rows:
        table[row["machine"], row["state"], row["action"]] = set(row["who"].split())
    return table


def test_every_state_action_and_role_is_as_the_table_says(scene):
    table, found = reviewed(), {}
    for workflow, subject in machines(scene):
        people = actors(scene, subject)
        for state in workflow.states:
            for row in workflow.transitions:
                if not row.creates:
                    key = workflow.name, str(state), str(row.action)
                    found[key] = who_may(workflow, subject, state, row, people)
    assert {key: who for key, who in found.items() if who} == dict(table)


def test_in_the_same_roles_elsewhere_nobody_may_anything(scene):
    other = agency("kota-lain", "Pemerintah Kota Lain", "61.71")
    body = type(kanreg()).objects.get(code="TNI")
    for workflow, subject in machines(scene):
        near = actors(scene, subject, office=make.office("61.71"), body=body, employer=other)
        strangers = {who: actor for who, actor in near.items() if who not in {"citizen", "system"}}
        strangers["citizen"] = make.CITIZEN_ACTOR
        may = {
            (state, row.action): who
            for state in workflow.states
            for row in workflow.transitions
            if not row.creates and (who := who_may(workflow, subject, state, row, strangers))
        }
        assert may == {}


def test_every_step_leads_where_the_table_says():
    with TABLE.open(newline="") as file:
        told = {(row["machine"], row["action"]): row["target"] for row in csv.DictReader(file)}
    leads = {
        (flow.name, str(row.action)): "back" if row.returns else str(row.target or "stays")
        for flow in (REPORT, TIP, CASE, REFERRAL)
        for row in flow.transitions
        if not row.creates
    }
    assert told == leads
