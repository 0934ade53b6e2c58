"""Whether what is left to do still fits into the period of a case, and until when each step can wait.

The law gives a period for the whole handling and a notice before each session; nothing between
them has a period of its own. Counted back from the end they leave every step a last moment, and
counted on from now a first one. A step fits while its first moment is not after its last. Only
hours of service count: what would need a closed day does not fit, even where the period itself
ends on one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from neutrality.law.calendar import NeverOpen, WorkCalendar
from neutrality.law.periods import Endless, PeriodRule, due

_DAY: Final = timedelta(days=1)
_TICK: Final = datetime.resolution
_FARTHEST: Final = 60


class PlanStep(StrEnum):
    """What is left to do before a period ends, in the order of the law."""

    FIRST_INVITATION = "FIRST_INVITATION"
    FIRST_SESSION = "FIRST_SESSION"
    SECOND_INVITATION = "SECOND_INVITATION"
    SECOND_SESSION = "SECOND_SESSION"
    PLENARY = "PLENARY"


class Turn(StrEnum):
    """How far the hearing of one respondent has come."""

    NOT_INVITED = "NOT_INVITED"
    INVITED_ONCE = "INVITED_ONCE"
    ABSENT_ONCE = "ABSENT_ONCE"
    INVITED_TWICE = "INVITED_TWICE"
    DONE = "DONE"


class Verdict(StrEnum):
    """Whether what is left fits.

    WITHOUT_SECOND: The respondent is heard in time only if the first invitation is obeyed.
    AFTER_EXTENSION: It fits only when the period is extended.
    NOT_AT_ALL: No period that the law knows is long enough.
    """

    FITS = "FITS"
    WITHOUT_SECOND = "WITHOUT_SECOND"
    AFTER_EXTENSION = "AFTER_EXTENSION"
    NOT_AT_ALL = "NOT_AT_ALL"


@dataclass(frozen=True, slots=True)
class Hearing:
    """One respondent: how far the hearing is, and on which local day the planned session lies."""

    turn: Turn
    session_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlanRules:
    """What the plan is counted with: the notice before a session, and the office's calendar."""

    notice: PeriodRule
    calendar: WorkCalendar


@dataclass(frozen=True, slots=True)
class Window:
    """From when until when a step can be taken.

    Attributes:
        step: What is to be done.
        earliest: The first moment of service (UTC) at which it can be done from now on.
        latest: The last moment of service (UTC) that leaves room for the rest.
        is_conditional: Needed only if the respondent does not come to the first session.
    """

    step: PlanStep
    earliest: datetime
    latest: datetime
    is_conditional: bool = False

    @property
    def fits(self) -> bool:
        """Say whether there is still a moment for it."""
        return self.earliest <= self.latest


@dataclass(frozen=True, slots=True)
class FeasiblePlan:
    """The windows of what is left, for the respondent who is farthest behind.

    Attributes:
        windows: The steps in order, in the period that the verdict speaks of.
        verdict: Whether they fit.
        ends_at: When the running period ends (UTC).
        extend_by: The last moment of service in it: until then it can be extended.
        extended_ends_at: When it would end if extended, None when it cannot be.
    """

    windows: tuple[Window, ...]
    verdict: Verdict
    ends_at: datetime
    extend_by: datetime
    extended_ends_at: datetime | None


_ORDER: Final = tuple(PlanStep)
_LEFT: Final = {
    Turn.NOT_INVITED: _ORDER,
    Turn.INVITED_ONCE: _ORDER[1:],
    Turn.ABSENT_ONCE: _ORDER[2:],
    Turn.INVITED_TWICE: _ORDER[3:],
    Turn.DONE: _ORDER[4:],
}
_SECOND: Final = frozenset({PlanStep.SECOND_INVITATION, PlanStep.SECOND_SESSION})
_INVITATIONS: Final = frozenset({PlanStep.FIRST_INVITATION, PlanStep.SECOND_INVITATION})


def feasible_plan(
    *,
    hearings: Iterable[Hearing],
    rules: PlanRules,
    now: datetime,
    ends_at: datetime,
    extended_ends_at: datetime | None = None,
) -> FeasiblePlan:
    """Return from when until when each step that is left can be taken.

    `extended_ends_at` is when the period would end if it were extended; None when it was
    extended already.

    Raises:
        NeverOpen: When the calendar has no hour of service from now on.
        Endless: When the calendar has no working day for a notice.
    """
    behind = _farthest_behind(tuple(hearings), rules, now)
    ends = [ends_at, *([extended_ends_at] if extended_ends_at else [])]
    tried = [_windows(behind, rules, now, end) for end in ends]
    verdict, windows = _verdict(tried)
    return FeasiblePlan(
        windows=windows,
        verdict=verdict,
        ends_at=ends_at,
        extend_by=last_open(rules.calendar, ends_at),
        extended_ends_at=extended_ends_at,
    )


