"""State by action by role of the duty to sign, against a table that people have read.

`who_may_what.csv` reads like the one of complaints: `*` says that this role only records there what
the person did.
"""

from pathlib import Path

import pytest

from neutrality.accounts.roles import Role
from neutrality.audit.actor import SYSTEM, Actor, ActorKind
from pledges.models import Obligation
from pledges.workflow.obligation import OBLIGATION, party_ref
from tests.casework.pressing import allowed, leads, led, reviewed
from tests.complaints import factories as make
from tests.pledges import factories as pledges

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("who_may_what.csv")
OFFICE = (Role.INTAKE, Role.HANDLER, Role.COMMISSIONER, Role.SUPERVISOR, Role.AUDITOR)
AGENCY = (Role.HR_PLEDGES, Role.AGENCY_HEAD, Role.HR_DISCIPLINE, Role.EXAMINER)


@pytest.fixture
def duty():
    """What somebody in a unit owes in an open round."""
    employer = pledges.agency()
    person = pledges.servant(employer, pledges.unit(employer, "Kelurahan Contoh"))
    place = pledges.opened(employer)
    owed = Obligation.objects.get(round=place, person=person)
    return OBLIGATION.adapter.load([owed.pk])[0]


def somebody(employer, unit):
    """An actor in each role, of this agency and unit or of the office of their region."""
    places = {
        **{role: {"agency": employer} for role in AGENCY},
        Role.UNIT_OPERATOR: {"unit": unit},
        **{role: {"office": make.office()} for role in OFFICE},
        Role.ADMIN: {"is_national": True},
    }
    return {str(role): make.actor(f"Orang {role}", role, **at) for role, at in places.items()}


def signer(ref):
    """The citizen who has proved to be this person."""
    return Actor(kind=ActorKind.CITIZEN, label="Pegawai", party_ref=ref)


def test_every_state_action_and_role_is_as_the_table_says(duty):
    people = somebody(duty.round.agency, duty.unit_now)
    people |= {"citizen": signer(party_ref(duty)), "system": SYSTEM}
    assert allowed(OBLIGATION, duty, people, pledges.NOON) == reviewed(TABLE)


def test_in_the_same_roles_elsewhere_nobody_may_anything(duty):
    other = pledges.agency("Pemerintah Kota Lain")
    strangers = somebody(other, pledges.unit(other, "Kelurahan Lain"))
    strangers["citizen"] = signer("obligation:0")
    beside = pledges.unit(duty.round.agency, "Kelurahan Sebelah")
    strangers["operator beside"] = pledges.operator(beside)
    assert allowed(OBLIGATION, duty, strangers, pledges.NOON) == {}


def test_every_step_leads_where_the_table_says():
    assert leads(OBLIGATION) == led(TABLE)
