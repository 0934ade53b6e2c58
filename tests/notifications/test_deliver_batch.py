"""Delivery over real servers that refuse, are silent, die, or work."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from neutrality.audit.actor import SYSTEM
from neutrality.audit.record import SubjectRef
from neutrality.law.clock import Clock
from neutrality.notifications import delivery
from neutrality.notifications.delivery import (
    BACK_OFF,
    LEASE,
    MAX_ATTEMPTS,
    Delivered,
    deliver_batch,
)
from neutrality.notifications.models import Attempt, Outbox, OutboxStatus
from neutrality.notifications.selectors import given_up
from neutrality.notifications.services import Message, Recipient, enqueue_many
from neutrality.notifications.tasks import deliver_outbox
from neutrality.vault.identity import IdentityData
from neutrality.vault.services import erase_identity, seal_identity
from tests.notifications.conftest import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def put(clock, *recipients, kind="sample"):
    context = {"number": "001"} if kind == "sample" else {}
    start = Outbox.objects.count()
    with transaction.atomic():
        enqueue_many(
            messages=[
                Message(kind=kind, recipient=to, dedupe_key=f"k:{start + n}", context=context)
                for n, to in enumerate(recipients or [Recipient(address="kantor@example.org")])
            ],
            clock=clock,
        )


def later(**delta):
    return Clock(now=NOW + timedelta(**delta))


def outcomes():
    return list(Attempt.objects.order_by("id").values_list("outcome", flat=True))


def test_a_mail_arrives_with_subject_text_and_stable_id(clock, mail_server):
    put(clock)
    assert deliver_batch(clock=clock) == Delivered(claimed=1, sent=1)
    [mail], message = mail_server.mails, Outbox.objects.get()
    assert (mail["Subject"], mail["To"], mail["Auto-Submitted"]) == (
        "Nomor 001",
        "kantor@example.org",
        "auto-generated",
    )
    assert mail.get_payload().strip() == "Lihat https://contoh.example/lacak/."
    assert mail["Message-ID"] == f"<{message.message_key}@contoh.example>"
    assert (message.status, message.channel, message.context) == ("SENT", "email", {})
    assert deliver_batch(clock=later(days=9)) == Delivered()


def test_one_connection_serves_the_batch(clock, mail_server):
    put(clock, *[Recipient(address=f"kantor{n}@example.org") for n in range(5)])
    assert deliver_batch(clock=clock).sent == 5
    assert (len(mail_server.mails), mail_server.sessions) == (5, 1)


def test_a_refused_address_is_given_up_at_once(clock, mail_server):
    mail_server.answer_to_recipient = "550 no such user kantor@example.org"
    put(clock)
    assert deliver_batch(clock=clock) == Delivered(claimed=1, gave_up=1)
    assert outcomes() == ["smtp_550"]
    assert [m.status for m in given_up()] == [OutboxStatus.GAVE_UP]


def test_a_busy_server_is_tried_again_after_the_first_wait(clock, mail_server):
    mail_server.answer_to_data = "451 come again"
    put(clock)
    assert deliver_batch(clock=clock) == Delivered(claimed=1, failed=1)
    assert deliver_batch(clock=later(seconds=55)) == Delivered()
    mail_server.answer_to_data = "250 OK"
    assert deliver_batch(clock=later(minutes=2)) == Delivered(claimed=1, sent=1)
    assert outcomes() == ["smtp_451", "sent"]


def test_a_server_that_is_away_is_given_up_in_the_end(clock, mail_server, settings):
    settings.EMAIL_PORT = 1
    put(clock)
    now = NOW
    for wait in (*BACK_OFF, timedelta()):
        delivered = deliver_batch(clock=Clock(now=now))
        now += wait + timedelta(seconds=5)
    assert delivered == Delivered(claimed=1, gave_up=1)
    assert outcomes() == ["connection_refused"] * MAX_ATTEMPTS
    assert deliver_batch(clock=Clock(now=now + timedelta(days=30))) == Delivered()


def test_a_silent_server_times_out(clock, silent_port):
    put(clock)
    assert deliver_batch(clock=clock) == Delivered(claimed=1, failed=1)
    assert outcomes() == ["timeout"]


def test_a_server_that_dies_after_taking_the_mail_gets_the_same_id_again(clock, mail_server):
    mail_server.die_after_data = True
    put(clock)
    assert deliver_batch(clock=clock).failed == 1
    mail_server.die_after_data = False
    assert deliver_batch(clock=later(minutes=2)).sent == 1
    first, second = mail_server.message_ids
    assert first == second


def test_after_a_broken_connection_the_rest_of_the_batch_goes_on(clock, mail_server):
    mail_server.die_after_data = True
    put(clock, *[Recipient(address=f"kantor{n}@example.org") for n in range(2)])
    assert deliver_batch(clock=clock) == Delivered(claimed=2, failed=2)
    assert mail_server.sessions == 2


def test_a_crash_between_send_and_mark_repeats_the_same_id(clock, mail_server, monkeypatch):
    put(clock)

    def die(*arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "_mark", die)
        with pytest.raises(KeyboardInterrupt):
            deliver_batch(clock=clock)
    assert Outbox.objects.get().status == OutboxStatus.SENDING
    assert deliver_batch(clock=later(minutes=5)) == Delivered()
    assert deliver_batch(clock=Clock(now=NOW + LEASE)).sent == 1
    first, second = mail_server.message_ids
    assert first == second


def test_a_message_that_kills_its_worker_each_time_is_given_up(clock, mail_server):
    put(clock)
    Outbox.objects.update(attempts_made=MAX_ATTEMPTS)
    assert deliver_batch(clock=clock) == Delivered(claimed=1, gave_up=1)
    assert (outcomes(), mail_server.mails) == (["worker_lost"], [])


def test_who_comes_after_his_lease_does_not_overwrite(clock, mail_server, monkeypatch):
    put(clock)
    [slow] = delivery._claim(clock=clock, limit=1)
    assert deliver_batch(clock=Clock(now=NOW + LEASE)).sent == 1
    outcome = delivery._Outcome(None, "timeout", sent=False, permanent=False, took=timedelta())
    delivery._mark(slow, outcome, delivery._Watch(clock))
    assert Outbox.objects.get().status == OutboxStatus.SENT


def test_two_workers_never_send_twice(clock, mail_server):
    put(clock, *[Recipient(address=f"kantor{n}@example.org") for n in range(20)])
    barrier = threading.Barrier(3)
    results: list[int] = []

    def work():
        barrier.wait()
        results.extend(deliver_batch(clock=clock, limit=7).sent for _round in range(3))
        connection.close()

    threads = [threading.Thread(target=work) for _n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(results) == 20
    assert sorted(mail["To"] for mail in mail_server.mails) == sorted(
        f"kantor{n}@example.org" for n in range(20)
    )


def test_a_batch_over_its_budget_gives_the_rest_back(clock, mail_server, monkeypatch):
    put(clock)
    monkeypatch.setattr(delivery, "BATCH_BUDGET_SECONDS", -1)
    assert deliver_batch(clock=clock) == Delivered(claimed=1)
    message = Outbox.objects.get()
    assert (message.status, message.attempts_made) == ("WAITING", 0)


def test_a_user_is_written_to_at_the_address_of_the_account(clock, mail_server):
    user = get_user_model().objects.create_user(email="petugas@example.org", password=None)
    put(clock, Recipient(user_id=user.pk), Recipient(user_id=user.pk + 1))
    assert deliver_batch(clock=clock) == Delivered(claimed=2, sent=1, gave_up=1)
    assert [mail["To"] for mail in mail_server.mails] == ["petugas@example.org"]
    assert outcomes() == ["sent", "no_contact"]


def reporter(clock, **contacts):
    data = IdentityData(name="Warga contoh", **contacts)
    with transaction.atomic():
        return Recipient(identity_id=seal_identity(data=data, kind="reporter", clock=clock).pk)


def test_an_identity_is_opened_only_for_delivery(clock, mail_server):
    put(clock, reporter(clock, email="warga@example.org"))
    assert Outbox.objects.get().address == ""
    assert deliver_batch(clock=clock).sent == 1
    assert [mail["To"] for mail in mail_server.mails] == ["warga@example.org"]


def test_an_erased_identity_is_written_to_no_more(clock, mail_server):
    warga = reporter(clock, email="warga@example.org")
    put(clock, warga)
    erase_identity(
        identity_id=warga.identity_id,
        reason="Retensi",
        subject=SubjectRef("report", 1),
        actor=SYSTEM,
        clock=clock,
    )
    assert deliver_batch(clock=clock).gave_up == 1
    assert (outcomes(), mail_server.mails) == (["identity_erased"], [])


def test_a_kind_that_this_release_does_not_know_waits_for_the_next(clock, mail_server):
    put(clock)
    Outbox.objects.update(kind="of_the_next_release")
    assert deliver_batch(clock=clock).failed == 1
    assert outcomes() == ["unknown_kind"]


def test_an_address_that_is_none_is_given_up(clock, mail_server):
    put(clock, Recipient(address="kantor@example.org\nBcc: lain@example.org"))
    assert deliver_batch(clock=clock).gave_up == 1
    assert (outcomes(), mail_server.mails) == (["unusable_address"], [])


def test_without_a_gateway_there_is_no_way_to_a_telephone(clock, mail_server):
    put(clock, reporter(clock, phone="+6281200000001"), kind="by_phone")
    assert deliver_batch(clock=clock).gave_up == 1
    assert outcomes() == ["no_contact"]


def test_whatsapp_goes_through_the_gateway_with_key_and_token(clock, gateway):
    put(clock, reporter(clock, phone="+6281200000001"), kind="by_phone")
    assert deliver_batch(clock=clock).sent == 1
    [(headers, body)] = gateway.posts
    key = str(Outbox.objects.get().message_key)
    assert body == {
        "id": key,
        "channel": "whatsapp",
        "to": "+6281200000001",
        "text": "Ada kabar.\n",
    }
    assert (headers["Authorization"], headers["Idempotency-Key"]) == (
        "Bearer token-of-the-test",
        key,
    )


@pytest.mark.parametrize("typed", ["0812-0000-0001", "+62 812 0000 0001", "62812 0000 0001"])
def test_the_gateway_gets_a_number_in_one_form_however_it_was_typed(clock, gateway, typed):
    put(clock, reporter(clock, phone=typed), kind="by_phone")
    assert deliver_batch(clock=clock).sent == 1
    assert [body["to"] for _headers, body in gateway.posts] == ["+6281200000001"]


def test_a_number_that_is_none_is_given_up_and_never_goes_out(clock, gateway):
    put(clock, reporter(clock, phone="tidak ada"), kind="by_phone")
    assert deliver_batch(clock=clock).gave_up == 1
    assert (outcomes(), gateway.posts) == (["unusable_address"], [])


@pytest.mark.parametrize(
    ("answer", "delivered", "code"),
    [
        (503, Delivered(claimed=1, failed=1), "http_503"),
        (429, Delivered(claimed=1, failed=1), "http_429"),
        (400, Delivered(claimed=1, gave_up=1), "http_400"),
        (302, Delivered(claimed=1, gave_up=1), "http_302"),
        (0, Delivered(claimed=1, failed=1), "disconnected"),
    ],
)
def test_what_the_gateway_answers_decides(clock, gateway, answer, delivered, code):
    gateway.answers.append(answer)
    put(clock, reporter(clock, phone="+6281200000001"), kind="by_phone")
    assert deliver_batch(clock=clock) == delivered
    assert (outcomes(), len(gateway.posts)) == ([code], 1)


def test_the_task_drains_the_outbox(mail_server):
    past = Clock(now=datetime(2024, 1, 1, tzinfo=UTC))
    put(past, *[Recipient(address=f"kantor{n}@example.org") for n in range(3)])
    assert deliver_outbox() == 3
    assert deliver_outbox() == 0
