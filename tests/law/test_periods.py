"""When periods end, against tables worked out by hand, and what always holds."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from neutrality.law.books import calendar_for, rulebook_at
from neutrality.law.calendar import (
    ClosedDay,
    DateRange,
    NeverOpen,
    OfficeWeek,
    OpenHours,
    WorkCalendar,
)
from neutrality.law.codes import CalendarKind, DayEnd, DayReason, PeriodCode, Regime, Unit
from neutrality.law.periods import (
    DAY_UNITS,
    Endless,
    PeriodRule,
    due,
    filing_window,
    restore,
)
from tests.law.tables import ZONES, instant, span, table

JAKARTA = ZONES["WIB"]


def rule_of(line: dict[str, str]) -> PeriodRule:
    day = date.fromisoformat(line["start"][:10])
    book = rulebook_at(regime=Regime(line["regime"]), day=day)
    return book.period(PeriodCode(line["period"]))


@pytest.mark.django_db
@pytest.mark.parametrize("line", table("periods"), ids=lambda line: line["case"])
def test_a_period_of_the_law_ends_as_worked_out_by_hand(line):
    tz = ZONES[line["zone"]]
    calendar = calendar_for(area_codes=(), tz=tz, all_day=span(line["all_day"]))
    found = due(rule_of(line), instant(line["start"], tz), calendar)
    assert found.due_at == instant(line["due"], tz)
    assert found.last_day == date.fromisoformat(line["due"][:10])


@pytest.mark.django_db
def test_the_table_covers_every_period_of_both_regimes():
    shared = {
        PeriodCode.SERVICE,
        PeriodCode.HAND_OVER,
        PeriodCode.BODY_VERIFICATION,
        PeriodCode.BODY_ASSESSMENT,
        PeriodCode.PPK_FOLLOW_UP,
        PeriodCode.EXECUTION,
        PeriodCode.CORRECTION,
        PeriodCode.DRAFT_LIFE,
        PeriodCode.BACKDATE_TOLERANCE,
        PeriodCode.INFORMATION_REQUEST,
        PeriodCode.DATA_REQUEST,
        PeriodCode.PUBLIC_INFORMATION,
        PeriodCode.OUTSIDE_TASK,
        PeriodCode.VALIDATION,
        PeriodCode.APPEAL,
        PeriodCode.OBJECTION_DECISION,
        PeriodCode.APPEAL_DECISION,
    }
    covered = {(line["regime"], PeriodCode(line["period"])) for line in table("periods")}
    assert {code for _, code in covered} == set(PeriodCode)
    own = set(PeriodCode) - shared - {PeriodCode.RATIFICATION, PeriodCode.DISPATCH}
    assert {("PILKADA", code) for code in own} <= covered
    assert {("PEMILU", code) for code in own} <= covered


@pytest.mark.django_db
@pytest.mark.parametrize("line", table("counting"), ids=lambda line: line["case"])
def test_each_way_of_counting_ends_as_worked_out_by_hand(line):
    rule = PeriodRule(
        code=PeriodCode.HANDLING,
        amount=int(line["amount"]),
        unit=Unit(line["unit"]),
        first_day_counted=line["first_day_counted"] == "yes",
        day_end=DayEnd(line["day_end"]),
        roll_when_closed=line["roll_when_closed"] == "yes",
    )
    calendar = calendar_for(area_codes=(), tz=JAKARTA)
    found = due(rule, instant(line["start"], JAKARTA), calendar)
    assert found.due_at == instant(line["due"], JAKARTA)


@pytest.mark.django_db
@pytest.mark.parametrize("case", sorted({line["case"] for line in table("explanations")}))
def test_an_end_is_explained_day_by_day(case):
    lines = [line for line in table("explanations") if line["case"] == case]
    calendar = calendar_for(area_codes=(), tz=JAKARTA)
    found = due(rule_of(lines[0]), instant(lines[0]["start"], JAKARTA), calendar)
    assert [(day.date.isoformat(), day.number, day.counted, day.reason) for day in found.days] == [
        (
            line["date"],
            int(line["number"]) if line["number"] else None,
            bool(line["number"]),
            DayReason(line["reason"]),
        )
        for line in lines
    ]


@pytest.mark.django_db
def test_a_roll_is_explained_too():
    rule = PeriodRule(
        code=PeriodCode.HANDLING, amount=2, unit=Unit.CALENDAR_DAY, roll_when_closed=True
    )
    calendar = calendar_for(area_codes=(), tz=JAKARTA)
    found = due(rule, instant("2024-12-23 09:00", JAKARTA), calendar)
    assert [(day.date.day, day.number, day.reason) for day in found.days] == [
        (23, None, DayReason.START_DAY),
        (24, 1, DayReason.COUNTED),
        (25, 2, DayReason.COUNTED),
        (26, None, DayReason.ROLLED),
        (27, None, DayReason.ENDS_HERE),
    ]


@pytest.mark.django_db
def test_the_filing_window_runs_from_the_local_day_something_became_known():
    rule = rulebook_at(regime=Regime.PILKADA, day=date(2024, 10, 13)).period(
        PeriodCode.FILING_WINDOW
    )
    calendar = calendar_for(area_codes=(), tz=ZONES["WIT"])
    found = filing_window(rule, date(2024, 10, 13), calendar)
    assert found.due_at == instant("2024-10-20 24:00", ZONES["WIT"])
    assert found.is_met_by(instant("2024-10-20 23:59", ZONES["WIT"]))
    assert not found.is_met_by(instant("2024-10-21 00:00", ZONES["WIT"]))


def test_a_rule_survives_being_written_down():
    rule = PeriodRule(code=PeriodCode.APPEAL, amount=14, unit=Unit.WORKING_DAY, row_id=3, note="x")
    unsaved = PeriodRule(code=PeriodCode.APPEAL, amount=14, unit=Unit.WORKING_DAY)
    assert (restore(rule.snapshot()), restore(unsaved.snapshot())) == (rule, unsaved)


def test_a_period_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        PeriodRule(code=PeriodCode.APPEAL, amount=0, unit=Unit.HOUR)


def test_a_calendar_without_working_days_gives_no_end():
    rule = PeriodRule(code=PeriodCode.APPEAL, amount=1, unit=Unit.WORKING_DAY)
    with pytest.raises(Endless, match="APPEAL"):
        due(rule, datetime(2024, 1, 8, tzinfo=UTC), WorkCalendar(tz=JAKARTA))


def test_a_calendar_without_hours_never_opens():
    with pytest.raises(NeverOpen):
        WorkCalendar(tz=JAKARTA).next_open(datetime(2024, 1, 8, tzinfo=UTC))


DAY_HOURS = OpenHours(opens=time(8), closes=time(16))
WEEK = OfficeWeek(hours=dict.fromkeys(range(6), DAY_HOURS), working_weekdays=frozenset(range(5)))
START = date(2024, 1, 1)
# The machine may be busy; what is slow there is not wrong.
patiently = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
days = st.dates(min_value=START, max_value=date(2024, 12, 31))
instants = st.builds(
    lambda day, second: datetime.combine(day, time.min, tzinfo=UTC) + timedelta(seconds=second),
    days,
    st.integers(min_value=0, max_value=86_399),
)
calendars = st.builds(
    lambda tz, closed, quiet: WorkCalendar(
        tz=tz,
        closed_days={day: ClosedDay(CalendarKind.NATIONAL_HOLIDAY, "x") for day in closed},
        weeks=(WEEK,),
        all_day=tuple(DateRange(day, day + timedelta(days=3)) for day in quiet),
    ),
    st.sampled_from(sorted(ZONES.values(), key=lambda tz: tz.key)),
    st.sets(days, max_size=40),
    st.sets(days, max_size=2),
)
rules = st.builds(
    PeriodRule,
    code=st.just(PeriodCode.HANDLING),
    amount=st.integers(min_value=1, max_value=30),
    unit=st.sampled_from(Unit),
    first_day_counted=st.booleans(),
    day_end=st.sampled_from(DayEnd),
    roll_when_closed=st.booleans(),
)


@patiently
@given(rules, instants, calendars)
def test_the_end_of_working_days_is_never_a_closed_day(rule, start, calendar):
    found = due(rule, start, calendar)
    if rule.unit is Unit.WORKING_DAY and not rule.roll_when_closed:
        assert calendar.is_working_day(found.last_day)
    if rule.roll_when_closed:
        assert calendar.hours_on(found.last_day) is not None


@patiently
@given(rules, instants, instants, calendars)
def test_a_later_start_never_ends_earlier(rule, one, other, calendar):
    earlier, later = sorted((one, other))
    assert due(rule, earlier, calendar).due_at <= due(rule, later, calendar).due_at


@patiently
@given(rules, instants, calendars)
def test_no_period_ends_before_it_starts(rule, start, calendar):
    assert start <= due(rule, start, calendar).due_at


@patiently
@given(rules, instants, calendars)
def test_as_many_days_are_counted_as_the_rule_says(rule, start, calendar):
    found = due(rule, start, calendar)
    counted = [day.number for day in found.days if day.counted]
    assert counted == (list(range(1, rule.amount + 1)) if rule.unit in DAY_UNITS else [])


@patiently
@given(rules, instants, calendars)
def test_the_explanation_names_every_day_from_the_start_to_the_end_once(rule, start, calendar):
    found = due(rule, start, calendar)
    first = calendar.local_day(start)
    length = (found.last_day - first).days + 1
    assert [day.date for day in found.days] == [first + timedelta(days=n) for n in range(length)]


@patiently
@given(instants, calendars)
def test_the_next_open_instant_is_open(start, calendar):
    found = calendar.next_open(start)
    local = found.astimezone(calendar.tz)
    hours = calendar.hours_on(local.date())
    assert hours is not None
    assert hours.opens <= local.time() <= hours.closes
    assert calendar.next_open(found) == found >= start
