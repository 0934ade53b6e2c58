"""An act is written once, in the caller's transaction, chained to the act before it."""

import json
import threading
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from neutrality.audit.actor import CITIZEN, SYSTEM, OrgRef
from neutrality.audit.canonical import SELECT_ROWS, row_bytes
from neutrality.audit.models import AccessRow, AuditRow, Seal, Stream
from neutrality.audit.record import (
    Act,
    OutsideTransaction,
    SubjectRef,
    record,
    record_access,
    record_many,
)

REPORT = SubjectRef("report", 12)


@pytest.mark.django_db
def test_an_act_says_who_what_where_and_both_times(clock, handler):
    record(
        what="report.receive",
        subject=REPORT,
        actor=handler,
        clock=clock,
        occurred_at=datetime(2024, 9, 20, 8, 0, tzinfo=UTC),
        role="intake",
        organisation=OrgRef("office", 8, "RI/35/35.06"),
        before="SUBMITTED",
        after="RECEIVED",
        data={"document": 3, "sha256": "ab" * 32},
    )

    row = AuditRow.objects.values(
        "subject_kind", "subject_id", "position", "what", "occurred_at", "recorded_at",
        "actor_kind", "user_id", "party_ref", "role", "organisation_kind", "organisation_id",
        "organisation_path", "before", "after", "data",
    ).get()  # fmt: skip
    assert row == {
        "subject_kind": "report",
        "subject_id": 12,
        "position": 1,
        "what": "report.receive",
        "occurred_at": datetime(2024, 9, 20, 8, 0, tzinfo=UTC),
        "recorded_at": clock.now,
        "actor_kind": "user",
        "user_id": 41,
        "party_ref": "",
        "role": "intake",
        "organisation_kind": "office",
        "organisation_id": 8,
        "organisation_path": "RI/35/35.06",
        "before": "SUBMITTED",
        "after": "RECEIVED",
        "data": {"document": 3, "sha256": "ab" * 32},
    }


@pytest.mark.django_db
def test_role_and_organisation_come_from_an_only_grant(clock, handler):
    record(what="report.view", subject=REPORT, actor=handler, clock=clock)

    row = AuditRow.objects.get()
    assert (row.role, row.organisation_path) == ("handler", "RI/35/35.71")


@pytest.mark.django_db
def test_each_subject_has_a_chain_of_its_own(clock):
    other = SubjectRef("report", 13)
    for subject in (REPORT, other, REPORT):
        record(what="x", subject=subject, actor=SYSTEM, clock=clock)

    first, alone, second = AuditRow.objects.order_by("id")
    assert (first.position, alone.position, second.position) == (1, 1, 2)
    assert bytes(second.previous_hash) == bytes(first.hash)
    assert bytes(alone.previous_hash) == b""


@pytest.mark.django_db
def test_one_act_costs_one_query(clock, handler, django_assert_num_queries):
    with django_assert_num_queries(1):
        record(what="x", subject=REPORT, actor=handler, clock=clock)


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 50])
def test_many_acts_cost_one_query(clock, count, django_assert_num_queries):
    acts = [Act("pledge.invite", SubjectRef("obligation", n)) for n in range(count)]
    with django_assert_num_queries(1):
        record_many(acts=acts, actor=SYSTEM, clock=clock)
    assert AuditRow.objects.count() == count


@pytest.mark.django_db
def test_many_acts_on_one_subject_keep_their_order(clock):
    acts = [Act(f"step {n}", REPORT) for n in range(5)]

    record_many(acts=acts, actor=SYSTEM, clock=clock)

    rows = AuditRow.objects.order_by("id").values_list("what", "position")
    assert list(rows) == [(f"step {n}", n + 1) for n in range(5)]


@pytest.mark.django_db
def test_a_bulk_of_subjects_takes_their_kinds_as_a_whole(clock):
    acts = [Act("pledge.invite", SubjectRef("obligation", n)) for n in range(500)]

    record_many(acts=acts, actor=SYSTEM, clock=clock)
    record(what="pledge.sign", subject=acts[7].subject, actor=CITIZEN, clock=clock)

    assert AuditRow.objects.filter(position=1).count() == 500
    assert AuditRow.objects.get(position=2).what == "pledge.sign"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype='advisory' AND pid=%s", [_pid()]
        )
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db
def test_nothing_to_record_is_no_query(clock, django_assert_num_queries):
    with django_assert_num_queries(0):
        record_many(acts=[], actor=SYSTEM, clock=clock)


