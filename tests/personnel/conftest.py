"""Two agencies that employ."""

from datetime import UTC, datetime

import pytest

from neutrality.audit.actor import SYSTEM
from neutrality.law.clock import Clock
from neutrality.law.codes import SubjectKind
from neutrality.organisations.codes import AgencyKind, UnitKind
from neutrality.organisations.models import Agency, Unit
from neutrality.personnel.codes import PositionClass
from neutrality.personnel.services.employments import Post, register_person


@pytest.fixture
def clock():
    return Clock(now=datetime(2024, 10, 1, 3, tzinfo=UTC))


@pytest.fixture
def person(db, clock):
    return register_person(name="Lurah contoh", actor=SYSTEM, clock=clock)


@pytest.fixture
def other_person(db, clock):
    return register_person(name="Camat contoh", actor=SYSTEM, clock=clock)


@pytest.fixture
def city(db):
    return make_agency("pemkot-kediri", AgencyKind.CITY)


@pytest.fixture
def province(db):
    return make_agency("pemprov-jatim", AgencyKind.PROVINCE)


@pytest.fixture
def ward(city):
    return Unit.objects.create(
        agency=city,
        code="kel-contoh",
        path=f"{city.path}/kel-contoh",
        name="Kelurahan Contoh",
        kind=UnitKind.WARD,
    )


@pytest.fixture
def post(city, ward):
    return Post(
        agency_id=city.pk,
        unit_id=ward.pk,
        position_title="Lurah Contoh",
        position_class=PositionClass.LURAH,
        kind=SubjectKind.PNS,
        grade="III/d",
    )


def make_agency(code, kind):
    return Agency.objects.create(
        code=code, path=code, name=code, kind=kind, appointing_authority="Kepala daerah contoh"
    )
