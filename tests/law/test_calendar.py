"""Which days are working days, when offices are open, and what a decree changed."""

from datetime import date, time

import pytest

from neutrality.law.books import calendar_for, forget, round_the_clock_stages
from neutrality.law.calendar import ALL_DAY, DateRange, OpenHours
from neutrality.law.codes import CalendarKind, CalendarStatus, DayReason, Regime, StageKind
from neutrality.law.models import CalendarDay, OfficeHours
from tests.law.tables import ZONES, instant, span, table

pytestmark = pytest.mark.django_db

JAKARTA = ZONES["WIB"]


def national():
    return calendar_for(area_codes=(), tz=JAKARTA)


@pytest.mark.parametrize("line", table("opening"), ids=lambda line: line["case"])
def test_the_next_open_instant_is_as_worked_out_by_hand(line):
    tz = ZONES[line["zone"]]
    calendar = calendar_for(area_codes=(), tz=tz, all_day=span(line["all_day"]))
    assert calendar.next_open(instant(line["at"], tz)) == instant(line["next_open"], tz)


def test_hours_differ_on_friday_and_end_at_the_weekend():
    days = [date(2024, 1, 11), date(2024, 1, 12), date(2024, 1, 13)]
    assert [national().hours_on(day) for day in days] == [
        OpenHours(time(8), time(16)),
        OpenHours(time(8), time(16, 30)),
        None,
    ]


def test_a_range_around_the_clock_opens_closed_days_without_making_them_working_days():
    poll = date(2024, 2, 14)
    calendar = calendar_for(area_codes=(), tz=JAKARTA, all_day=[DateRange(poll, poll)])
    assert calendar.hours_on(poll) == ALL_DAY
    assert not calendar.is_working_day(poll)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2024, 11, 27), DayReason.NATIONAL_HOLIDAY),
        (date(2024, 12, 26), DayReason.COLLECTIVE_LEAVE),
        (date(2024, 1, 13), DayReason.WEEKEND),
    ],
)
def test_a_closed_day_says_why(day, reason):
    assert national().why_not_working(day) is reason


def test_a_working_day_has_no_reason_to_be_closed():
    with pytest.raises(ValueError, match="is a working day"):
        national().why_not_working(date(2024, 1, 12))


def test_the_leave_of_2023_was_moved_and_the_old_calendar_can_still_be_asked():
    before = calendar_for(area_codes=(), tz=JAKARTA, known_on=date(2023, 3, 1))
    eid = [date(2023, 4, day) for day in (19, 20, 26)]
    assert [before.is_working_day(day) for day in eid] == [True, True, False]
    assert [national().is_working_day(day) for day in eid] == [False, False, True]


def test_days_of_a_library_are_closed_and_marked_as_proposed():
    proposed = national().closed_days[date(2026, 12, 25)]
    decreed = national().closed_days[date(2024, 12, 25)]
    assert (proposed.is_proposed, decreed.is_proposed) == (True, False)
    assert decreed.decree == "SKB Libur 2024"


def test_a_local_holiday_closes_only_its_area():
    day = date(2024, 7, 25)
    CalendarDay.objects.create(
        day=day,
        area_code="35.71",
        kind=CalendarKind.LOCAL_HOLIDAY,
        name="Hari jadi contoh",
        status=CalendarStatus.DECREED,
        announced_on=date(2024, 1, 1),
        legal_basis="SK contoh",
    )
    here = calendar_for(area_codes=("35", "35.71"), tz=JAKARTA)
    there = calendar_for(area_codes=("35", "35.72"), tz=JAKARTA)
    assert (here.is_working_day(day), there.is_working_day(day)) == (False, True)
    assert here.why_not_working(day) is DayReason.LOCAL_HOLIDAY


def test_an_area_may_have_its_own_week_from_a_day_on():
    for weekday in (0, 5):
        OfficeHours.objects.create(
            area_code="61.71",
            weekday=weekday,
            opens=time(7),
            closes=time(12),
            is_working_day=weekday == 0,
            legal_basis="SK contoh",
            valid_from=date(2024, 6, 1),
            valid_until=date(2024, 7, 1),
        )
    calendar = calendar_for(area_codes=("61", "61.71"), tz=JAKARTA)
    monday, saturday, tuesday = date(2024, 6, 3), date(2024, 6, 8), date(2024, 6, 4)
    short = OpenHours(time(7), time(12))
    assert [calendar.hours_on(day) for day in (monday, saturday, tuesday)] == [short, short, None]
    assert [calendar.is_working_day(day) for day in (monday, saturday)] == [True, False]
    assert calendar.hours_on(date(2024, 5, 27)) == OpenHours(time(8), time(16))
    assert calendar.hours_on(date(2024, 7, 1)) == OpenHours(time(8), time(16))


def test_before_the_first_hours_every_day_is_closed():
    assert national().hours_on(date(2016, 12, 30)) is None
    assert not national().is_working_day(date(2016, 12, 30))


def test_a_calendar_is_read_once(django_assert_num_queries):
    national()
    with django_assert_num_queries(0):
        national()
        calendar_for(area_codes=("35",), tz=JAKARTA)


def test_a_forgotten_calendar_is_read_again_in_one_query_per_table(django_assert_num_queries):
    forget()
    with django_assert_num_queries(21):
        national()


@pytest.mark.parametrize(
    ("regime", "day", "stages"),
    [
        (Regime.PEMILU, date(2024, 2, 12), {StageKind.QUIET, StageKind.VOTING}),
        (Regime.PILKADA, date(2024, 9, 1), {StageKind.QUIET, StageKind.VOTING}),
        (
            Regime.PILKADA,
            date(2024, 11, 25),
            {StageKind.QUIET, StageKind.VOTING, StageKind.RECAPITULATION},
        ),
    ],
)
def test_the_counter_is_open_around_the_clock_in_some_stages(regime, day, stages):
    assert round_the_clock_stages(regime=regime, day=day) == stages
