"""Legal clocks: how they start, stop, are explained, and move by a supervisor's decision."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from neutrality.audit.record import OutsideTransaction, SubjectRef
from neutrality.casework import clocks
from neutrality.casework.models import ClockMove, ClockState, LegalClock
from neutrality.casework.refusals import RefusalCode, Refused
from neutrality.law.codes import DayReason, PeriodCode
from tests.casework.conftest import NOON, at, clerk, filed, press
from tests.casework.test_corrections import ask, confirm as confirm_request
from tests.casework.testapp.flow import (
    CALENDAR,
    KEDIRI,
    RULES,
    Action,
    closed,
)

# One working day from Monday: until the end of Tuesday in Jakarta.
TUESDAY_NIGHT = datetime(2024, 3, 5, 16, 59, 59, 999999, tzinfo=UTC)
WEDNESDAY_NIGHT = TUESDAY_NIGHT + timedelta(days=1)


def service_clock():
    return LegalClock.objects.get(code=PeriodCode.SERVICE)


def test_a_clock_keeps_rule_zone_and_start(errand):
    clock = service_clock()
    assert (clock.state, clock.started_at, clock.due_at) == ("open", NOON, TUESDAY_NIGHT)
    assert clocks.rule_of(clock) == RULES[0]
    assert (clock.time_zone, clock.organisation_path) == ("Asia/Jakarta", KEDIRI.path)


def test_a_clock_is_explained_day_by_day_from_what_it_kept(errand, calendar):
    calendar(closed(date(2024, 3, 5)))
    assert [(day.date.day, day.number, day.reason) for day in clocks.explain(service_clock())] == [
        (4, None, DayReason.START_DAY),
        (5, 1, DayReason.COUNTED),
    ]


def test_a_holiday_is_in_the_kept_calendar(db, calendar):
    calendar(closed(date(2024, 3, 5)))
    filed()
    calendar(CALENDAR)
    assert [day.reason for day in clocks.explain(service_clock())] == [
        DayReason.START_DAY,
        DayReason.NATIONAL_HOLIDAY,
        DayReason.COUNTED,
    ]


@pytest.mark.parametrize(
    ("taken", "state"),
    [
        (TUESDAY_NIGHT, ClockState.MET),
        (TUESDAY_NIGHT + timedelta(microseconds=1), ClockState.LATE),
    ],
    ids=["at the last moment", "a moment later"],
)
def test_a_late_act_is_allowed_and_flagged(errand, handler, taken, state):
    step = press(errand, Action.TAKE, handler, at(days=3), occurred_at=taken)
    clock = service_clock()
    assert (clock.state, clock.stopped_at, clock.stopped_by_id) == (state, taken, step.pk)


def test_a_clock_that_runs_goes_on_from_its_first_start(errand):
    with transaction.atomic():
        clocks.start_clock(
            rule=RULES[0],
            subject=SubjectRef("errand", errand.pk),
            organisation=KEDIRI,
            calendar=CALENDAR,
            started_at=at(days=1).now,
        )
    assert service_clock().started_at == NOON


def test_clocks_follow_the_errand_to_another_office_and_back(errand, supervisor):
    other = clerk("Pengawas kedua", "supervisor", path="RI/35")
    press(errand, Action.REROUTE, supervisor, data={"office_path": "RI/35/35.06"})
    clock = service_clock()
    assert (clock.organisation_path, clock.started_at, clock.due_at) == (
        "RI/35/35.06",
        NOON,
        TUESDAY_NIGHT,
    )
    confirm_request(ask(errand, supervisor), other)
    assert service_clock().organisation_path == KEDIRI.path


def test_a_voided_clock_never_counted(errand):
    with transaction.atomic():
        voided = clocks.void_clocks(
            subject=SubjectRef("errand", errand.pk),
            codes=[PeriodCode.SERVICE],
            reason="Kantor tutup.",
            clock=at(hours=1),
        )
    clock = service_clock()
    assert (voided, clock.state, clock.void_reason) == (1, "voided", "Kantor tutup.")


def test_the_database_refuses_a_clock_met_after_its_end(errand):
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalClock.objects.update(
            state=ClockState.MET, stopped_at=TUESDAY_NIGHT + timedelta(days=1)
        )


@pytest.mark.django_db(transaction=True)
def test_a_clock_is_not_stopped_outside_a_transaction():
    with pytest.raises(OutsideTransaction):
        clocks.stop_clocks(
            subject=SubjectRef("errand", 1), codes=[PeriodCode.SERVICE], stopped_at=NOON
        )


@pytest.mark.parametrize(
    ("paths", "found"),
    [(None, 1), (["RI/35"], 1), (["RI/35/35.71"], 1), (["RI/35/35.7"], 0), ([], 0)],
    ids=["all", "subtree", "own", "half a segment", "nowhere"],
)
def test_the_queue_of_what_is_due_follows_the_offices(errand, paths, found):
    soon = clocks.due_before(instant=WEDNESDAY_NIGHT, paths=paths)
    assert len(soon) == found


def test_what_is_due_later_is_not_in_the_queue(errand):
    assert list(clocks.due_before(instant=TUESDAY_NIGHT)) == []


def test_a_decree_proposes_to_move_open_clocks_and_moves_none(errand, calendar):
    calendar(closed(date(2024, 3, 5)))
    (proposal,) = clocks.move_proposals(clocks=LegalClock.objects.all())
    assert (proposal.due_before, proposal.due_after) == (TUESDAY_NIGHT, WEDNESDAY_NIGHT)
    assert service_clock().due_at == TUESDAY_NIGHT


def test_an_unchanged_calendar_proposes_nothing(errand):
    assert clocks.move_proposals(clocks=LegalClock.objects.all()) == ()


def confirm(actor, due_after=WEDNESDAY_NIGHT):
    return clocks.confirm_move(
        clock_id=service_clock().pk,
        expected_due_after=due_after,
        basis="SKB contoh",
        actor=actor,
        clock=at(hours=5),
    )


def test_a_supervisor_moves_a_clock_and_both_ends_stay(errand, calendar, supervisor):
    calendar(closed(date(2024, 3, 5)))
    confirm(supervisor)
    assert service_clock().due_at == WEDNESDAY_NIGHT
    assert ClockMove.objects.values_list("due_before", "due_after", "moved_by").get() == (
        TUESDAY_NIGHT,
        WEDNESDAY_NIGHT,
        supervisor.user_id,
    )
    assert clocks.explain(service_clock())[1].reason == DayReason.NATIONAL_HOLIDAY


def refusal_of(actor, due_after=WEDNESDAY_NIGHT):
    with pytest.raises(Refused) as refused:
        confirm(actor, due_after)
    return refused.value.refusal.code


def test_only_a_supervisor_moves_a_clock(errand, calendar, handler):
    calendar(closed(date(2024, 3, 5)))
    assert refusal_of(handler) == RefusalCode.NOT_YOURS
    elsewhere = clerk("Sebelah", "supervisor", path="RI/32")
    assert refusal_of(elsewhere) == RefusalCode.NOT_YOURS


def test_a_move_that_the_calendar_no_longer_gives_is_stale(errand, supervisor):
    assert refusal_of(supervisor) == RefusalCode.STALE


def test_an_ended_clock_does_not_move(errand, handler, supervisor):
    press(errand, Action.TAKE, handler)
    assert refusal_of(supervisor) == RefusalCode.CLOCK_IS_CLOSED
