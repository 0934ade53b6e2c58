"""The feasible plan of a case: until when each step can wait, drawn day by day, and in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _, gettext_lazy

from complaints.models import Matter
from complaints.selectors.case_situation import case_situation
from complaints.selectors.file_facts import people_of
from complaints.selectors.file_parts import open_clocks
from complaints.selectors.meeting import Badge
from complaints.workflow.case import CASE
from neutrality.casework import calendars
from neutrality.casework.models import LegalClock
from neutrality.law.calendar import NeverOpen, WorkCalendar
from neutrality.law.citations import cited
from neutrality.law.clock import Clock
from neutrality.law.codes import PeriodCode
from neutrality.law.feasible import (
    FeasiblePlan,
    Hearing,
    PlanRules,
    PlanStep,
    Verdict,
    Window,
    feasible_plan,
)
from neutrality.law.labels import label
from neutrality.law.periods import Endless, due
from neutrality.ui.dates import say_instant, say_short_day, say_short_instant

HANDLING: Final = frozenset({PeriodCode.HANDLING, PeriodCode.HANDLING_EXTENDED})
STEPS: Final = {
    PlanStep.FIRST_INVITATION: gettext_lazy("Undangan pertama diterima"),
    PlanStep.FIRST_SESSION: gettext_lazy("Klarifikasi"),
    PlanStep.SECOND_INVITATION: gettext_lazy("Undangan kedua diterima"),
    PlanStep.SECOND_SESSION: gettext_lazy("Klarifikasi setelah undangan kedua"),
    PlanStep.PLENARY: gettext_lazy("Kajian disetujui dan pleno memutus"),
}
BADGES: Final = {
    Verdict.FITS: (gettext_lazy("Rencana masih muat"), "success", "check"),
    Verdict.WITHOUT_SECOND: (gettext_lazy("Undangan kedua tidak muat"), "warning", "warning"),
    Verdict.AFTER_EXTENSION: (gettext_lazy("Perlu perpanjangan"), "warning", "warning"),
    Verdict.NOT_AT_ALL: (gettext_lazy("Rencana tidak muat lagi"), "danger", "warning"),
}


@dataclass(frozen=True, slots=True)
class PlanLine:
    """The plan in one badge and one sentence."""

    badge: Badge
    words: str
    fits: bool


@dataclass(frozen=True, slots=True)
class DayTick:
    """One day of the drawing, in percent of its width; closed ones are hatched."""

    x: str
    width: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A step with its first and last moment, and its place in the drawing."""

    title: str
    earliest: str
    latest: str
    fits: bool
    is_conditional: bool
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The plan drawn, with the periods that it is counted in."""

    line: PlanLine
    rows: tuple[PlanRow, ...]
    days: tuple[DayTick, ...]
    first_day: str
    last_day: str
    now_x: str
    end_x: str
    ends: str
    extended_ends: str
    notice: str


def plan_line(
    *,
    matter: Matter,
    clocks: Iterable[LegalClock],
    hearings: Iterable[Hearing],
    clock: Clock,
) -> PlanLine | None:
    """Say on the first page whether the rest still fits; no query.

    The calendar that the clock kept is enough for the running period; whether an extension would
    help is said where the plan is drawn.
    """
    row = handling_clock(clocks)
    if row is None or clock.now > row.due_at:
        return None
    plan = _plan(matter, row, hearings, clock, calendars.restore(row.calendar))
    return _line(plan, matter.office.tz, clock.now, may_extend=_may_extend(row)) if plan else None


def plan_page(*, matter: Matter, clock: Clock) -> PlanPage | None:
    """Return the plan drawn, in four queries; None when no period of handling runs."""
    row = handling_clock(open_clocks(refs=[matter.ref()]))
    if row is None:
        return None
    people = people_of(matter)
    hearings = case_situation(matter=matter, people=people).hearings
    calendar = CASE.adapter.calendar(matter)
    extended = _extended(matter, row, clock, calendar)
    if clock.now > (extended or row.due_at):
        return _passed(row, matter, clock)
    plan = _plan(matter, row, hearings, clock, calendar, extended)
    return _page(plan, row, matter, clock, calendar) if plan else None


def handling_clock(clocks: Iterable[LegalClock]) -> LegalClock | None:
    """Return the clock of the handling among open clocks, or None."""
    return next((row for row in clocks if row.code in HANDLING), None)


def _may_extend(row: LegalClock) -> bool:
    return row.code == PeriodCode.HANDLING


def _extended(
    matter: Matter, row: LegalClock, clock: Clock, calendar: WorkCalendar
) -> datetime | None:
    if not _may_extend(row):
        return None
    rule = CASE.adapter.rulebook(matter, clock).period(PeriodCode.HANDLING_EXTENDED)
    return due(rule, row.started_at, calendar).due_at


def _plan(
    matter: Matter,
    row: LegalClock,
    hearings: Iterable[Hearing],
    clock: Clock,
    calendar: WorkCalendar,
    extended: datetime | None = None,
) -> FeasiblePlan | None:
    """Return the plan; None for an office whose calendar has no hours of service at all."""
    notice = CASE.adapter.rulebook(matter, clock).period(PeriodCode.INVITATION_NOTICE)
    try:
        return feasible_plan(
            hearings=hearings,
            rules=PlanRules(notice, calendar),
            now=clock.now,
            ends_at=row.due_at,
            extended_ends_at=extended,
        )
    except (NeverOpen, Endless):
        return None


def _line(plan: FeasiblePlan, tz: ZoneInfo, now: datetime, *, may_extend: bool) -> PlanLine:
    words, tone, icon = BADGES[plan.verdict]
    return PlanLine(
        badge=Badge(str(words), tone, icon),
        words=_words(plan, tz, now, may_extend=may_extend),
        fits=plan.verdict == Verdict.FITS,
    )


def _words(plan: FeasiblePlan, tz: ZoneInfo, now: datetime, *, may_extend: bool) -> str:
    if plan.verdict == Verdict.FITS:
        first = plan.windows[0]
        return _("%(step)s paling lambat %(latest)s.") % {
            "step": STEPS[first.step],
            "latest": say_instant(first.latest, tz),
        }
    if plan.verdict == Verdict.WITHOUT_SECOND:
        words = _("Bila terlapor tidak hadir, undangan kedua tidak muat lagi dalam tenggat ini.")
    elif plan.verdict == Verdict.AFTER_EXTENSION and plan.extended_ends_at:
        words = _("Langkah yang tersisa baru muat bila penanganan diperpanjang sampai %(end)s.") % {
            "end": say_instant(plan.extended_ends_at, tz)
        }
    else:
        words = _("Langkah yang tersisa tidak muat lagi dalam jam kantor sampai tenggat ini.")
    return f"{words} {_extension(plan, tz, now)}" if may_extend else words


def _extension(plan: FeasiblePlan, tz: ZoneInfo, now: datetime) -> str:
    """Say until when an extension can be decided, also when no hour of service is left for it."""
    if now <= plan.extend_by:
        return _("Perpanjangan diputuskan pleno paling lambat %(by)s.") % {
            "by": say_instant(plan.extend_by, tz)
        }
    words = _("Jam kantor untuk itu sudah lewat; pleno harus memutus perpanjangan sebelum %(end)s.")
    return words % {"end": say_instant(plan.ends_at, tz)}


def _page(
    plan: FeasiblePlan, row: LegalClock, matter: Matter, clock: Clock, calendar: WorkCalendar
) -> PlanPage:
    tz = matter.office.tz
    scale = _Scale(
        first=min(row.started_at, clock.now).astimezone(tz).date(),
        last=_last_day(plan, clock).astimezone(tz).date(),
        calendar=calendar,
    )
    extended = plan.extended_ends_at
    return PlanPage(
        line=_line(plan, tz, clock.now, may_extend=_may_extend(row)),
        rows=tuple(_row(each, tz, scale) for each in plan.windows),
        days=tuple(scale.days()),
        first_day=say_short_day(scale.first),
        last_day=say_short_day(scale.last),
        now_x=scale.x(clock.now),
        end_x=scale.x(plan.ends_at),
        ends=say_instant(plan.ends_at, tz),
        extended_ends=say_instant(extended, tz) if extended else "",
        notice=_notice(matter, clock),
    )


def _passed(row: LegalClock, matter: Matter, clock: Clock) -> PlanPage:
    """Return the page of a case whose every period is over: nothing is left to be drawn."""
    verdict, tone, icon = BADGES[Verdict.NOT_AT_ALL]
    words = _("Tenggat penanganan sudah lewat, juga bila diperpanjang.")
    return PlanPage(
        line=PlanLine(Badge(str(verdict), tone, icon), words, fits=False),
        rows=(),
        days=(),
        first_day="",
        last_day="",
        now_x="",
        end_x="",
        ends=say_instant(row.due_at, matter.office.tz),
        extended_ends="",
        notice=_notice(matter, clock),
    )


def _notice(matter: Matter, clock: Clock) -> str:
    rule = CASE.adapter.rulebook(matter, clock).period(PeriodCode.INVITATION_NOTICE)
    words = {"amount": rule.amount, "unit": label(rule.unit), "basis": cited(rule.legal_basis)}
    return _("%(amount)d %(unit)s sejak undangan diterima (%(basis)s)") % words


def _last_day(plan: FeasiblePlan, clock: Clock) -> datetime:
    return max(plan.extended_ends_at or plan.ends_at, plan.ends_at, clock.now)


def _row(window: Window, tz: ZoneInfo, scale: "_Scale") -> PlanRow:
    return PlanRow(
        title=str(STEPS[window.step]),
        earliest=say_short_instant(window.earliest, tz),
        latest=say_short_instant(window.latest, tz),
        fits=window.fits,
        is_conditional=window.is_conditional,
        x=scale.x(window.earliest if window.fits else window.latest),
        width=scale.width(window.earliest, window.latest) if window.fits else "",
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """Whole local days as the width of a drawing."""

    first: date
    last: date
    calendar: WorkCalendar

    def x(self, instant: datetime) -> str:
        """Return where an instant lies, in percent."""
        return _percent(self._share(instant))

    def width(self, start: datetime, end: datetime) -> str:
        """Return how long it is from start to end; a moment is still seen."""
        return _percent(max(self._share(end) - self._share(start), 0.01))

    def days(self) -> Iterator[DayTick]:
        """Yield the days with their places."""
        count = (self.last - self.first).days + 1
        for number in range(count):
            day = self.first + timedelta(days=number)
            is_open = self.calendar.hours_on(day) is not None
            yield DayTick(_percent(number / count), _percent(1 / count), is_open)

    def _share(self, instant: datetime) -> float:
        start = self.calendar.at(self.first, time.min)
        end = self.calendar.at(self.last + timedelta(days=1), time.min)
        return min(max((instant - start) / (end - start), 0.0), 1.0)


def _percent(share: float) -> str:
    return f"{share * 100:.2f}"
