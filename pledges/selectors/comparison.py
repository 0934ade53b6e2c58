"""A round beside earlier ones of the agency, and agencies beside one another; never a name."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.organisations.models import Agency, ReferralTerritory, Region
from neutrality.ui.charts import BarChart, make_bars
from neutrality.ui.dates import say_short_instant
from pledges.codes import ObligationState, RoundKind
from pledges.models import Round
from pledges.selectors.coverage import Coverage, whole_coverage
from pledges.selectors.round_pages import say_share, shown_number

# Below this many people a part of the whole could be somebody.
TOO_FEW: Final = 10
OFFICE_WATCHERS: Final = (Role.SUPERVISOR, Role.AUDITOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFigures:
    """The figures of one round in words; `parts` is empty where they could name somebody."""

    agency: str
    agency_url: str
    elections: str
    when: str
    is_closed: bool
    is_this: bool
    share: str
    tenths: int
    signed: int
    total: int
    parts: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Rounds side by side, as rows and as bars."""

    rows: Sequence[RoundFigures]
    chart: BarChart


def earlier_rounds(*, place: Round) -> Comparison:
    """Return this round beside the others of its agency, newest first; three queries."""
    rounds = _individual(Round.objects.filter(agency=place.agency_id))[:12]
    rows = figures(rounds=rounds, this=place.pk)
    return Comparison(
        rows=rows, chart=_chart(rows, _("Putaran"), lambda row: f"{row.elections} · {row.when}")
    )


def agencies_beside(*, rounds: QuerySet[Round]) -> Comparison:
    """Return the latest round of each agency, the lowest share first; three queries."""
    latest = _individual(rounds.order_by("agency_id", "-opens_at", "-pk").distinct("agency_id"))
    rows = sorted(figures(rounds=latest), key=lambda row: (row.tenths, row.agency))
    return Comparison(rows=rows, chart=_chart(rows, _("Instansi"), lambda row: row.agency))


def rounds_watched_by(*, actor: Actor, province: str = "") -> QuerySet[Round]:
    """Return the rounds of the agencies that the actor supervises, or whose province is BKN's.

    A supervisor sees the whole province of the own office, so that cities can be compared; the
    national ones see everything, or the province they ask for.
    """
    provinces = provinces_watched_by(actor=actor)
    rows = Round.objects.filter(kind__in=(RoundKind.INDIVIDUAL, RoundKind.BOTH))
    if provinces is not None:
        rows = rows.filter(_within(provinces))
    return rows.filter(_within([province])) if province else rows


def provinces_watched_by(*, actor: Actor) -> list[str] | None:
    """Return the province codes in sight; None when it is the whole country."""
    offices = [grant.at.path for grant in actor.grants if grant.role in OFFICE_WATCHERS]
    bodies = [grant.at for grant in actor.grants if grant.role == Role.LIAISON]
    if "" in offices or "RI" in offices or any("/" not in at.path for at in bodies):
        return None
    codes = {path.split("/")[1] for path in offices}
    territories = ReferralTerritory.objects.filter(body__in=[at.id for at in bodies])
    codes |= {code[:2] for code in territories.values_list("region__code", flat=True)}
    return sorted(codes)


def provinces_to_choose(*, actor: Actor) -> list[tuple[str, str]]:
    """Return code and name of each province in sight that has rounds."""
    rounds = rounds_watched_by(actor=actor)
    codes = {
        code[:2]
        for code in rounds.values_list("agency__region__code", flat=True).distinct()
        if code
    }
    names = Region.objects.filter(code__in=codes).order_by("code")
    return list(names.values_list("code", "name"))


def agencies_with_rounds() -> QuerySet[Agency]:
    """Return the agencies that have asked everybody to sign at least once, by name."""
    asked = Round.objects.filter(kind__in=(RoundKind.INDIVIDUAL, RoundKind.BOTH))
    return Agency.objects.filter(pk__in=asked.values("agency")).order_by("name", "pk")


def public_rounds(*, agency: Agency) -> list[RoundFigures]:
    """Return the figures of an agency's rounds for everybody, newest first; three queries."""
    return figures(rounds=_individual(Round.objects.filter(agency=agency))[:12])


def figures(*, rounds: Iterable[Round], this: int = 0) -> list[RoundFigures]:
    """Return rounds with their figures; agency, office and elections are read ahead."""
    listed = list(rounds)
    coverage = whole_coverage(rounds=listed)
    return [_figures(place, coverage[place.pk], is_this=place.pk == this) for place in listed]


def _individual(rounds: QuerySet[Round]) -> QuerySet[Round]:
    asked = rounds.filter(kind__in=(RoundKind.INDIVIDUAL, RoundKind.BOTH))
    return asked.select_related("agency", "office").prefetch_related("elections")


def _within(codes: Sequence[str]) -> Q:
    condition = Q(pk__in=[])
    for code in codes:
        condition |= Q(agency__region__code=code) | Q(agency__region__code__startswith=f"{code}.")
    return condition


def _figures(place: Round, coverage: Coverage, *, is_this: bool) -> RoundFigures:
    end = place.closed_at or place.closes_at
    return RoundFigures(
        agency=place.agency.name,
        agency_url=reverse("pledges_figures:agency", args=[place.agency.public_id]),
        elections=", ".join(election.name for election in place.elections.all()),
        when=say_short_instant(end, place.office.tz),
        is_closed=place.closed_at is not None,
        is_this=is_this,
        share=say_share(coverage),
        tenths=coverage.tenths,
        signed=coverage.signed,
        total=coverage.total,
        parts=_parts(coverage) if coverage.total >= TOO_FEW else (),
    )


def _parts(coverage: Coverage) -> list[tuple[str, str]]:
    state = ObligationState
    named = (
        (_("Menandatangani, belum diverifikasi"), coverage.of(state.SIGNED)),
        (_("Menandatangani dan terverifikasi"), coverage.of(state.VERIFIED)),
        (_("Diundang, belum menandatangani"), coverage.of(state.INVITED)),
        (_("Belum terjangkau"), coverage.of(state.DUE)),
        (_("Menolak"), coverage.of(state.REFUSED)),
        (_("Lewat batas waktu"), coverage.of(state.LAPSED)),
        (_("Dikecualikan (tidak dihitung)"), coverage.of(state.EXEMPT)),
    )
    return [(words, shown_number(number)) for words, number in named]


def _chart(
    rows: Sequence[RoundFigures], heading: str, name: Callable[[RoundFigures], str]
) -> BarChart:
    """Draw shares in whole percent, rounded down as everywhere."""
    return make_bars(
        title=_("Persen yang menandatangani"),
        label_heading=heading,
        value_heading=_("Persen"),
        rows=[(name(row), row.tenths // 10) for row in rows],
        full=100,
    )
