"""Alarms that appear by themselves."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from celery import current_app
from django.urls import reverse
from django.utils import translation

from complaints.models import Evidence
from complaints.selectors.alarms import LONG_QUEUE, alarms
from complaints.services.lodge import lodge_report
from complaints.services.raise_alarms import raise_alarms
from neutrality.accounts.roles import Role
from neutrality.audit.actor import CITIZEN
from neutrality.elections.models import Election
from neutrality.law.models import CalendarDay, Period
from neutrality.notifications.models import Outbox
from neutrality.organisations.models import Office
from tests.complaints import factories as make
from tests.complaints.staff.scene import browser, words

pytestmark = pytest.mark.django_db(transaction=True)
NOW = make.at(16)


@pytest.fixture(autouse=True)
def _door(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    with translation.override("id"):
        yield


def codes(clock=NOW):
    return [alarm.code for alarm in alarms(clock=clock)]


def message(minutes, **change):
    at = NOW.now - timedelta(minutes=minutes)
    Outbox.objects.create(
        dedupe_key=str(uuid4()),
        kind="system_alarm",
        address="kantor@contoh.example",
        **{"next_attempt_at": at, "created_at": at, **change},
    )


def test_on_a_quiet_day_there_is_none():
    message(14)
    assert codes() == []


def test_messages_that_wait_too_long_are_told_with_since_when():
    message(16)
    (alarm,) = alarms(clock=NOW)
    assert (alarm.code, "16 Jun 2025" in alarm.words) == ("outbox", True)


def test_messages_given_up_are_told_for_a_day():
    message(60, status="GAVE_UP", gave_up_at=NOW.now - timedelta(hours=23))
    assert codes() == ["given_up"]
    assert codes(make.at(18)) == []


@pytest.fixture
def queue():
    """The tasks' own list in Redis, emptied before and after."""
    with current_app.connection_for_write() as connection:
        waiting = connection.SimpleQueue(current_app.conf.task_default_queue)
        waiting.clear()
        yield waiting
        waiting.clear()
        waiting.close()


def test_a_queue_that_nobody_works_on_is_told_with_its_length(queue):
    for number in range(LONG_QUEUE - 1):
        queue.put({"task": number})
    assert codes() == []
    queue.put({"task": "one more"})
    (alarm,) = alarms(clock=NOW)
    assert (alarm.code, alarm.words.split()[0]) == ("queue", str(LONG_QUEUE))


def test_a_queue_that_does_not_answer_is_told(monkeypatch):
    monkeypatch.setattr(current_app.conf, "broker_read_url", "redis://localhost:1/0")
    assert codes() == ["queue_away"]


def test_evidence_that_nobody_examines_is_told_with_since_when():
    matter = lodge_report(given=make.lodging(), actor=CITIZEN, clock=NOW).matter
    file = {"matter": matter, "kind": "FILE", "original_name": "foto.jpg", "sha256": "0" * 64}
    Outbox.objects.all().delete()
    at = NOW.now - timedelta(minutes=29)
    Evidence.objects.create(**file, stored_as="bukti/a", handed_in_at=at)
    assert codes() == []
    (alarm,) = alarms(clock=make.at(16, 11))
    assert (alarm.code, "16 Jun 2025" in alarm.words) == ("files", True)


def test_silence_in_the_week_of_a_vote_is_told_until_a_report_comes():
    Election.objects.create(
        code="sunyi", name="Contoh", regime="PILKADA", polling_on=date(2025, 6, 20)
    )
    assert codes() == ["silence"]
    lodge_report(given=make.lodging(), actor=CITIZEN, clock=NOW)
    assert "silence" not in codes()
    assert codes(make.at(22)) == ["outbox"]


def test_a_period_that_ends_without_another_is_told():
    row = Period.objects.filter(code="HANDLING", valid_until=None).first()
    Period.objects.filter(pk=row.pk).update(valid_until=date(2025, 7, 1))
    assert codes() == ["law_ends"]
    Period.objects.filter(pk=row.pk).update(valid_until=None)
    assert codes() == []


def test_a_year_without_holidays_is_told_before_it_begins():
    last = CalendarDay.objects.order_by("-day").first().day.year
    eve = make.at(16).__class__(now=NOW.now.replace(year=last, month=12, day=1))
    assert codes(eve) == ["calendar_ends"]


def test_administrators_are_told_once_a_day_and_the_page_says_it():
    admin = make.user("Administrator contoh", Role.ADMIN, is_national=True)
    message(60)
    assert raise_alarms(clock=NOW) == 1
    raise_alarms(clock=NOW)
    told = Outbox.objects.filter(user_id=admin.pk)
    assert [row.kind for row in told] == ["system_alarm"]
    assert told.get().context == {"office": Office.objects.get(path="RI").name}
    page = words(browser(admin).get(reverse("staff:alarms")))
    assert "Pesan keluar menunggu sejak" in page
