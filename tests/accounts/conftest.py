"""People, offices and agencies for the tests of accounts."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from neutrality.accounts.models import User
from neutrality.accounts.roles import Role
from neutrality.accounts.services import create_user, grant_role
from neutrality.audit.actor import NATIONAL, SYSTEM
from neutrality.law.clock import Clock
from neutrality.organisations.models import Agency, Office, ReferralBody, Unit

DAY = date(2024, 3, 1)
PASSWORD = "kuda-besi-9-langit"  # noqa: S105  of the test's accounts


@pytest.fixture(autouse=True)
def _indonesian():
    with translation.override("id"):
        yield


@pytest.fixture
def clock():
    return Clock(now=datetime(2024, 3, 1, 3, 0, tzinfo=UTC))


@pytest.fixture
def make_user(db, clock):
    """Makes an account, with a role at a place when they are named."""

    def make(email, *grants, **options) -> User:
        user = create_user(
            email=email,
            name=email.partition("@")[0].title(),
            password=PASSWORD,
            actor=SYSTEM,
            clock=clock,
            **options,
        )
        for role, at in grants:
            grant_role(user=user, role=role, at=at, starts_on=DAY, actor=SYSTEM, clock=clock)
        return user

    return make


@pytest.fixture
def kediri(db):
    return Office.objects.get(region__code="35.71")


@pytest.fixture
def east_java(db):
    return Office.objects.get(region__code="35")


@pytest.fixture
def pontianak(db):
    return Office.objects.get(region__code="61.71")


@pytest.fixture
def national_office(db):
    return Office.objects.get(level="RI")


@pytest.fixture
def agency(db):
    return Agency.objects.create(
        code="PEMKOT-CONTOH",
        path="PEMKOT-CONTOH",
        name="Pemerintah Kota Contoh",
        kind="CITY",
        appointing_authority="Wali Kota Contoh",
    )


@pytest.fixture
def unit(agency):
    return Unit.objects.create(
        agency=agency,
        code="KEL",
        path="PEMKOT-CONTOH/KEL",
        name="Kelurahan Contoh",
        kind="WARD",
    )


@pytest.fixture
def body(db):
    return ReferralBody.objects.filter(parent__isnull=False).order_by("path")[0]


@pytest.fixture
def places(kediri, agency, unit, body):
    return {
        "office": kediri.ref(),
        "agency": agency.ref(),
        "unit": unit.ref(),
        "body": body.ref(),
        "national": NATIONAL,
    }


@pytest.fixture
def handler(make_user, kediri):
    return make_user("handler@contoh.id", (Role.HANDLER, kediri.ref()))


@pytest.fixture
def administrator(make_user):
    return make_user("admin@contoh.id", (Role.ADMIN, NATIONAL))


@pytest.fixture
def demo_on(settings):
    settings.DEMO = True
    settings.SECOND_FACTOR_REQUIRED = False
    settings.DEMO_PASSWORD = PASSWORD
