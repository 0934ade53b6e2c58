"""What the tests of the engine share: a registered workflow, people, and the counts of all rows."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from neutrality.accounts.models import User
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor, ActorKind, Grant, OrgRef
from neutrality.casework import registry
from neutrality.casework.engine import apply, create_within
from neutrality.casework.workflow import StepContext
from neutrality.law.clock import Clock
from neutrality.notifications import kinds
from tests.casework.testapp.flow import CORRECTED, ERRAND, KEDIRI, NOTICE, Action, ErrandAdapter
from tests.casework.testapp.models import Errand

# A Monday, ten in the morning in Jakarta.
NOON = datetime(2024, 3, 4, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def errand_workflow(monkeypatch):
    """Let the registry know the errands, and only them, for the length of a test."""
    monkeypatch.setattr(registry, "_WORKFLOWS", {})
    monkeypatch.setattr(kinds, "_registered", {})
    registry.register(ERRAND)
    kinds.register_kinds(
        *(kinds.MessageKind(code=code, label=code) for code in (NOTICE, CORRECTED))
    )
    return ERRAND


@pytest.fixture
def calendar(monkeypatch):
    """Let a decree change the calendar."""

    def decree(calendar):
        monkeypatch.setattr(ErrandAdapter, "calendar_now", calendar)

    return decree


def at(**later):
    """Return the clock so much later than the start."""
    return Clock(now=NOON + timedelta(**later))


def clerk(name, *roles, path=KEDIRI.path, kind="office"):
    """Return an actor with an account and these roles at one organisation."""
    user, _ = User.objects.get_or_create(email=f"{name.lower().replace(' ', '.')}@contoh.example")
    grants = tuple(Grant(role=role, at=OrgRef(kind=kind, id=1, path=path)) for role in roles)
    return Actor(kind=ActorKind.USER, label=name, user_id=user.pk, grants=grants)


@pytest.fixture
def handler():
    """A handler of the office."""
    return clerk("Penangan", Role.HANDLER)


@pytest.fixture
def colleague():
    """Another handler of the office."""
    return clerk("Rekan", Role.HANDLER)


@pytest.fixture
def commissioner():
    """A commissioner of the office."""
    return clerk("Pimpinan", Role.COMMISSIONER)


@pytest.fixture
def supervisor():
    """A supervisor of the province."""
    return clerk("Pengawas", Role.SUPERVISOR, path="RI/35")


def reporter_of(errand):
    """Return the citizen who holds the code of this errand."""
    return Actor(kind=ActorKind.CITIZEN, label="Pelapor", party_ref=f"errand:{errand.pk}")


def filed(clock=None):
    """Return an errand that its reporter has just filed."""
    with transaction.atomic():
        errand = Errand.objects.create(version=1)
        create_within(
            workflow=ERRAND,
            action=Action.FILE,
            subject=errand,
            actor=reporter_of(errand),
            clock=clock or at(),
        )
    return errand


@pytest.fixture
def errand(db):
    """An errand that its reporter has just filed."""
    return filed()


def press(errand, action, actor, clock=None, **context):
    """Press one button, as a view does."""
    return apply(
        workflow=ERRAND,
        action=action,
        subject_id=errand.pk,
        actor=actor,
        clock=clock or at(hours=1),
        context=StepContext(**context),
    )


def row_counts():
    """Return how many rows each table has."""
    tables = connection.introspection.table_names()
    query = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in tables)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(query)
        return dict(cursor.fetchall())
