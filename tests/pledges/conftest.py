"""A city with two services and four people."""

from types import SimpleNamespace

import pytest

from tests.pledges import factories


@pytest.fixture
def city(db):
    """The agency, its units and people: two in the parent, one below it, one in the other."""
    agency = factories.agency()
    board = factories.unit(agency, "Badan Contoh")
    section = factories.unit(agency, "Bidang Contoh", parent=board)
    ward = factories.unit(agency, "Kelurahan Contoh")
    people = [
        factories.servant(agency, board, "Kepala Badan Contoh"),
        factories.servant(agency, board, "Sekretaris Contoh"),
        factories.servant(agency, section, "Kepala Bidang Contoh"),
        factories.servant(agency, ward, "Drs. Lurah Contoh, M.Si."),
    ]
    return SimpleNamespace(agency=agency, board=board, section=section, ward=ward, people=people)


@pytest.fixture
def place(city):
    return factories.opened(city.agency)


@pytest.fixture
def hr(city):
    return factories.officer(city.agency)
