"""The staff pages stand in one Monday of June 2025."""

import pytest
import time_machine

from tests.complaints import factories as make
from tests.complaints.staff.scene import Scene


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    """How somebody logs in is tested with the accounts."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def monday():
    """It is Monday, 16 June 2025, 10:00 in Kediri."""
    with time_machine.travel(make.at(16, 10).now, tick=False) as clock:
        yield clock


@pytest.fixture
def scene(db, monday):
    """The office of Kediri with its people."""
    return Scene()