def last_open(calendar: WorkCalendar, instant: datetime) -> datetime:
    """Return the last moment of service (UTC) at or before `instant`.

    Raises:
        NeverOpen: When there is none within 60 days.
    """
    day = calendar.local_day(instant)
    for _ in range(_FARTHEST):
        hours = calendar.hours_on(day)
        if hours is not None and calendar.at(day, hours.opens) <= instant:
            return min(calendar.at(day, hours.closes), instant)
        day -= _DAY
    raise NeverOpen(f"No hour of service within {_FARTHEST} days before {instant}.")


def _verdict(tried: list[tuple[Window, ...]]) -> tuple[Verdict, tuple[Window, ...]]:
    """Judge the windows of the running period, then those of the extended one."""
    for number, windows in enumerate(tried):
        if all(row.fits for row in windows):
            return (Verdict.AFTER_EXTENSION if number else Verdict.FITS), windows
        if not number and all(row.fits for row in windows if not row.is_conditional):
            return Verdict.WITHOUT_SECOND, windows
    for windows in tried[1:]:
        if all(row.fits for row in windows if not row.is_conditional):
            return Verdict.AFTER_EXTENSION, windows
    return Verdict.NOT_AT_ALL, tried[-1]


def _windows(
    hearing: Hearing, rules: PlanRules, now: datetime, ends_at: datetime
) -> tuple[Window, ...]:
    """Return the windows of one hearing in a period; the second invitation gives way to the first.

    As long as a second invitation would fit, the first steps must leave room for it.
    """
    steps = _LEFT[hearing.turn]
    whole = _chain(steps, hearing, rules, now, ends_at)
    if all(row.fits for row in whole) or PlanStep.FIRST_SESSION not in steps:
        return whole
    short = _chain(
        tuple(step for step in steps if step not in _SECOND), hearing, rules, now, ends_at
    )
    known = {row.step: row for row in short}
    return tuple(known.get(row.step, row) for row in whole)


def _chain(
    steps: tuple[PlanStep, ...],
    hearing: Hearing,
    rules: PlanRules,
    now: datetime,
    ends_at: datetime,
) -> tuple[Window, ...]:
    first = dict(_forward(steps, hearing, rules, now))
    last = dict(_backward(steps, rules, ends_at))
    conditional = _SECOND if PlanStep.FIRST_SESSION in steps else frozenset()
    return tuple(Window(step, first[step], last[step], step in conditional) for step in steps)


def _forward(
    steps: tuple[PlanStep, ...], hearing: Hearing, rules: PlanRules, now: datetime
) -> Iterator[tuple[PlanStep, datetime]]:
    """Walk from now on: the first moment of service for each step after the one before it."""
    calendar = rules.calendar
    at, planned = calendar.next_open(now), hearing.session_on
    for step, before in zip(steps, (None, *steps), strict=False):
        if before in _INVITATIONS:
            at = _after_notice(at, rules)
        elif before is None and planned is not None and step not in _INVITATIONS:
            at = max(at, calendar.next_open(_start_of(planned, calendar)))
        yield step, at


def _backward(
    steps: tuple[PlanStep, ...], rules: PlanRules, ends_at: datetime
) -> Iterator[tuple[PlanStep, datetime]]:
    """Walk back from the end: the last moment of service that leaves room for what follows."""
    at = last_open(rules.calendar, ends_at)
    for step in reversed(steps):
        if step in _INVITATIONS:
            at = _before_notice(at, rules)
        yield step, at


def _after_notice(received_at: datetime, rules: PlanRules) -> datetime:
    """Return the first moment of service on or after the day on which the notice ends."""
    ends = due(rules.notice, received_at, rules.calendar).last_day
    return max(received_at, rules.calendar.next_open(_start_of(ends, rules.calendar)))


def _before_notice(session_at: datetime, rules: PlanRules) -> datetime:
    """Return the last moment of service at which an invitation received is in time for that day."""
    calendar = rules.calendar
    session_on = calendar.local_day(session_at)
    received_at = session_at
    for _ in range(_FARTHEST):
        if due(rules.notice, received_at, calendar).last_day <= session_on:
            return received_at
        received_at = last_open(
            calendar, _start_of(calendar.local_day(received_at), calendar) - _TICK
        )
    raise Endless(f"No day leaves the notice before {session_on}.")


def _start_of(day: date, calendar: WorkCalendar) -> datetime:
    return calendar.at(day, datetime.min.time())


def _farthest_behind(hearings: tuple[Hearing, ...], rules: PlanRules, now: datetime) -> Hearing:
    """Return the hearing that can end last; without any only the plenary is left."""

    def ends(hearing: Hearing) -> datetime:
        steps = _LEFT[hearing.turn]
        return max(at for _step, at in _forward(steps, hearing, rules, now))

    return max(hearings, key=ends, default=Hearing(Turn.DONE))
