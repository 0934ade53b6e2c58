"""The application's role may write and seal the record, and can do nothing else to it."""

import pytest
from django.db import DatabaseError, connection, transaction

from neutrality.audit.actor import SYSTEM
from neutrality.audit.models import AuditRow, Stream
from neutrality.audit.record import SubjectRef, record, record_access
from neutrality.audit.seals import seal_new_rows
from neutrality.audit.signing import public_keys
from neutrality.audit.verify import verify_stream

TABLES = "audit_auditrow, audit_accessrow, audit_seal"
SEQUENCES = "audit_auditrow_id_seq, audit_accessrow_id_seq, audit_seal_id_seq"
REPORT = SubjectRef("report", 12)


@pytest.fixture
def application(db):
    """The rights that the documentation of the models gives to the application's role."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE neutrality_application_of_a_test")
        cursor.execute(
            f"GRANT SELECT, INSERT ON {TABLES} TO neutrality_application_of_a_test;"
            f"GRANT SELECT, USAGE ON SEQUENCE {SEQUENCES} TO neutrality_application_of_a_test;"
            "SET LOCAL ROLE neutrality_application_of_a_test"
        )
        yield cursor
        cursor.execute("RESET ROLE")


def test_it_records_seals_and_verifies(application, clock):
    record(what="x", subject=REPORT, actor=SYSTEM, clock=clock)
    record_access(what="x", subject=REPORT, actor=SYSTEM, clock=clock)

    assert [seal.row_count for seal in seal_new_rows(clock=clock)] == [1, 1]
    assert [verify_stream(stream=stream, keys=public_keys()).failure for stream in Stream] == [
        None,
        None,
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditrow SET what = 'y'",
        "DELETE FROM audit_auditrow",
        "TRUNCATE audit_auditrow",
        "ALTER TABLE audit_auditrow DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_auditrow_only_grows ON audit_auditrow",
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION audit_chain_row() RETURNS trigger LANGUAGE sql AS 'SELECT 1'",
    ],
)
def test_it_can_neither_change_rows_nor_the_triggers(application, clock, statement):
    record(what="x", subject=REPORT, actor=SYSTEM, clock=clock)

    with pytest.raises(DatabaseError), transaction.atomic():
        application.execute(statement)
    assert AuditRow.objects.get().what == "x"
