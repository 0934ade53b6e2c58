"""The law tables as rulebooks and calendars, read once per process and version."""

import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from types import MappingProxyType
from typing import Final, TypeVar, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from neutrality.law.calendar import ClosedDay, DateRange, OfficeWeek, OpenHours, WorkCalendar
from neutrality.law.codes import (
    CalendarKind,
    CalendarStatus,
    FormRole,
    OutcomeClass,
    PeriodCode,
    PledgeTextCode,
    PlenaryMatter,
    PolicyCode,
    Regime,
    RegisterKind,
    RetentionClass,
    SanctionClass,
    StageKind,
    SubjectKind,
)
from neutrality.law.models import (
    CalendarDay,
    CitizenCategory,
    Coordination,
    DatedRow,
    FingerPose,
    Form,
    Instrument,
    LawRow,
    LawVersion,
    NumberFormat,
    OfficeHours,
    OtherLaw,
    Outage,
    Period,
    PledgeWording,
    PolicyRow,
    Quorum,
    RegimeRow,
    ReportRequirement,
    Retention,
    RouteRow,
    Sanction,
    Situation,
    StageHours,
    Violation,
)
from neutrality.law.requirements import Requirement
from neutrality.law.rulebook import LawMissing, Route, Rulebook, SanctionRule

DEFAULT_CACHE_SECONDS: Final = 10
_MOST_CACHED: Final = 2000
_READ: Final[tuple[type[LawRow], ...]] = (
    CalendarDay,
    CitizenCategory,
    Coordination,
    FingerPose,
    Form,
    Instrument,
    NumberFormat,
    OfficeHours,
    OtherLaw,
    Period,
    PledgeWording,
    PolicyRow,
    Quorum,
    ReportRequirement,
    Retention,
    RouteRow,
    Sanction,
    Situation,
    StageHours,
    Violation,
)
_Key = TypeVar("_Key")
_Book = TypeVar("_Book")
_Row = TypeVar("_Row", bound=LawRow)
_Dated = TypeVar("_Dated", bound=DatedRow)
_Regime = TypeVar("_Regime", bound=RegimeRow)
_Made = TypeVar("_Made")


@dataclass(slots=True)
class _Library:
    """All rows of one version, and what was built of them."""

    version: int
    checked_at: float
    rows: dict[type[LawRow], list[LawRow]]
    rulebooks: dict[tuple[Regime, date], Rulebook] = field(default_factory=dict)
    calendars: dict[object, WorkCalendar] = field(default_factory=dict)
    made: dict[Hashable, object] = field(default_factory=dict)

    def of(self, model: type[_Row]) -> Iterator[_Row]:
        """Return the rows of a table."""
        for row in self.rows[model]:
            if isinstance(row, model):
                yield row

    def dated(self, model: type[_Dated], day: date) -> list[_Dated]:
        """Return the rows in force on `day`."""
        return [row for row in self.of(model) if row.holds_on(day)]

    def regime(self, model: type[_Regime], regime: Regime, day: date) -> list[_Regime]:
        """Return the rows of `regime` in force on `day`, those for both regimes first."""
        rows = [row for row in self.dated(model, day) if row.regime in {"", regime}]
        return sorted(rows, key=lambda row: row.regime)


@dataclass(slots=True)
class _Shelf:
    """Where this process keeps its library."""

    library: _Library | None = None


_shelf = _Shelf()


def rulebook_at(*, regime: Regime, day: date) -> Rulebook:
    """Return the law of `regime` on the local day `day`; no query once it is cached."""
    library = _library()
    key = (regime, day)
    if key not in library.rulebooks:
        _make_room(library.rulebooks)
        library.rulebooks[key] = _rulebook(library, regime, day)
    return library.rulebooks[key]


def calendar_for(
    *,
    area_codes: tuple[str, ...],
    tz: ZoneInfo,
    all_day: Iterable[DateRange] = (),
    known_on: date | None = None,
) -> WorkCalendar:
    """Return the working calendar of an office; no query once it is cached.

    Args:
        area_codes: The office's region and those above it, such as ("35", "35.71"); national rows
            always apply, and the hours of the longest code win.
        tz: The office's zone.
        all_day: Ranges with service around the clock (quiet period, voting).
        known_on: Take the closed days as they were announced on that day; None: as of now.
    """
    library = _library()
    ranges = tuple(all_day)
    key = (area_codes, tz.key, ranges, known_on)
    if key not in library.calendars:
        _make_room(library.calendars)
        library.calendars[key] = WorkCalendar(
            tz=tz,
            closed_days=_closed_days(library, area_codes, known_on),
            weeks=tuple(_weeks(library, area_codes)),
            all_day=ranges,
        )
    return library.calendars[key]


