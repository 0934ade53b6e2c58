"""Browsers of people with accounts, in June 2025; the second factor is tested elsewhere."""

import pytest
import time_machine
from django.test import Client

from tests.complaints import factories as make


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    """The door asks only for the password here."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def travel():
    """Set the server's clock to an hour of a day in June 2025; the 16th is a Monday."""
    journeys: list[time_machine.travel] = []

    def to(day, hour):
        while journeys:
            journeys.pop().stop()
        journey = time_machine.travel(make.at(day, hour).now, tick=False)
        journey.start()
        journeys.append(journey)

    yield to
    while journeys:
        journeys.pop().stop()


@pytest.fixture
def browser_of():
    """Return a browser in which this person is logged in."""

    def browser(user):
        client = Client()
        client.force_login(user)
        return client

    return browser
