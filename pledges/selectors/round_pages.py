"""Lists and coverage as text, ready for the page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.formats import get_format, number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from neutrality.elections.models import Election
from neutrality.organisations.models import Unit
from neutrality.ui.charts import BarChart, make_bars
from neutrality.ui.dates import say_instant, say_short_day, say_short_instant
from neutrality.ui.markup import markup
from neutrality.ui.parts import SummaryRow
from neutrality.ui.prepared import Prepared
from pledges.access import Sight
from pledges.codes import AbsenceKind, GapReason, ObligationState
from pledges.models import Obligation, Round
from pledges.selectors.coverage import Coverage, CoverageTree, UnitCoverage
from pledges.selectors.person_page import Badge, badge_of
from pledges.selectors.text_changes import other_texts
from pledges.selectors.unit_names import UnitNames

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
    """A unit in the coverage table; `cells` is text, `row` the line of the table as marked up."""

    name: str
    url: str
    gaps_url: str
    total: int
    signed: int
    missing: int
    share: str
    is_complete: bool
    cells: Sequence[str]
    row: SafeString


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A way on from a page."""

    url: str
    words: str
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveragePage:
    """What the page of a round shows; `tiles` is empty when only representatives sign."""

    facts: Sequence[SummaryRow]
    heading: str
    up_url: str
    tree: CoverageTree | None
    share: str
    columns: Sequence[str]
    lines: Sequence[UnitLine]
    whole: UnitLine | None
    chart: BarChart | None
    states: BarChart | None
    gaps_url: str
    links: Sequence[Link]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapLine:
    """A person of a round; whoever may not open the page of the person gets no address."""

    url: str
    name: str
    position: str
    unit: str
    reason: str
    badge: Badge | None


def say_share(coverage: Coverage) -> str:
    """Return `87,5 %`, rounded down so that 100 % means everybody; a dash when nobody must sign."""
    return say_part(coverage.signed, coverage.total)


