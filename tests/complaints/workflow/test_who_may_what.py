"""State by action by role of the four machines of a complaint, against a table that people have read.

`who_may_what.csv` names who can press what in which state, and nobody else can, in any other: `*`
says that this role only records there what another authority or party did. The guards of a step
are asked elsewhere; here it is enough to have come as far as them.
"""

from pathlib import Path

import pytest

from complaints.services.record_tip import record_tip
from complaints.workflow.case import CASE
from complaints.workflow.referral import REFERRAL
from complaints.workflow.report import REPORT
from complaints.workflow.tip import TIP
from neutrality.accounts.roles import Role
from neutrality.audit.actor import SYSTEM, Actor, ActorKind
from tests.casework.pressing import allowed, leads, led, reviewed
from tests.complaints import factories as make
from tests.complaints.referral.scene import Scene, agency, kanreg

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("who_may_what.csv")
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


def test_every_state_action_and_role_is_as_the_table_says(scene):
    found: dict[tuple[str, ...], object] = {}
    for workflow, subject in machines(scene):
        found |= allowed(workflow, subject, actors(scene, subject), make.at(20, 9))
    assert found == reviewed(TABLE)


def test_in_the_same_roles_elsewhere_nobody_may_anything(scene):
    other = agency("kota-lain", "Pemerintah Kota Lain", "61.71")
    body = type(kanreg()).objects.get(code="TNI")
    for workflow, subject in machines(scene):
        near = actors(scene, subject, office=make.office("61.71"), body=body, employer=other)
        strangers = {who: actor for who, actor in near.items() if who not in {"citizen", "system"}}
        strangers["citizen"] = make.CITIZEN_ACTOR
        assert allowed(workflow, subject, strangers, make.at(20, 9)) == {}


def test_every_step_leads_where_the_table_says():
    assert leads(REPORT, TIP, CASE, REFERRAL) == led(TABLE)
