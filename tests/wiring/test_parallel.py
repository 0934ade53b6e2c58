"""Work side by side: in processes of its own, or one after the other where it must be."""

import os

import pytest
from django.db import connection, transaction

from neutrality.audit.actor import SYSTEM
from neutrality.audit.models import AuditRow
from neutrality.audit.record import SubjectRef, record
from neutrality.law.clock import read_clock
from neutrality.parallel import side_by_side


def _record(number):
    with transaction.atomic():
        record(
            what="test.parallel",
            subject=SubjectRef("parallel", number),
            actor=SYSTEM,
            clock=read_clock(),
            data={"process": os.getpid()},
        )


def _fail(number):
    if number == 2:
        raise LookupError(number)
    _record(number)


def _processes():
    rows = AuditRow.objects.filter(what="test.parallel").order_by("subject_id")
    return [row.data["process"] for row in rows]


@pytest.mark.django_db(transaction=True)
def test_calls_are_made_in_processes_of_their_own(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    side_by_side(_record, [(1,), (2,), (3,)])
    assert len(_processes()) == 3
    assert os.getpid() not in _processes()


@pytest.mark.django_db(transaction=True)
def test_a_failure_is_raised_and_the_others_end(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with pytest.raises(LookupError):
        side_by_side(_fail, [(1,), (2,), (3,)])
    assert len(_processes()) == 2


@pytest.mark.django_db
def test_a_transaction_keeps_its_work_to_itself(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert connection.in_atomic_block
    side_by_side(_record, [(1,), (2,)])
    assert _processes() == [os.getpid()] * 2


@pytest.mark.django_db(transaction=True)
def test_one_processor_does_it_in_turn(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    side_by_side(_record, [(1,), (2,)])
    assert _processes() == [os.getpid()] * 2