@pytest.mark.django_db(transaction=True)
def test_an_act_outside_a_transaction_is_refused(clock):
    with pytest.raises(OutsideTransaction):
        record(what="x", subject=REPORT, actor=SYSTEM, clock=clock)

    assert AuditRow.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("value", [1.5, True, None, {"name": "x"}, ["x"]])
def test_data_is_flat_texts_and_whole_numbers(clock, value):
    with pytest.raises(TypeError):
        record(what="x", subject=REPORT, actor=SYSTEM, clock=clock, data={"key": value})


@pytest.mark.django_db
@pytest.mark.parametrize("model", [AuditRow, AccessRow, Seal])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_what_is_written_can_neither_be_changed_nor_removed(model, statement):
    with (
        pytest.raises(DatabaseError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(model._meta.db_table))


@pytest.mark.django_db
def test_a_row_cannot_choose_its_own_place_in_the_chain(clock):
    record(what="x", subject=REPORT, actor=SYSTEM, clock=clock)

    forged = AuditRow.objects.create(
        subject_kind="report", subject_id=12, what="forged", occurred_at=clock.now,
        recorded_at=clock.now, actor_kind="system", position=77, previous_hash=b"", hash=b"",
    )  # fmt: skip

    row = AuditRow.objects.get(what="forged")
    assert (row.position, bytes(row.previous_hash)) == (
        2,
        bytes(AuditRow.objects.get(what="x").hash),
    )
    assert forged.position == 77


@pytest.mark.django_db(transaction=True)
def test_a_read_is_logged_without_a_transaction_in_one_query(
    clock, handler, django_assert_num_queries
):
    with django_assert_num_queries(1):
        record_access(
            what="case.view", subject=REPORT, actor=handler, clock=clock, data={"page": 2}
        )

    row = AccessRow.objects.get()
    assert (row.what, row.user_id, row.role, row.data) == ("case.view", 41, "handler", {"page": 2})


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_on_one_subject_keep_one_unbroken_chain(clock):
    failures = _at_once(8, lambda: _write(clock, 15))

    rows = list(AuditRow.objects.order_by("position"))
    assert failures == []
    assert [row.position for row in rows] == list(range(1, 121))
    assert [bytes(row.previous_hash) for row in rows[1:]] == [bytes(row.hash) for row in rows[:-1]]
    assert [row.id for row in rows] == sorted(row.id for row in rows)


@pytest.mark.django_db(transaction=True)
def test_a_bulk_writer_and_a_single_writer_keep_one_chain(clock):
    acts = [Act("bulk", SubjectRef("report", n)) for n in range(600)]

    def bulk():
        with transaction.atomic():
            record_many(acts=acts, actor=SYSTEM, clock=clock)

    turns = iter([bulk, lambda: _write(clock, 10), bulk, lambda: _write(clock, 10)])
    lock = threading.Lock()

    def run():
        with lock:
            turn = next(turns)
        turn()

    assert _at_once(4, run) == []
    positions = AuditRow.objects.filter(subject_id=12).order_by("id")
    assert [row.position for row in positions] == list(range(1, 23))


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40),
    number=st.integers(-(2**53), 2**53),
    at=st.datetimes(timezones=st.just(UTC)).filter(lambda at: 1900 < at.year < 2200),
)
def test_python_and_postgres_write_the_same_bytes(clock, text, number, at):
    record(
        what=text, subject=SubjectRef(text, number), actor=SYSTEM, clock=clock, occurred_at=at,
        before=text, after=text, data={text: text, "number": number},
    )  # fmt: skip

    with connection.cursor() as cursor:
        cursor.execute(SELECT_ROWS[Stream.RECORD] + " DESC LIMIT 1")
        row = cursor.fetchone()
    assert sha256(row_bytes(row[:-1])).hexdigest() == row[-1]
    assert json.loads(row[13]) == {text: text, "number": number}


def _write(clock, count):
    for n in range(count):
        with transaction.atomic():
            record(what=f"act {n}", subject=REPORT, actor=SYSTEM, clock=clock)


def _at_once(count, run):
    failures = []

    def work():
        try:
            run()
        except Exception as error:  # noqa: BLE001 - the test lists whatever went wrong
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return failures


def _pid():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]
