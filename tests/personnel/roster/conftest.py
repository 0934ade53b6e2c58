"""A city with three units."""

from types import SimpleNamespace

import pytest

from neutrality.organisations.codes import AgencyKind, UnitKind
from neutrality.organisations.models import Unit
from tests.personnel.conftest import make_agency


def unit(agency, code, name, parent=None):
    above = parent.path if parent else agency.path
    return Unit.objects.create(
        agency=agency,
        parent=parent,
        code=code,
        path=f"{above}/{code}",
        name=name,
        kind=UnitKind.OTHER,
    )


@pytest.fixture
def town(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    agency = make_agency("kota-contoh", AgencyKind.CITY)
    board = unit(agency, "0101", "Badan Contoh")
    section = unit(agency, "0101.1", "Bidang Contoh", board)
    ward = unit(agency, "0202", "Kelurahan Contoh")
    return SimpleNamespace(agency=agency, board=board, section=section, ward=ward)
