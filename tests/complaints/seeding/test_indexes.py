"""Indexes that are taken down for many rows come back as they were, or the rows do not come."""

import re

import pytest
from django.db import IntegrityError, connection, transaction

from complaints.models import Matter, Report
from complaints.seeding.indexes import TakenDown
from neutrality.vault.models import BlindIndex

MODELS = (Matter, Report, BlindIndex)
MUCH = 1_000_000_000
pytestmark = pytest.mark.django_db(transaction=True)


def definitions():
    """Return the indexes and constraints of the tables as the database tells them.

    Without casts: read back, `ARRAY['A']::text[]` is told as `ARRAY['A'::text]`.
    """
    tables = [model._meta.db_table for model in MODELS]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = ANY (%s)"
            " UNION ALL SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = ANY (%s::regclass[]) ORDER BY 1",
            [tables, tables],
        )
        told = [text for (text,) in cursor.fetchall()]
    return sorted(re.sub(r"::text|::character varying|\[\]|[()]", "", text) for text in told)


@transaction.atomic
def write_twice():
    """Write two rows of which only one may stand."""
    down = TakenDown.of(MODELS, small=MUCH)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    twice = [BlindIndex(identity_id=1, purpose="nik", digest=b"0" * 32) for _ in range(2)]
    BlindIndex.objects.bulk_create(twice)
    down.build()


def test_they_come_back_as_they_were_and_only_primary_keys_stay():
    before = definitions()
    with transaction.atomic():
        down = TakenDown.of(MODELS, small=MUCH)
        left = [text for text in definitions() if "CREATE" in text]
        down.build()
    assert [text.split()[3] for text in left] == [
        "complaints_matter_pkey",
        "complaints_report_pkey",
        "vault_blindindex_pkey",
    ]
    assert definitions() == before


def test_a_table_that_is_not_small_keeps_its_own():
    before = definitions()
    with transaction.atomic():
        assert TakenDown.of(MODELS, small=0).statements == ()
        assert definitions() == before


def test_rows_that_break_a_constraint_do_not_come_and_the_indexes_are_back():
    before = definitions()
    with pytest.raises(IntegrityError, match="blindindex_once_per_purpose"):
        write_twice()
    assert definitions() == before
    assert not BlindIndex.objects.exists()