def round_the_clock_stages(*, regime: Regime, day: date) -> frozenset[StageKind]:
    """Return the stages during which the counter is open for twenty-four hours."""
    rules = rulebook_at(regime=regime, day=day).stage_hours.values()
    return frozenset(rule.stage for rule in rules if rule.is_all_day)


def citizen_categories(*, day: date) -> list[CitizenCategory]:
    """Return what a citizen may choose on `day`, in order; `row.label` speaks the language."""
    return sorted(_library().dated(CitizenCategory, day), key=lambda row: row.position)


def all_citizen_categories() -> list[CitizenCategory]:
    """Return every choice that citizens ever had, also those that have ended."""
    return list(_library().of(CitizenCategory))


def finger_poses(*, day: date) -> list[FingerPose]:
    """Return the poses of the hand on `day`, in order."""
    return sorted(_library().dated(FingerPose, day), key=lambda row: row.position)


def situations(*, day: date) -> list[Situation]:
    """Return the everyday questions that have an answer on `day`, in order."""
    return sorted(_library().dated(Situation, day), key=lambda row: row.position)


def pledge_wording(
    *,
    code: PledgeTextCode,
    language: str,
    day: date,
    agency_code: str = "",
    election_codes: Sequence[str] = (),
) -> PledgeWording:
    """Return the wording of the pledge that holds for an agency and its elections.

    The agency's own for one of these elections comes before its own for all, that before one for
    an election anywhere, that before the general one; of two elections the first named decides.

    Raises:
        LawMissing: When there is none in that language on that day.
    """
    elections = ("", *reversed(election_codes))
    found = [
        row
        for row in _library().dated(PledgeWording, day)
        if (row.code, row.language) == (code, language)
        and row.agency_code in {"", agency_code}
        and row.election_code in elections
    ]
    if found:
        return max(
            found, key=lambda row: (row.agency_code != "", elections.index(row.election_code))
        )
    raise LawMissing(what="pledge wording", code=code, regime=Regime.PEMILU, day=day)


def instruments_in(legal_basis: str, *, day: date) -> list[Instrument]:
    """Return the instruments that a legal basis names, in the order it names them.

    Each part, divided by `;` or `jo.`, begins with the code of an instrument.
    """
    known = {row.code: row for row in _library().dated(Instrument, day)}
    parts = [part.strip() for part in legal_basis.replace(" jo. ", ";").split(";")]
    found = (_longest(part, known) for part in parts)
    return [known[code] for code in found if code]


def outages_between(
    *, area_codes: tuple[str, ...], first: datetime, last: datetime
) -> QuerySet[Outage]:
    """Return the outages that touch the time from `first` to `last`; a person decides on them."""
    lasted = Q(ended_at__isnull=True) | Q(ended_at__gte=first)
    here = Q(area_code="") | Q(area_code__in=area_codes)
    return Outage.objects.filter(lasted, here, started_at__lte=last).order_by("started_at")


def kept_with_the_law(*, key: Hashable, make: Callable[[], _Made]) -> _Made:
    """Return what `make` builds of the law; built again only when the law was read again.

    A key belongs to one caller: what is kept under it is what its `make` returns.
    """
    made = _library().made
    if key not in made:
        _make_room(made)
        made[key] = make()
    return cast("_Made", made[key])


def forget() -> None:
    """Drop what this process has read; the next question reads again."""
    _shelf.library = None


def _library() -> _Library:
    """Return the rows, read again when another process changed the law."""
    library = _shelf.library
    now = time.monotonic()
    wait: float = getattr(settings, "LAW_CACHE_SECONDS", DEFAULT_CACHE_SECONDS)
    if library is not None and now - library.checked_at < wait:
        return library
    version = _version()
    if library is None or library.version != version:
        library = _Library(version, now, {model: _all(model) for model in _READ})
        _shelf.library = library
    library.checked_at = now
    return library


def _make_room(cache: dict[_Key, _Book]) -> None:
    """Drop the oldest entry when the cache is full: a day typed by a citizen can be any day."""
    if len(cache) >= _MOST_CACHED:
        del cache[next(iter(cache))]


