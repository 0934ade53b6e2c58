"""Lists and coverage as text, ready for the page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from neutrality.organisations.models import Unit
from neutrality.ui.charts import BarChart, make_bars
from neutrality.ui.dates import say_instant, say_short_day, say_short_instant
from neutrality.ui.parts import SummaryRow
from pledges.codes import GapReason, ObligationState
from pledges.models import Obligation, Round
from pledges.selectors.coverage import Coverage, CoverageTree, UnitCoverage
from pledges.selectors.person_page import Badge, badge_of

DONE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundLine:
    """A round in the list."""

    url: str
    agency: str
    elections: str
    kind: str
    until: str
    is_closed: bool
    figures: str
    share: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """A unit in the coverage table."""

    name: str
    url: str
    gaps_url: str
    total: int
    signed: int
    verified: int
    invited: int
    refused: int
    exempt: int
    lapsed: int
    due: int
    missing: int
    share: str
    is_complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveragePage:
    """What the page of a round shows; `tiles` is empty when only representatives sign."""

    facts: Sequence[SummaryRow]
    heading: str
    up_url: str
    tree: CoverageTree | None
    share: str
    lines: Sequence[UnitLine]
    whole: UnitLine | None
    chart: BarChart | None
    states: BarChart | None
    gaps_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GapLine:
    """A person who has not signed."""

    url: str
    name: str
    position: str
    unit: str
    reason: str
    badge: Badge


def say_share(coverage: Coverage) -> str:
    """Return `87,5 %`, rounded down so that 100 % means everybody; a dash when nobody must sign."""
    if not coverage.total:
        return "-"
    whole, tenth = divmod(coverage.tenths, 10)
    return f"{whole} %" if coverage.tenths == DONE else f"{whole},{tenth} %"


def round_lines(rounds: Iterable[Round], coverage: Mapping[int, Coverage]) -> list[RoundLine]:
    """Return the lines of the list; elections are prefetched."""
    return [_round_line(place, coverage[place.pk]) for place in rounds]


def coverage_page(*, place: Round, unit: Unit | None, tree: CoverageTree | None) -> CoveragePage:
    """Return the page of a round at one unit (or the whole agency)."""
    lines = [_unit_line(place, unit, child) for child in tree.children] if tree else []
    here = UnitCoverage(name="", public_id=None, path="", coverage=tree.whole) if tree else None
    return CoveragePage(
        facts=_facts(place),
        heading=unit.name if unit else place.agency.name,
        up_url=_up_url(place, unit),
        tree=tree,
        share=say_share(tree.whole) if tree else "",
        lines=lines,
        whole=_unit_line(place, unit, here) if here else None,
        chart=_chart(lines) if lines else None,
        states=_states(tree.whole) if tree else None,
        gaps_url=_gaps_url(place, unit),
    )


def gap_lines(rows: Iterable[Obligation]) -> list[GapLine]:
    """Return the lines of those who have not signed; each row carries `gap`."""
    return [_gap_line(row) for row in rows]


def _round_line(place: Round, coverage: Coverage) -> RoundLine:
    words = {"signed": coverage.signed, "total": coverage.total}
    individual = place.asks_individuals
    return RoundLine(
        url=reverse("pledges_hr:round", args=[place.public_id]),
        agency=place.agency.name,
        elections=", ".join(election.name for election in place.elections.all()),
        kind=place.get_kind_display(),
        until=say_short_instant(place.closes_at, place.office.tz),
        is_closed=place.closed_at is not None,
        figures=_("%(signed)d dari %(total)d") % words if individual else "",
        share=say_share(coverage) if individual else _("perwakilan"),
    )


def _facts(place: Round) -> list[SummaryRow]:
    tz = place.office.tz
    names = place.elections.order_by("polling_on").values_list("name", flat=True)
    rows = [
        SummaryRow(_("Untuk"), ", ".join(names)),
        SummaryRow(_("Siapa"), place.get_kind_display()),
        SummaryRow(_("Naskah"), place.text.title),
        SummaryRow(_("Pegawai per"), say_short_day(place.snapshot_on)),
        SummaryRow(_("Batas waktu"), say_instant(place.closes_at, tz)),
    ]
    if place.circular_number and place.circular_on:
        words = f"{place.circular_number}, {say_short_day(place.circular_on)}"
        rows.append(SummaryRow(_("Surat edaran"), words))
    if place.closed_at:
        rows.append(SummaryRow(_("Ditutup"), say_instant(place.closed_at, tz)))
    return rows


def _unit_line(place: Round, node: Unit | None, row: UnitCoverage) -> UnitLine:
    counts = row.coverage
    round_url = reverse("pledges_hr:round", args=[place.public_id])
    gaps = reverse("pledges_hr:gaps", args=[place.public_id])
    return UnitLine(
        name=row.name or (_("Langsung di unit ini") if node else _("Tanpa unit")),
        url=f"{round_url}?unit={row.public_id}" if row.public_id else "",
        gaps_url=f"{gaps}?unit={row.public_id}" if row.public_id else "",
        total=counts.total,
        signed=counts.signed,
        verified=counts.of(ObligationState.VERIFIED),
        invited=counts.of(ObligationState.INVITED),
        refused=counts.of(ObligationState.REFUSED),
        exempt=counts.of(ObligationState.EXEMPT),
        lapsed=counts.of(ObligationState.LAPSED),
        due=counts.of(ObligationState.DUE),
        missing=counts.missing,
        share=say_share(counts),
        is_complete=counts.total > 0 and counts.missing == 0,
    )


def _chart(lines: Sequence[UnitLine]) -> BarChart:
    most = sorted(lines, key=lambda line: (-line.missing, line.name))
    rows: list[Any] = [
        (line.name, line.missing, "danger" if line.missing else "success", line.gaps_url)
        for line in most[:15]
    ]
    return make_bars(
        title=_("Belum menandatangani, terbanyak dahulu"),
        label_heading=_("Unit"),
        value_heading=_("Orang"),
        rows=rows,
    )


def _states(counts: Coverage) -> BarChart:
    rows: list[Any] = [
        (str(state.label), counts.of(state), _tone(state)) for state in ObligationState
    ]
    return make_bars(
        title=_("Menurut keadaan"),
        label_heading=_("Keadaan"),
        value_heading=_("Orang"),
        rows=rows,
    )


def _tone(state: ObligationState) -> str:
    tone = badge_of(state).tone
    return tone if tone in {"success", "danger", "warning"} else "primary"


def _up_url(place: Round, unit: Unit | None) -> str:
    if unit is None:
        return ""
    url = reverse("pledges_hr:round", args=[place.public_id])
    if unit.parent_id is None:
        return url
    parent = Unit.objects.filter(pk=unit.parent_id).values_list("public_id", flat=True).first()
    return f"{url}?unit={parent}" if parent else url


def _gaps_url(place: Round, unit: Unit | None) -> str:
    url = reverse("pledges_hr:gaps", args=[place.public_id])
    return f"{url}?unit={unit.public_id}" if unit else url


def _gap_line(row: Any) -> GapLine:  # noqa: ANN401  an obligation with an annotation
    return GapLine(
        url=reverse("pledges_hr:person", args=[row.public_id]),
        name=row.person.name,
        position=row.employment.position_title,
        unit=row.unit_now.name if row.unit_now else _("tanpa unit"),
        reason=str(GapReason(row.gap).label),
        badge=badge_of(row.state),
    )
