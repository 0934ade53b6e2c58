"""What the tests of the vault seal and who opens it."""

import base64
from datetime import UTC, date, datetime

import pytest

from neutrality.audit.actor import Actor, ActorKind, Grant, OrgRef
from neutrality.audit.record import SubjectRef
from neutrality.law.clock import Clock
from neutrality.vault.services import IdentityData

REPORT = SubjectRef("report", 12)
OLD = "old:" + base64.b64encode(b"o" * 32).decode()
NEW = "new:" + base64.b64encode(b"n" * 32).decode()


@pytest.fixture
def clock():
    return Clock(now=datetime(2024, 9, 23, 2, 15, tzinfo=UTC))


@pytest.fixture
def intake():
    return Actor(
        kind=ActorKind.USER,
        label="Petugas contoh",
        user_id=41,
        grants=(Grant("intake", OrgRef("office", 7, "RI/35/35.71")),),
    )


@pytest.fixture
def data():
    return IdentityData(
        name="Warga Contoh",
        nik="3571010101900001",
        address="Jalan Contoh 1, Kediri",
        phone="0812-3456-7890",
        email="Warga.Contoh@example.org",
        birth_place="Kediri",
        birth_date=date(1990, 1, 1),
        sex="P",
        occupation="Pedagang",
        citizenship="WNI",
    )
