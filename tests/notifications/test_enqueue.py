"""Putting messages into the outbox."""

from datetime import timedelta
from typing import Any

import pytest
from celery import Celery, current_app
from django.db import DatabaseError, transaction

from neutrality.audit.record import OutsideTransaction
from neutrality.notifications import services
from neutrality.notifications.kinds import (
    MessageKind,
    UnknownKind,
    register_kinds,
    registered_kinds,
)
from neutrality.notifications.models import Channel, Outbox, OutboxStatus
from neutrality.notifications.services import (
    Message,
    Recipient,
    UnsafeContext,
    enqueue,
    enqueue_many,
    retry_given_up,
)
from tests.notifications.conftest import NOW

OFFICE = Recipient(address="kantor@example.org")


def put(clock, **changes):
    given: dict[str, Any] = {
        "kind": "sample",
        "recipient": OFFICE,
        "dedupe_key": "step:1",
        "context": {"number": "001"},
    }
    enqueue(clock=clock, **(given | changes))


@pytest.mark.django_db
def test_a_message_waits_and_is_due_at_once(clock):
    put(clock)
    message = Outbox.objects.get()
    assert (message.status, message.next_attempt_at, message.context, message.address) == (
        OutboxStatus.WAITING,
        NOW,
        {"number": "001"},
        "kantor@example.org",
    )


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_put_out(clock):
    with pytest.raises(OutsideTransaction):
        put(clock)
    assert list(Outbox.objects.all()) == []


@pytest.mark.django_db(transaction=True)
def test_a_message_vanishes_with_its_transaction(clock):
    def fail():
        with transaction.atomic():
            put(clock)
            raise DatabaseError

    with pytest.raises(DatabaseError):
        fail()
    assert list(Outbox.objects.all()) == []


@pytest.mark.django_db
def test_the_same_cause_sends_one_message(clock):
    put(clock)
    put(clock, context={"number": "002"})
    assert [m.context for m in Outbox.objects.all()] == [{"number": "001"}]


@pytest.mark.django_db
def test_many_messages_are_one_statement(clock, django_assert_num_queries):
    messages = [
        Message(kind="sample", recipient=OFFICE, dedupe_key=f"k:{n}", context={"number": str(n)})
        for n in range(30)
    ]
    with django_assert_num_queries(1):
        enqueue_many(messages=messages, clock=clock)
    assert Outbox.objects.count() == 30


@pytest.mark.django_db
@pytest.mark.parametrize(
    "context",
    [{}, {"name": "x"}, {"number": "1", "name": "x"}, {"number": "a\nb"}, {"number": "x" * 301}],
)
def test_a_context_that_could_tell_of_a_case_is_refused(clock, context):
    with pytest.raises(UnsafeContext):
        put(clock, context=context)


@pytest.mark.django_db
def test_unknown_kinds_and_languages_are_refused(clock):
    with pytest.raises(UnknownKind):
        put(clock, kind="unheard")
    with pytest.raises(ValueError, match="does not speak"):
        put(clock, language="xx")


@pytest.mark.parametrize("given", [{}, {"user_id": 1, "address": "a@b.c"}])
def test_a_message_has_exactly_one_recipient(given):
    with pytest.raises(ValueError, match="exactly one"):
        Recipient(**given)


def test_a_kind_cannot_name_a_reporter():
    with pytest.raises(ValueError, match="would say reporter"):
        MessageKind(code="x", label="x", context_keys=frozenset({"reporter"}))


def test_a_kind_has_a_channel_and_a_code_of_its_own():
    with pytest.raises(ValueError, match="no channel"):
        MessageKind(code="x", label="x", channels=())
    sample = registered_kinds()["sample"]
    register_kinds(sample)
    with pytest.raises(ValueError, match="Two kinds"):
        register_kinds(MessageKind(code="sample", label="Lain", channels=(Channel.SMS,)))


@pytest.mark.django_db(transaction=True)
def test_a_burst_of_commits_nudges_once(clock, monkeypatch):
    """The real broker takes the nudge; its queue says how many there were."""
    monkeypatch.setattr(services, "_throttle", services._Throttle(60))
    with current_app.connection_for_write() as broker:
        queues: Any = broker.default_channel
        queues.queue_purge("celery")
        for n in range(3):
            with transaction.atomic():
                put(clock, dedupe_key=f"k:{n}")
        assert queues._size("celery") == 1
        queues.queue_purge("celery")


@pytest.mark.django_db(transaction=True)
def test_a_lost_broker_loses_no_message(clock, monkeypatch, settings):
    monkeypatch.setattr(services, "_throttle", services._Throttle(60))
    nowhere = Celery("nowhere", broker="redis+socket:///nowhere/redis.sock", set_as_current=False)
    monkeypatch.setattr(services, "current_app", nowhere)
    with transaction.atomic():
        put(clock)
    assert Outbox.objects.count() == 1


@pytest.mark.django_db
def test_what_was_given_up_starts_over(clock):
    put(clock)
    put(clock, dedupe_key="other")
    given_up = Outbox.objects.get(dedupe_key="step:1")
    Outbox.objects.filter(pk=given_up.pk).update(
        status="GAVE_UP", gave_up_at=NOW, attempts_made=9, next_attempt_at=NOW - timedelta(days=1)
    )
    ids = list(Outbox.objects.values_list("pk", flat=True))
    assert retry_given_up(outbox_ids=ids, clock=clock) == 1
    given_up.refresh_from_db()
    assert (given_up.status, given_up.attempts_made, given_up.gave_up_at) == ("WAITING", 0, None)
