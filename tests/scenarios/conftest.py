"""The stories are told in their own time; the second factor is tested with the accounts."""

import io

import pytest
import time_machine
from django.core.management import call_command

from complaints.services.fold_tallies import fold_tallies
from neutrality.audit.seals import seal_new_rows
from neutrality.elections.seeding import load_elections
from neutrality.law.clock import read_clock


@pytest.fixture(autouse=True)
def _stage(settings, tmp_path):
    """Sealed files go away with the test; the door asks only for the password."""
    settings.MEDIA_ROOT = tmp_path
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def move():
    """Move the clock of the whole machine to an instant."""
    journeys: list[time_machine.travel] = []

    def to(instant):
        while journeys:
            journeys.pop().stop()
        journeys.append(time_machine.travel(instant, tick=False))
        journeys[-1].start()

    yield to
    while journeys:
        journeys.pop().stop()


@pytest.fixture
def elections(db):
    """Pemilu 2024 and Pilkada 2024 with their contests and stages."""
    load_elections(clock=read_clock())


@pytest.fixture
def fold():
    """Bring the public counts up to date, as the task does every minute."""
    return fold_tallies


@pytest.fixture
def proven():
    """Seal what was recorded, prove the whole audit, and replay every history."""

    def prove():
        seal_new_rows(clock=read_clock())
        said = io.StringIO()
        call_command("verify_audit", stdout=said)
        call_command("verify_histories", stdout=said)
        return said.getvalue()

    return prove