def say_part(number: int, total: int) -> str:
    """Return the share of a number as `say_share` does."""
    whole, tenth = divmod(DONE * number // total if total else 0, 10)
    if not total:
        return "-"
    return f"{whole} %" if number >= total else f"{whole}{get_format('DECIMAL_SEPARATOR')}{tenth} %"


def round_lines(rounds: Iterable[Round], coverage: Mapping[int, Coverage]) -> list[RoundLine]:
    """Return the lines of the list; elections are prefetched."""
    return [_round_line(place, coverage[place.pk]) for place in rounds]


def coverage_page(
    *,
    place: Round,
    unit: Unit | None,
    tree: CoverageTree | None,
    sight: Sight,
) -> CoveragePage:
    """Return the page of a round at one unit (or the whole agency); one query."""
    kept = _states_shown(sight)
    [(elections, has_texts)] = _MORE(place=place.pk)
    columns = [_("Wajib"), _("Sudah"), _("Persen"), *(words for _state, words in kept)]
    table = _Table(
        round_url=reverse("pledges_hr:round", args=[place.public_id]),
        gaps_url=reverse("pledges_hr:gaps", args=[place.public_id]),
        directly=_("Langsung di unit ini") if unit else _("Tanpa unit"),
        states=[state for state, _words in kept],
        cells=[f'<td class="number" data-label="{escape(str(words))}">' for words in columns],
    )
    lines = [_unit_line(table, child) for child in tree.children] if tree else []
    here = UnitCoverage(name="", public_id=None, path="", coverage=tree.whole) if tree else None
    return CoveragePage(
        facts=_facts(place, elections),
        heading=unit.name if unit else place.agency.name,
        up_url=_up_url(place, unit, sight),
        tree=tree,
        share=say_share(tree.whole) if tree else "",
        columns=columns,
        lines=lines,
        whole=_unit_line(table, here) if here else None,
        chart=_chart(lines) if lines else None,
        states=_states(tree.whole, kept) if tree else None,
        gaps_url=_at("gaps", place, unit),
        links=_links(place, unit, sight, has_texts=has_texts) if tree else (),
    )


def gap_lines(rows: Iterable[Obligation], *, place: Round, sight: Sight) -> list[GapLine]:
    """Return the lines of those who have not signed; each row carries `gap`; one query."""
    units = UnitNames.of_agency(place.agency_id)
    return [_person_line(row, say_gap(row), units, sight) for row in rows]


def person_lines(rows: Iterable[Obligation], *, place: Round, sight: Sight) -> list[GapLine]:
    """Return the lines of people in any state, without reasons; one query."""
    units = UnitNames.of_agency(place.agency_id)
    return [_person_line(row, "", units, sight) for row in rows]


def shown_number(number: int) -> str:
    """Return `1.234`; most numbers of a table are small, and then nothing is localised."""
    return str(number) if number < 1000 else number_format(number, force_grouping=True)


def columns_of_states() -> tuple[tuple[ObligationState, str], ...]:
    """Return the states of the coverage table, each with its heading."""
    return (
        (ObligationState.VERIFIED, _("Terverifikasi")),
        (ObligationState.INVITED, _("Diundang")),
        (ObligationState.DUE, _("Belum terjangkau")),
        (ObligationState.REFUSED, _("Menolak")),
        (ObligationState.LAPSED, _("Lewat")),
        (ObligationState.EXEMPT, _("Dikecualikan")),
    )


def _states_shown(sight: Sight) -> tuple[tuple[ObligationState, str], ...]:
    """A refusal in a small unit has a name: its column is for those who may know it."""
    return tuple(
        row
        for row in columns_of_states()
        if sight.tells_refusals or row[0] != ObligationState.REFUSED
    )


def _round_line(place: Round, coverage: Coverage) -> RoundLine:
    words = {"signed": shown_number(coverage.signed), "total": shown_number(coverage.total)}
    individual = place.asks_individuals
    return RoundLine(
        url=reverse("pledges_hr:round", args=[place.public_id]),
        agency=place.agency.name,
        elections=", ".join(election.name for election in place.elections.all()),
        kind=place.get_kind_display(),
        until=say_short_instant(place.closes_at, place.office.tz),
        is_closed=place.closed_at is not None,
        figures=_("%(signed)s dari %(total)s") % words if individual else "",
        share=say_share(coverage) if individual else _("perwakilan"),
    )


def _facts(place: Round, elections: Sequence[str]) -> list[SummaryRow]:
    tz = place.office.tz
    rows = [
        SummaryRow(_("Untuk"), ", ".join(elections)),
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


def _more(place: int) -> QuerySet[Round, tuple[list[str], bool]]:
    """The names of a round's elections, and whether it asked for another text before."""
    elections = Election.objects.filter(pledge_rounds=OuterRef("pk")).order_by("polling_on")
    return (
        Round.objects.filter(pk=place)
        .order_by()
        .values_list(
            ArraySubquery(elections.values("name")),
            Exists(other_texts(OuterRef("pk"))),
        )
    )


_MORE: Final = Prepared(_more)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """What all rows of the coverage table share, made once: a large node has hundreds."""

    round_url: str
    gaps_url: str
    directly: str
    states: Sequence[ObligationState]
    cells: Sequence[str]


def _unit_line(table: _Table, row: UnitCoverage) -> UnitLine:
    counts = row.coverage
    share, total, signed = say_share(counts), counts.total, counts.signed
    numbers = (counts.counts.get(state, 0) for state in table.states)
    cells = [shown_number(total), shown_number(signed), share, *map(shown_number, numbers)]
    query = f"?unit={row.public_id}" if row.public_id else ""
    name, url = row.name or table.directly, table.round_url + query if query else ""
    return UnitLine(
        name=name,
        url=url,
        gaps_url=table.gaps_url + query if query else "",
        total=total,
        signed=signed,
        missing=total - signed,
        share=share,
        is_complete=0 < total == signed,
        cells=cells,
        row=markup([_marked_up(name, url, table.cells, cells)]),
    )


def _marked_up(name: str, url: str, openings: Sequence[str], cells: Sequence[str]) -> str:
    """Return the line by hand, for a template takes ten times as long; `cells` are numbers."""
    head = f'<a href="{escape(url)}">{escape(name)}</a>' if url else escape(name)
    parts = (f"{opening}{text}</td>" for opening, text in zip(openings, cells, strict=True))
    return f'<tr><th scope="row">{head}</th>{"".join(parts)}</tr>\n'


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


def _states(counts: Coverage, kept: Sequence[tuple[ObligationState, str]]) -> BarChart:
    shown = [(ObligationState.SIGNED, _("Menandatangani")), *kept]
    rows: list[Any] = [(words, counts.of(state), _tone(state)) for state, words in shown]
    return make_bars(
        title=_("Menurut keadaan"),
        label_heading=_("Keadaan"),
        value_heading=_("Orang"),
        rows=rows,
    )


def _tone(state: ObligationState) -> str:
    tone = badge_of(state).tone
    return tone if tone in {"success", "danger", "warning"} else "primary"


def _up_url(place: Round, unit: Unit | None, sight: Sight) -> str:
    if unit is None or unit.path == sight.path:
        return ""
    return _at("round", place, unit.parent)


def _at(view: str, place: Round, unit: Unit | None) -> str:
    url = _address(f"pledges_hr:{view}", place.public_id)
    return f"{url}?unit={unit.public_id}" if unit else url


@lru_cache(maxsize=1024)
def _address(view: str, public_id: UUID) -> str:
    return reverse(view, args=[public_id])


def _links(place: Round, unit: Unit | None, sight: Sight, *, has_texts: bool) -> list[Link]:
    """Return where one goes on from the figures; what names everybody is not for unit operators."""
    links = [
        Link(url=_at("people", place, unit), words=_("Semua pegawai di sini"), icon="people"),
        Link(url=_at("day", place, unit), words=_("Jam demi jam"), icon="chart"),
        Link(url=_at("compare", place, None), words=_("Dibanding putaran lain"), icon="scales"),
    ]
    if has_texts:
        links.append(
            Link(url=_at("texts", place, unit), words=_("Menurut naskah"), icon="document")
        )
    if sight.tells_refusals:
        links += [
            Link(url=_at("hour", place, None), words=_("Lembar per pukul"), icon="print"),
            Link(url=_at("export", place, unit), words=_("Ekspor"), icon="download"),
        ]
    together = reverse("pledges_together:together", args=[place.public_id])
    if sight.may_arrange:
        links.append(Link(url=together, words=_("Menandatangani bersama"), icon="pencil"))
    if sight.may_act:
        links += [
            Link(url=_at("reminders", place, None), words=_("Pengingat"), icon="bell"),
            Link(url=_at("bounced", place, None), words=_("Alamat yang gagal"), icon="warning"),
            Link(url=_at("heads", place, None), words=_("Kepala unit"), icon="phone"),
        ]
    return links


def say_gap(row: Any) -> str:  # noqa: ANN401  an obligation with annotations
    """Return the reason in words, with the day until which somebody is away."""
    words = str(GapReason(row.gap).label)
    if row.away_until and row.gap in {GapReason.AWAY, GapReason.TRAINING}:
        kind = str(AbsenceKind(row.away_kind).label)
        until = say_short_day(row.away_until)
        return _("%(kind)s sampai %(until)s") % {"kind": kind, "until": until}
    return words


def _person_line(row: Obligation, reason: str, units: UnitNames, sight: Sight) -> GapLine:
    hidden = row.state == ObligationState.REFUSED and not sight.tells_refusals
    return GapLine(
        url=reverse("pledges_hr:person", args=[row.public_id]) if sight.may_act else "",
        name=row.person.name,
        position=row.employment.position_title,
        unit=units.full(row.unit_now),
        reason=reason,
        badge=None if hidden else badge_of(row.state),
    )
