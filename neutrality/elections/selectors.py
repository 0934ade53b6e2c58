"""What others ask about elections."""

from datetime import date
from functools import cache

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from neutrality.elections.models import Contest, Election, Stage
from neutrality.law.books import calendar_for, round_the_clock_stages
from neutrality.law.calendar import DateRange, WorkCalendar
from neutrality.law.codes import CandidateStage, Regime
from neutrality.organisations.models import Office, Region
from neutrality.organisations.validity import in_force
from neutrality.ui.prepared import Prepared


def candidate_stage(*, contest: Contest, day: date) -> CandidateStage:
    """Whether the contest's candidates had been determined by `day`; that day itself counts.

    Sanctions depend on it (SKB of 22 September 2022, annex II).
    """
    determined_on = contest.candidates_determined_on
    if determined_on is None or day < determined_on:
        return CandidateStage.PROSPECTIVE
    return CandidateStage.CANDIDATE


def running_contests(*, region: Region | None, day: date) -> QuerySet[Contest]:
    """Contests voted on in `region` (its own, its province's, the nationwide ones) on `day`.

    Without a region only the nationwide ones. Contests below the region are not among them.
    """
    lineage = region.lineage if region else ()
    return (
        Contest.objects.filter(in_force(day, prefix="election__"))
        .filter(Q(region__isnull=True) | Q(region__code__in=lineage))
        .select_related("election", "region")
        .order_by("election__polling_on", "election__code", "kind", "region__code")
    )


def stages_of(*, contest: Contest) -> list[Stage]:
    """The stages that hold for the contest, by first day.

    A stage of the contest, or of its region, takes the place of the wider ones of its kind.
    """
    lineage = contest.region.lineage if contest.region else ()
    narrowness = Case(
        When(contest__isnull=False, then=Value(2)),
        When(region__isnull=False, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    rows = list(
        Stage.objects.filter(election_id=contest.election_id)
        .filter(Q(contest__isnull=True) | Q(contest=contest))
        .filter(Q(region__isnull=True) | Q(region__code__in=lineage))
        .annotate(narrowness=narrowness)
        .order_by("starts_on", "pk")
    )
    narrowest: dict[str, int] = {}
    for row in rows:
        narrowest[row.kind] = max(row.narrowness, narrowest.get(row.kind, 0))
    return [row for row in rows if row.narrowness == narrowest[row.kind]]


def calendar_for_office(*, office: Office, election: Election | None) -> WorkCalendar:
    """The office's working calendar, open around the clock in the stages that the law names.

    With an election its stages only, without one those of every election: the counter is one.
    """
    codes = {f"code_{place}": code for place, code in enumerate(office.area_codes)}
    near = (
        _stages_near(len(codes))(**codes)
        if election is None
        else _own_stages_near(len(codes))(election=election.pk, **codes)
    )
    return calendar_for(
        area_codes=office.area_codes,
        tz=office.tz,
        all_day=[
            DateRange(starts_on, ends_on)
            for kind, starts_on, ends_on, regime in near
            if kind in round_the_clock_stages(regime=Regime(regime), day=starts_on)
        ],
    )


StageRow = tuple[str, date, date, str]


@cache
def _stages_near(depth: int) -> Prepared[Stage, StageRow]:
    """The stages near an office whose path names so many regions, by their codes."""
    return Prepared(_near, names=_codes(depth))


@cache
def _own_stages_near(depth: int) -> Prepared[Stage, StageRow]:
    """The same of one election."""

    def of_election(election: int, **codes: str) -> QuerySet[Stage, StageRow]:
        return _near(**codes).filter(election=election)

    return Prepared(of_election, names={"election": int, **_codes(depth)})


def _codes(depth: int) -> dict[str, type]:
    return {f"code_{place}": str for place in range(depth)}


def _near(**named: str) -> QuerySet[Stage, StageRow]:
    """General stages, and those of a region or contest in whose area the office lies."""
    codes = tuple(named.values())
    everywhere = Q(region__isnull=True, contest__isnull=True)
    nationwide = Q(region__isnull=True, contest__isnull=False, contest__region__isnull=True)
    here = Q(region__code__in=codes) | Q(region__isnull=True, contest__region__code__in=codes)
    return (
        Stage.objects.filter(everywhere | nationwide | here)
        .order_by("starts_on", "pk")
        .values_list("kind", "starts_on", "ends_on", "election__regime")
    )
