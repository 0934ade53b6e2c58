"""What every test stands on: real services, loaded reference tables, an empty cache."""

import os

import pytest
import redis
from django.conf import settings
from django.db import connections
from django.utils import translation

from neutrality.embedded import ServiceError, Services, needed
from tests.complaints.evidence import clamd
from tests.database import reference
from tests.notifications import gateways
from tests.ordering import ROOT, rank

# Playwright runs an event loop in the thread that also asks the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


services = pytest.StashKey[Services]()


def pytest_configure(config):
    """Start the tests' own PostgreSQL and Valkey, unless the environment names others.

    The workers of pytest-xdist use those of the process that started them.
    """
    wanted = needed(os.environ)
    if hasattr(config, "workerinput") or not any(wanted.values()):
        return
    try:
        config.stash[services] = Services(settings.HOME, durable=False, **wanted).start()
    except ServiceError as error:
        raise pytest.UsageError(str(error)) from error


def pytest_unconfigure(config):
    """Stop what this process started."""
    if services in config.stash:
        config.stash[services].stop()


def pytest_report_header():
    """Say which virus scanner the tests of evidence speak to."""
    if clamd.REAL:
        return f"scanner: {clamd.REAL}, with a signature made for the tests, and its protocol"
    return "scanner: clamd is not installed; only its protocol is tried (apt install clamav-daemon)"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Begin with the long tests, whatever order the others were given before."""
    items.sort(key=lambda item: rank(item.path.relative_to(ROOT).as_posix()))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Load the law and the regions once into each new test database."""
    with django_db_blocker.unblock():
        reference.load()
    yield
    with django_db_blocker.unblock(), connections["default"].cursor() as cursor:
        # Threads of servers and of races are gone and may have left a connection behind, which
        # would keep the database from being dropped.
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    # A browser that ran while the database was made, and is closed now, has given this thread
    # another connection than the one that drops it.
    connections["default"].close()


@pytest.fixture
def gateway(settings):
    """Let WhatsApp and SMS go to a gateway of the test."""
    with gateways.listening(settings) as listening:
        yield listening


@pytest.fixture(autouse=True)
def _forget_the_language():
    """Begin in Indonesian: the language of the last answer stays with the thread that gave it."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _forget_the_cache():
    """Delete this worker's keys: counters of one test must not throttle the next."""
    yield
    connection = redis.Redis.from_url(settings.REDIS_URL)
    keys = list(connection.scan_iter(match=f"{settings.WORKER}:*", count=1000))
    if keys:
        connection.delete(*keys)
    connection.close()
