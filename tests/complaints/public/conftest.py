"""Tests of the public pages run on a Monday morning in June 2025."""

import pytest
import time_machine

from tests.complaints import factories


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(factories.MONDAY, tick=True):
        yield


@pytest.fixture(autouse=True)
def _private_files(settings, tmp_path):
    """Sealed files of a test go away with it."""
    settings.MEDIA_ROOT = tmp_path
