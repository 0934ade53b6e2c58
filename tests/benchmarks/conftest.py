"""Where benchmarks run when they are tested."""

import pytest
from django.conf import settings
from django.db import connection


@pytest.fixture
def var(tmp_path, monkeypatch):
    """A folder of its own, on the servers of the tests."""
    values = connection.settings_dict
    host = values["HOST"].replace("/", "%2F")
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", f"postgres://{values['USER']}@{host}/{values['NAME']}")
    monkeypatch.setenv("REDIS_URL", settings.REDIS_URL)
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    return tmp_path
