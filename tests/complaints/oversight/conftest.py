"""A hand that the database's guards do not stop."""

import pytest
from django.db import connection


@pytest.fixture
def superuser_rewrites():
    """Runs a statement with the triggers silent, as an owner of the tables could."""

    def run(statement):
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(statement)
            cursor.execute("SET session_replication_role = DEFAULT")

    return run
