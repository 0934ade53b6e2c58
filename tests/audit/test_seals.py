"""Seals cover every settled row once, are chained, signed, and prove that a row was there."""

import threading
from dataclasses import replace

import pytest
from django.db import connection, transaction

from neutrality.audit import seals as sealing
from neutrality.audit.actor import SYSTEM
from neutrality.audit.models import AuditRow, Seal, Stream
from neutrality.audit.record import Act, SubjectRef, record, record_access, record_many
from neutrality.audit.seals import NotSealed, is_included, prove_inclusion, seal_new_rows
from neutrality.audit.tasks import seal_new_rows as seal_task

REPORT = SubjectRef("report", 12)


def write(clock, count=1):
    acts = [Act("x", SubjectRef("report", n % 3)) for n in range(count)]
    with transaction.atomic():
        record_many(acts=acts, actor=SYSTEM, clock=clock)


@pytest.mark.django_db
def test_new_rows_are_sealed_once_and_seals_are_chained(clock, later):
    write(clock, 5)
    record_access(what="case.view", subject=REPORT, actor=SYSTEM, clock=clock)

    first, reads = seal_new_rows(clock=clock)
    nothing = seal_new_rows(clock=clock)
    write(clock, 2)
    (second,) = seal_new_rows(clock=later)

    assert nothing == []
    assert (first.stream, first.number, first.row_count) == ("record", 1, 5)
    assert (reads.stream, reads.number, reads.row_count) == ("access", 1, 1)
    assert (second.number, second.row_count, second.first_id) == (2, 2, first.last_id + 1)
    assert bytes(second.previous_hash) == bytes(first.hash)
    assert second.sealed_at == later.now


@pytest.mark.django_db
def test_ids_that_no_row_has_are_listed_as_gaps(clock):
    write(clock, 2)
    with transaction.atomic():
        write(clock, 3)
        transaction.set_rollback(True)
    write(clock)
    first, *_, last = AuditRow.objects.order_by("id").values_list("id", flat=True)

    (seal,) = seal_new_rows(clock=clock)

    before = [[1, first - 1]] if first > 1 else []
    assert seal.gaps == [*before, [last - 3, last - 1]]


@pytest.mark.django_db
def test_many_rows_go_under_several_seals(clock, monkeypatch):
    monkeypatch.setattr(sealing, "ROWS_PER_SEAL", 4)
    write(clock, 10)

    assert [seal.row_count for seal in seal_new_rows(clock=clock)] == [4, 4, 2]


@pytest.mark.django_db
def test_a_sealed_row_can_prove_that_it_was_there(clock):
    write(clock, 7)
    seal_new_rows(clock=clock)

    for row in AuditRow.objects.all():
        proof = prove_inclusion(stream=Stream.RECORD, row_id=row.id)
        assert proof.row_hash == bytes(row.hash)
        assert is_included(proof=proof) is True
        assert is_included(proof=replace(proof, row_hash=b"x" * 32)) is False
        assert is_included(proof=replace(proof, size=8)) is False
        assert is_included(proof=replace(proof, path=proof.path[1:])) is False
        assert is_included(proof=replace(proof, signature=b"x" * 64)) is False
        assert is_included(proof=replace(proof, key_id="unknown")) is False


@pytest.mark.django_db
def test_a_row_that_is_not_sealed_has_no_proof(clock):
    write(clock)
    with pytest.raises(NotSealed):
        prove_inclusion(stream=Stream.RECORD, row_id=AuditRow.objects.get().id)


@pytest.mark.django_db
def test_the_task_seals(clock):
    write(clock)
    seal_task()
    assert Seal.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_row_that_is_still_being_written_is_waited_for(clock):
    written, may_end = threading.Event(), threading.Event()
    writer = threading.Thread(target=_hold_open, args=(clock, written, may_end))
    writer.start()
    assert written.wait(120)
    write(clock)
    threading.Timer(0.3, may_end.set).start()

    (seal,) = seal_new_rows(clock=clock)

    writer.join(120)
    assert seal.row_count == 2


@pytest.mark.django_db(transaction=True)
def test_a_writer_that_does_not_end_leaves_the_stream_to_the_next_call(clock, monkeypatch):
    monkeypatch.setattr(sealing, "_PATIENCE_SECONDS", 0.1)
    written, may_end = threading.Event(), threading.Event()
    writer = threading.Thread(target=_hold_open, args=(clock, written, may_end))
    writer.start()
    assert written.wait(120)
    write(clock)

    during = seal_new_rows(clock=clock)
    may_end.set()
    writer.join(120)
    (after,) = seal_new_rows(clock=clock)

    assert (during, after.row_count) == ([], 2)


@pytest.mark.django_db(transaction=True)
def test_sealing_while_many_write_misses_no_row_and_takes_none_twice(clock):
    stop = threading.Event()
    workers = [threading.Thread(target=_write_on, args=(clock, n)) for n in range(4)]
    sealers = [threading.Thread(target=_seal_on, args=(clock, stop)) for _ in range(2)]
    for thread in (*workers, *sealers):
        thread.start()
    for thread in workers:
        thread.join(120)
    stop.set()
    for thread in sealers:
        thread.join(120)
    seal_new_rows(clock=clock)

    seals = Seal.objects.filter(stream=Stream.RECORD).order_by("number")
    assert sum(seal.row_count for seal in seals) == AuditRow.objects.count() == 160
    assert [seal.number for seal in seals] == list(range(1, len(seals) + 1))
    assert all(
        seal.row_count == AuditRow.objects.filter(id__range=(seal.first_id, seal.last_id)).count()
        for seal in seals
    )


def _hold_open(clock, written, may_end):
    with transaction.atomic():
        record(what="slow", subject=SubjectRef("report", 99), actor=SYSTEM, clock=clock)
        written.set()
        may_end.wait(120)
    connection.close()


def _write_on(clock, subject_id):
    for _ in range(40):
        with transaction.atomic():
            record(what="x", subject=SubjectRef("case", subject_id), actor=SYSTEM, clock=clock)
    connection.close()


def _seal_on(clock, stop):
    while not stop.is_set():
        seal_new_rows(clock=clock)
    connection.close()
