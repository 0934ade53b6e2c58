"""What the tests of the audit write with."""

from datetime import UTC, datetime, timedelta

import pytest

from neutrality.audit.actor import NATIONAL, Actor, ActorKind, Grant, OrgRef
from neutrality.law.clock import Clock

OFFICE = OrgRef(kind="office", id=7, path="RI/35/35.71")


@pytest.fixture
def clock():
    return Clock(now=datetime(2024, 9, 23, 2, 15, 30, 123456, tzinfo=UTC))


@pytest.fixture
def later(clock):
    return Clock(now=clock.now + timedelta(minutes=5))


@pytest.fixture
def handler():
    return Actor(
        kind=ActorKind.USER, label="Petugas contoh", user_id=41, grants=(Grant("handler", OFFICE),)
    )


@pytest.fixture
def auditor():
    return Actor(
        kind=ActorKind.USER, label="Auditor contoh", user_id=5, grants=(Grant("auditor", NATIONAL),)
    )