def _version() -> int:
    number = LawVersion.objects.filter(pk=1).values_list("number", flat=True).first()
    return 0 if number is None else number


def _all(model: type[LawRow]) -> list[LawRow]:
    return list(model._default_manager.order_by("pk"))  # noqa: SLF001


def _rulebook(library: _Library, regime: Regime, day: date) -> Rulebook:
    def rows(model: type[_Regime]) -> list[_Regime]:
        return library.regime(model, regime, day)

    violations = [row.rule() for row in rows(Violation)]
    return Rulebook(
        regime=regime,
        day=day,
        periods={PeriodCode(row.code): row.rule() for row in rows(Period)},
        forms={FormRole(row.role): row.rule() for row in rows(Form)},
        requirement_rows=_requirements(rows(ReportRequirement)),
        violations={(rule.act, rule.stage): rule for rule in violations},
        other_law_rows=tuple(row.rule() for row in rows(OtherLaw)),
        quorums={row.members: row.rule() for row in rows(Quorum)},
        coordination={PlenaryMatter(row.matter): row.rule() for row in rows(Coordination)},
        routes=_routes(rows(RouteRow)),
        sanctions=_sanctions(library.dated(Sanction, day)),
        retentions={RetentionClass(row.retention): row.rule() for row in rows(Retention)},
        numbers={RegisterKind(row.register): row.rule() for row in rows(NumberFormat)},
        policies={PolicyCode(row.code): row.rule() for row in rows(PolicyRow)},
        stage_hours={StageKind(row.stage): row.rule() for row in rows(StageHours)},
    )


def _requirements(rows: list[ReportRequirement]) -> tuple[Requirement, ...]:
    return tuple(row.rule() for row in sorted(rows, key=lambda row: row.position))


def _routes(rows: list[RouteRow]) -> dict[tuple[SubjectKind, OutcomeClass], Route]:
    return {(SubjectKind(row.subject_kind), OutcomeClass(row.outcome)): row.rule() for row in rows}


def _sanctions(rows: list[Sanction]) -> dict[SanctionClass, SanctionRule]:
    return {SanctionClass(row.sanction): row.rule() for row in rows}


def _closed_days(
    library: _Library, area_codes: tuple[str, ...], known_on: date | None
) -> Mapping[date, ClosedDay]:
    rows = [row for row in library.of(CalendarDay) if row.area_code in {"", *area_codes}]
    rows.sort(key=lambda row: len(row.area_code), reverse=True)
    return MappingProxyType({row.day: _closed_day(row) for row in rows if _is_known(row, known_on)})


def _is_known(row: CalendarDay, known_on: date | None) -> bool:
    """Say whether the row was announced and not yet superseded; None asks for what is now."""
    if known_on is None:
        return row.superseded_on is None
    superseded = row.superseded_on is not None and row.superseded_on <= known_on
    return row.announced_on <= known_on and not superseded


def _closed_day(row: CalendarDay) -> ClosedDay:
    return ClosedDay(
        kind=CalendarKind(row.kind),
        name=row.name,
        decree=row.legal_basis,
        is_proposed=row.status == CalendarStatus.PROPOSED,
    )


def _weeks(library: _Library, area_codes: tuple[str, ...]) -> Iterator[OfficeWeek]:
    """Cut the hours at every day on which one of them changes; in between a week is constant."""
    rows = [row for row in library.of(OfficeHours) if row.area_code in {"", *area_codes}]
    cuts = {row.valid_from for row in rows} | {row.valid_until or date.max for row in rows}
    for first, last in pairwise(sorted(cuts)):
        here = _most_local([row for row in rows if row.holds_on(first)])
        if here:
            yield _week(here, first, last)


def _most_local(rows: list[OfficeHours]) -> list[OfficeHours]:
    longest = max((len(row.area_code) for row in rows), default=0)
    return [row for row in rows if len(row.area_code) == longest]


def _week(rows: list[OfficeHours], first: date, last: date) -> OfficeWeek:
    return OfficeWeek(
        hours=MappingProxyType(
            {row.weekday: OpenHours(opens=row.opens, closes=row.closes) for row in rows}
        ),
        working_weekdays=frozenset(row.weekday for row in rows if row.is_working_day),
        valid_from=first,
        valid_until=last,
    )


def _longest(part: str, known: Mapping[str, Instrument]) -> str:
    """Return the longest instrument code that `part` begins with, or nothing."""
    codes = (code for code in known if part == code or part.startswith(f"{code} "))
    return max(codes, key=len, default="")
