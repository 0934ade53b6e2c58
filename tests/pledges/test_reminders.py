"""Reminders: planned as rows, sent by day, to nobody who has signed since."""

from datetime import UTC, date, datetime, timedelta

import pytest
from celery import current_app
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from neutrality.audit.actor import SYSTEM
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock
from neutrality.notifications.models import Outbox
from neutrality.organisations.codes import UnitKind
from neutrality.organisations.models import Region, Unit
from neutrality.organisations.services.units import Decree, rename_unit
from pledges.codes import AbsenceKind, ReminderOutcome as O, ReminderStep as Step
from pledges.models import Absence, Reminder, ReminderPlan, SigningCode
from pledges.services.chase import Away, name_unit_head, record_absence
from pledges.services.close_round import close_round
from pledges.services.plan_reminders import (
    Timing,
    plan_reminders,
    plans_to_go_through,
    set_reminder_plan,
)
from pledges.services.send_reminders import send_head_reminders, send_reminders
from tests.pledges import factories
from tests.pledges.factories import NOON

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)
# Nine in the morning of the day, in western, central and eastern Indonesia.
WIB = Clock(now=datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
WIT = Clock(now=datetime(2026, 11, 23, 0, 0, tzinfo=UTC))
NIGHT = Clock(now=datetime(2026, 11, 23, 14, 0, tzinfo=UTC))


@pytest.fixture
def invited(city, place):
    """Everybody has an address and an unopened link."""
    return [factories.invited(place, person) for person in city.people]


def planned(place, step=Step.FIRST, day=DAY, hour=9):
    """Set one step and write its rows; return how many there are."""
    set_reminder_plan(
        place=place,
        timings={step: Timing(goes_on=day, at_hour=hour)},
        actor=factories.officer(place.agency),
        clock=NOON,
    )
    plan = ReminderPlan.objects.get(round=place, step=step)
    return plan_reminders(plan_id=plan.pk, clock=NOON)


def outcomes(place):
    rows = Reminder.objects.filter(plan__round=place).order_by("obligation_id")
    return list(rows.values_list("outcome", flat=True))


def sent(kind="pledge_reminder"):
    return Outbox.objects.filter(kind=kind).count()


def absent(place, person, until, since=date(2026, 11, 20), kind=AbsenceKind.LEAVE):
    away = Away(kind=kind, starts_on=since, ends_on=until)
    record_absence(
        person=person,
        agency_id=place.agency_id,
        away=away,
        actor=factories.officer(place.agency),
        clock=NOON,
    )


def test_everybody_invited_is_planned_once_however_often_the_plan_is_gone_through(place, invited):
    assert planned(place) == 4
    plan = ReminderPlan.objects.get()

    assert plan_reminders(plan_id=plan.pk, clock=NOON) == 0
    assert set(Reminder.objects.values_list("send_at", flat=True)) == {WIB.now}


def test_planning_costs_the_same_for_few_and_for_many(city, place, invited):
    planned(place)
    plan = ReminderPlan.objects.get()
    with CaptureQueriesContext(connection) as few:
        plan_reminders(plan_id=plan.pk, clock=NOON)
    Reminder.objects.all().delete()
    with CaptureQueriesContext(connection) as many:
        assert plan_reminders(plan_id=plan.pk, clock=NOON) == 4

    assert len(many) == len(few)


def test_a_reminder_carries_a_fresh_link_and_the_old_one_opens_nothing(place, invited):
    planned(place)

    assert send_reminders(clock=WIB) == 4

    assert (sent(), outcomes(place)) == (4, [O.SENT] * 4)
    assert SigningCode.objects.filter(revoked_at=None).count() == 4
    link = factories.last_message("pledge_reminder")["link"]
    assert Client().get(link).status_code == 200
    assert send_reminders(clock=WIB) == 0


def test_nobody_is_reminded_who_has_signed_since(city, place, invited):
    planned(place)
    factories.signed(place, city.people[0])

    send_reminders(clock=WIB)

    assert outcomes(place) == [O.SIGNED, O.SENT, O.SENT, O.SENT]
    assert sent() == 3


def test_whoever_has_just_opened_the_link_keeps_it_for_an_hour(place, invited):
    planned(place)
    SigningCode.objects.filter(obligation=invited[0]).update(used_at=WIB.now)

    send_reminders(clock=WIB)

    assert outcomes(place) == ["", O.SENT, O.SENT, O.SENT]
    later = Reminder.objects.get(outcome="")
    assert later.send_at == WIB.now + timedelta(hours=1)


def test_an_absence_puts_the_reminder_off_to_the_first_morning_back(city, place, invited):
    absent(place, city.people[0], date(2026, 11, 25))
    planned(place)
    absent(place, city.people[1], date(2026, 11, 30))

    send_reminders(clock=WIB)

    waiting = Reminder.objects.filter(outcome="").order_by("obligation_id")
    assert [one.send_at.astimezone(UTC).date() for one in waiting] == [
        date(2026, 11, 26),
        date(2026, 12, 1),
    ]
    assert sent() == 2


def test_a_short_absence_within_a_long_one_leaves_the_long_one(city, place, invited):
    person = city.people[0]
    absent(place, person, date(2026, 12, 30), since=date(2026, 11, 1), kind=AbsenceKind.SICK)
    absent(place, person, date(2026, 11, 21), kind=AbsenceKind.TRAINING)
    planned(place)

    send_reminders(clock=WIB)

    waiting = Reminder.objects.get(outcome="")
    assert (waiting.obligation, waiting.send_at.date()) == (invited[0], date(2026, 12, 31))
    assert sent() == 3


def test_absences_that_overlap_count_until_the_later_end_whichever_was_recorded_first(
    city, place, invited
):
    planned(place)
    absent(place, city.people[0], date(2026, 11, 25))
    absent(place, city.people[0], date(2026, 11, 30), since=DAY)
    absent(place, city.people[1], date(2026, 11, 30), since=DAY)
    absent(place, city.people[1], date(2026, 11, 25))

    send_reminders(clock=WIB)

    waiting = Reminder.objects.filter(outcome="").values_list("send_at", flat=True)
    assert [at.date() for at in waiting] == [date(2026, 12, 1)] * 2
    assert Absence.objects.filter(cancelled_at=None).count() == 4


def test_an_absence_that_begins_tomorrow_leaves_todays_reminder(city, place, invited):
    planned(place)
    absent(place, city.people[0], date(2026, 12, 30), since=DAY + timedelta(days=1))

    send_reminders(clock=WIB)

    assert (sent(), outcomes(place)) == (4, [O.SENT] * 4)


def test_who_is_away_from_the_day_on_where_they_are_waits_though_it_is_yesterday_in_utc(
    city, place, invited
):
    east = Region.objects.get(code="91.05")
    Unit.objects.filter(pk=city.ward.pk).update(region=east)
    planned(place, hour=7)
    absent(place, city.people[3], date(2026, 11, 25), since=DAY)

    send_reminders(clock=Clock(now=datetime(2026, 11, 22, 22, 30, tzinfo=UTC)))

    assert (sent(), Reminder.objects.get(obligation=invited[3]).send_at) == (
        0,
        datetime(2026, 11, 25, 22, 0, tzinfo=UTC),
    )


def test_who_turns_out_to_be_away_beyond_the_end_is_reminded_no_more(city, place, invited):
    planned(place)
    absent(place, city.people[0], date(2027, 1, 10))

    send_reminders(clock=WIB)
    send_reminders(clock=at_nine(date(2027, 1, 11)))

    assert (sent(), outcomes(place)) == (3, [O.NOT_ASKED, O.SENT, O.SENT, O.SENT])


def test_what_still_waits_at_the_end_of_the_round_is_not_sent_after_it(place, invited):
    planned(place)

    send_reminders(clock=at_nine(date(2027, 1, 11)))

    assert (sent(), outcomes(place)) == (0, [O.NOT_ASKED] * 4)


def both_steps(place, hr, *, second):
    """Plan the first step for the day and the second for a later one."""
    days = {Step.FIRST: DAY, Step.SECOND: second}
    timings = {step: Timing(goes_on=day, at_hour=9) for step, day in days.items()}
    set_reminder_plan(place=place, timings=timings, actor=hr, clock=NOON)
    for plan in ReminderPlan.objects.all():
        plan_reminders(plan_id=plan.pk, clock=NOON)


def at_nine(day):
    """Nine in the morning of a day, western time."""
    return Clock(now=datetime(day.year, day.month, day.day, 2, 0, tzinfo=UTC))


@pytest.mark.parametrize("limit", [200, 1])
def test_two_steps_that_an_absence_moved_to_one_morning_are_one_message(
    city, place, invited, hr, limit
):
    absent(place, city.people[0], date(2026, 11, 30))
    both_steps(place, hr, second=date(2026, 11, 27))
    for day in (DAY, date(2026, 11, 27)):
        send_reminders(clock=at_nine(day))
    before = sent()

    dealt = [send_reminders(clock=at_nine(date(2026, 12, 1)), limit=limit) for _time in range(3)]

    rows = Reminder.objects.filter(obligation=invited[0]).order_by("pk")
    assert (before, sent(), sum(dealt)) == (6, 7, 2)
    assert list(rows.values_list("outcome", flat=True)) == [O.SENT, O.NOT_ASKED]
    link = factories.last_message("pledge_reminder")["link"]
    assert Client().get(link).status_code == 200


def test_steps_of_two_days_that_follow_one_another_are_two_messages(place, invited, hr):
    both_steps(place, hr, second=DAY + timedelta(days=1))

    send_reminders(clock=Clock(now=WIB.now + timedelta(hours=2)))
    send_reminders(clock=at_nine(DAY + timedelta(days=1)))

    assert sent() == 8


def test_who_is_back_only_after_the_end_is_not_planned(city, place, invited):
    absent(place, city.people[0], date(2027, 1, 5))

    assert planned(place) == 3


def test_each_is_reminded_at_the_hour_of_the_own_zone(city, place, invited):
    east = Region.objects.get(code="91.05")
    Unit.objects.filter(pk=city.ward.pk).update(region=east)
    planned(place)

    assert east.time_zone == "Asia/Jayapura"
    assert send_reminders(clock=WIT) == 1
    assert send_reminders(clock=WIB) == 3


def test_at_night_nothing_is_sent_and_it_waits_for_the_morning(place, invited):
    planned(place)

    send_reminders(clock=NIGHT)

    assert (sent(), outcomes(place)) == (0, [""] * 4)
    morning = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    assert set(Reminder.objects.values_list("send_at", flat=True)) == {morning}


def test_a_closed_round_reminds_nobody(place, invited, hr):
    planned(place)
    close_round(round_id=place.pk, actor=hr, clock=NOON)

    send_reminders(clock=WIB)

    assert (sent(), outcomes(place)) == (0, [O.CLOSED] * 4)
    assert plans_to_go_through(day=DAY) == []


def test_a_changed_day_moves_what_waits_and_never_repeats_what_went_out(place, invited):
    planned(place)
    send_reminders(clock=WIB, limit=1)

    assert planned(place, day=DAY + timedelta(days=2)) == 3

    assert Reminder.objects.filter(outcome=O.SENT).count() == 1
    assert Reminder.objects.filter(outcome="").count() == 3


def test_a_step_that_is_taken_out_of_the_plan_forgets_what_waits(place, invited, hr):
    planned(place)

    set_reminder_plan(place=place, timings={}, actor=hr, clock=NOON)

    assert (ReminderPlan.objects.count(), Reminder.objects.count()) == (0, 0)


def test_a_closed_round_takes_no_plan(place, hr):
    close_round(round_id=place.pk, actor=hr, clock=NOON)

    with pytest.raises(Refused, match="round_closed"):
        planned(place)


def test_heads_get_a_number_and_no_name_and_only_where_somebody_is_missing(city, place, hr):
    named = (
        (city.board, "badan@contoh.id"),
        (city.ward, "kelurahan@contoh.id"),
        (city.section, ""),
    )
    for unit, email in named:
        name_unit_head(
            unit=unit, name="Kepala contoh", phone="0354 1", email=email, actor=hr, clock=NOON
        )
    factories.signed(place, city.people[3])
    assert planned(place, Step.HEAD) == 2

    assert send_head_reminders(clock=WIB) == 2

    rows = dict(Reminder.objects.values_list("unit__name", "outcome"))
    assert rows == {"Badan Contoh": O.SENT, "Kelurahan Contoh": O.SIGNED}
    message = Outbox.objects.get(kind="pledge_unit_reminder")
    assert (message.address, message.context["count"]) == ("badan@contoh.id", "3")
    assert message.context["agency"] == "Badan Contoh"


def test_the_regional_secretary_gets_the_number_of_the_whole_agency(city, place, hr):
    Unit.objects.filter(pk=city.board.pk).update(kind=UnitKind.SECRETARIAT)
    name_unit_head(
        unit=city.board, name="Sekda", phone="", email="sekda@contoh.id", actor=hr, clock=NOON
    )
    planned(place, Step.SECRETARY)

    send_head_reminders(clock=WIB)

    message = Outbox.objects.get(kind="pledge_unit_reminder")
    assert (message.context["agency"], message.context["count"]) == (city.agency.name, "4")


def renamed(city, on):
    """Give the board another name from a day on; its former head stays named."""
    decree = Decree(name="Keputusan contoh", effective_on=on)
    rename_unit(unit_id=city.board.pk, name="Badan Baru", decree=decree, actor=SYSTEM, clock=NOON)
    return Unit.objects.get(name="Badan Baru")


def test_the_head_of_a_unit_that_ended_is_not_planned_but_that_of_the_one_after_it(city, place, hr):
    former = {"unit": city.board, "email": "lama@contoh.id"}
    present = {"unit": renamed(city, DAY), "email": "baru@contoh.id"}
    for named in (former, present):
        name_unit_head(name="Kepala", phone="", actor=hr, clock=NOON, **named)

    assert planned(place, Step.HEAD, day=DAY - timedelta(days=1)) == 1
    assert Reminder.objects.get().unit == city.board
    assert planned(place, Step.HEAD) == 1
    assert Reminder.objects.get().unit == present["unit"]


def test_the_head_of_a_unit_that_ended_since_the_plan_gets_nothing(city, place, hr):
    name_unit_head(
        unit=city.board, name="Kepala", phone="", email="lama@contoh.id", actor=hr, clock=NOON
    )
    planned(place, Step.HEAD)
    renamed(city, DAY)

    send_head_reminders(clock=WIB)

    assert (sent("pledge_unit_reminder"), outcomes(place)) == (0, [O.NOT_ASKED])


def test_heads_are_left_in_peace_at_night_too(city, place, hr):
    name_unit_head(
        unit=city.board, name="Kepala", phone="", email="badan@contoh.id", actor=hr, clock=NOON
    )
    planned(place, Step.HEAD)

    send_head_reminders(clock=NIGHT)

    assert (sent("pledge_unit_reminder"), outcomes(place)) == (0, [""])


# --- the page ---------------------------------------------------------------------------------------


@pytest.fixture
def officer(city, client, settings, time_machine):
    """An HR officer who is logged in; tasks run at once."""
    settings.SECOND_FACTOR_REQUIRED = False
    time_machine.move_to("2026-11-20T05:00:00Z", tick=False)
    client.force_login(factories.user("Petugas", "hr_pledges", agency=city.agency))
    conf = current_app.conf
    before, conf.task_always_eager = conf.task_always_eager, True
    yield client
    conf.task_always_eager = before


def test_an_officer_sets_the_plan_and_reads_what_became_of_it(city, place, invited, officer):
    url = reverse("pledges_hr:reminders", args=[place.public_id])
    steps = {"FIRST": "2026-11-23", "SECOND": "2026-11-30", "HEAD": "", "SECRETARY": ""}

    assert officer.post(url, {"pukul": "9", **steps}).status_code == 302
    send_reminders(clock=WIB)

    page = officer.get(url).content.decode()
    assert ("Pengingat pertama" in page, "Pengingat kedua" in page) == (True, True)
    assert Reminder.objects.filter(outcome="").count() == 4
    person = reverse("pledges_hr:person", args=[invited[0].public_id])
    shown = officer.get(person).content.decode()
    assert ("Terkirim" in shown, "30 Nov 2026, 09.00 WIB: direncanakan" in shown) == (True, True)


def test_days_in_the_past_after_the_end_or_out_of_order_are_refused(place, officer):
    url = reverse("pledges_hr:reminders", args=[place.public_id])
    empty = {"pukul": "9", "FIRST": "", "SECOND": "", "HEAD": "", "SECRETARY": ""}

    past = officer.post(url, {**empty, "FIRST": "2026-11-19"})
    late = officer.post(url, {**empty, "FIRST": "2027-02-01"})
    crossed = officer.post(url, {**empty, "FIRST": "2026-11-25", "SECOND": "2026-11-24"})
    night = officer.post(url, {**empty, "pukul": "22"})

    assert [each.status_code for each in (past, late, crossed, night)] == [422] * 4
    assert ReminderPlan.objects.count() == 0
