"""An agency with a small tree of units."""

from datetime import UTC, date, datetime

import pytest

from neutrality.audit.actor import SYSTEM
from neutrality.law.clock import Clock
from neutrality.organisations.codes import AgencyKind, UnitKind
from neutrality.organisations.models import Agency, Region
from neutrality.organisations.services.units import UnitDraft, add_unit


@pytest.fixture
def clock():
    return Clock(now=datetime(2024, 10, 1, 3, tzinfo=UTC))


@pytest.fixture
def agency(db):
    return Agency.objects.create(
        code="pemkot-kediri",
        path="pemkot-kediri",
        name="Pemerintah Kota Kediri",
        kind=AgencyKind.CITY,
        region=Region.objects.get(code="35.71"),
        appointing_authority="Wali Kota Kediri",
    )


@pytest.fixture
def plant(agency, clock):
    """Add a unit to the agency, below another one if given."""

    def plant(code, *, parent=None, kind=UnitKind.SERVICE, agency=agency, since=date(2017, 1, 1)):
        draft = UnitDraft(
            code=code,
            name=f"Unit {code}",
            kind=kind,
            parent_id=parent.pk if parent else None,
        )
        return add_unit(
            agency_id=agency.pk, draft=draft, valid_from=since, actor=SYSTEM, clock=clock
        )

    return plant
