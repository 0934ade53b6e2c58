"""Whether what is left of a case still fits, against a table worked out by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from neutrality.law.books import calendar_for, rulebook_at
from neutrality.law.calendar import LAST_MOMENT, NeverOpen, WorkCalendar
from neutrality.law.codes import PeriodCode, Regime
from neutrality.law.feasible import (
    Hearing,
    PlanRules,
    Turn,
    Verdict,
    feasible_plan,
    last_open,
)
from neutrality.law.periods import due
from tests.law.tables import ZONES, instant, span, table

pytestmark = pytest.mark.django_db
BETTER_FIRST = (
    Verdict.FITS,
    Verdict.WITHOUT_SECOND,
    Verdict.AFTER_EXTENSION,
    Verdict.NOT_AT_ALL,
)


def short(at: datetime, tz) -> str:
    local = at.astimezone(tz)
    clock = "24:00" if local.time() == LAST_MOMENT else f"{local:%H:%M}"
    return f"{local:%d}/{clock}"


def plan_of(line, now=None, hearings=None):
    tz = ZONES[line["zone"]]
    calendar = calendar_for(area_codes=(), tz=tz, all_day=span(line["all_day"]))
    began = instant(line["registered"], tz)
    book = rulebook_at(regime=Regime(line["regime"]), day=began.date())
    planned = date.fromisoformat(line["session_on"]) if line["session_on"] else None
    extended = due(book.period(PeriodCode.HANDLING_EXTENDED), began, calendar).due_at
    return feasible_plan(
        hearings=hearings or [Hearing(Turn(line["turn"]), planned)],
        rules=PlanRules(book.period(PeriodCode.INVITATION_NOTICE), calendar),
        now=now or instant(line["now"], tz),
        ends_at=due(book.period(PeriodCode.HANDLING), began, calendar).due_at,
        extended_ends_at=extended if line["extendable"] == "yes" else None,
    )


@pytest.mark.parametrize("line", table("feasible"), ids=lambda line: line["case"])
def test_the_plan_is_as_worked_out_by_hand(line):
    tz, plan = ZONES[line["zone"]], plan_of(line)
    drawn = " ".join(
        f"{row.step} {short(row.earliest, tz)}-{short(row.latest, tz)}" for row in plan.windows
    )
    assert (plan.verdict, drawn) == (line["verdict"], line["windows"])


def test_the_respondent_who_is_farthest_behind_decides():
    line = table("feasible")[0]
    plan = plan_of(line, hearings=[Hearing(Turn.DONE), Hearing(Turn.NOT_INVITED)])
    assert plan.windows == plan_of(line).windows
    assert plan_of(line, hearings=[Hearing(Turn.DONE)]).windows[0].step == "PLENARY"


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(0, 6 * 24), st.integers(0, 72), st.sampled_from(table("feasible")))
def test_waiting_never_makes_a_plan_better(hours, more, line):
    began = instant(line["registered"], ZONES[line["zone"]])
    first = began + timedelta(hours=hours)
    before = BETTER_FIRST.index(plan_of(line, now=first).verdict)
    assert BETTER_FIRST.index(plan_of(line, now=first + timedelta(hours=more)).verdict) >= before


def test_a_calendar_that_is_never_open_has_no_last_moment():
    with pytest.raises(NeverOpen):
        last_open(WorkCalendar(tz=ZONES["WIB"]), datetime(2025, 6, 16, tzinfo=UTC))
