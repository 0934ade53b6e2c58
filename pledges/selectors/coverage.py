"""Who has signed, by the unit tree: counted in SQL at the moment of asking, never estimated."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection

from neutrality.organisations.models import Unit
from pledges.codes import HAS_SIGNED, NOT_COUNTED, ObligationState
from pledges.models import Round

_LIVE: Final = """
    SELECT unit_now_id AS unit_id, state, count(*) AS number
    FROM pledges_obligation WHERE round_id = %(round)s GROUP BY 1, 2
"""
_FROZEN: Final = """
    SELECT unit_id, state, number FROM pledges_frozencount WHERE round_id = %(round)s
"""
# The path below the node is cut after one segment: what hangs deeper counts for that child.
_BY_CHILD: Final = """
    SELECT split_part(coalesce(unit.path, %(path)s), '/', %(depth)s + 1) AS child,
           counted.state, sum(counted.number)::bigint
    FROM ({source}) counted LEFT JOIN organisations_unit unit ON unit.id = counted.unit_id
    WHERE coalesce(unit.path, %(agency)s) = %(path)s
       OR starts_with(coalesce(unit.path, %(agency)s), %(path)s || '/')
    GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many are in each state; absent states are zero."""

    counts: Mapping[ObligationState, int]

    def of(self, *states: ObligationState) -> int:
        """Return how many are in these states."""
        return sum(self.counts.get(state, 0) for state in states)

    @property
    def total(self) -> int:
        """Everybody who must sign: neither exempt nor ended."""
        return sum(self.counts.values()) - self.of(*NOT_COUNTED)

    @property
    def signed(self) -> int:
        """Everybody who signed, verified or not."""
        return self.of(*HAS_SIGNED)

    @property
    def missing(self) -> int:
        """Everybody who must sign and has not."""
        return self.total - self.signed

    @property
    def tenths(self) -> int:
        """The share in tenths of a percent, rounded down: 1000 means everybody."""
        return 1000 * self.signed // self.total if self.total else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCoverage:
    """The coverage of a unit with all below it; no unit means directly at the node."""

    name: str
    public_id: UUID | None
    path: str
    coverage: Coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageTree:
    """A node with its children, one level down."""

    whole: Coverage
    children: tuple[UnitCoverage, ...]
    is_frozen: bool


def coverage_tree(*, place: Round, path: str = "") -> CoverageTree:
    """Return the coverage at a unit's path (empty: the whole agency) and of each child.

    Of a closed round these are the figures of its closing. Two queries, whatever the size.
    """
    node = path or place.agency.path
    is_frozen = place.closed_at is not None
    counted = list(_counted(place, node, is_frozen=is_frozen))
    whole = _sum(counted)
    children = _children(node, counted)
    return CoverageTree(whole=whole, children=children, is_frozen=is_frozen)


def whole_coverage(*, rounds: Iterable[Round]) -> dict[int, Coverage]:
    """Return the coverage of whole rounds by their ids, in one query."""
    ids = [place.pk for place in rounds]
    with connection.cursor() as cursor:
        cursor.execute(_WHOLE, {"rounds": ids})
        rows = cursor.fetchall()
    grouped: dict[int, dict[ObligationState, int]] = {pk: {} for pk in ids}
    for pk, state, number in rows:
        grouped[pk][ObligationState(state)] = number
    return {pk: Coverage(counts=counts) for pk, counts in grouped.items()}


_WHOLE: Final = """
    SELECT place.id, counted.state, sum(counted.number)::bigint
    FROM pledges_round place CROSS JOIN LATERAL (
        SELECT state, count(*) AS number FROM pledges_obligation
        WHERE round_id = place.id AND place.closed_at IS NULL GROUP BY state
        UNION ALL
        SELECT state, number FROM pledges_frozencount
        WHERE round_id = place.id AND place.closed_at IS NOT NULL
    ) counted
    WHERE place.id = ANY(%(rounds)s) GROUP BY 1, 2
"""

_Row = tuple[str, ObligationState, int]


def _counted(place: Round, node: str, *, is_frozen: bool) -> Iterable[_Row]:
    source = _FROZEN if is_frozen else _LIVE
    values: dict[str, int | str] = {
        "round": place.pk,
        "path": node,
        "agency": place.agency.path,
        "depth": node.count("/") + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(_BY_CHILD.format(source=source), values)
        for child, state, number in cursor.fetchall():
            yield child, ObligationState(state), number


def _sum(rows: Iterable[_Row]) -> Coverage:
    counts: dict[ObligationState, int] = {}
    for _child, state, number in rows:
        counts[state] = counts.get(state, 0) + number
    return Coverage(counts=counts)


def _children(node: str, rows: list[_Row]) -> tuple[UnitCoverage, ...]:
    segments = sorted({child for child, _state, _number in rows})
    paths = {segment: f"{node}/{segment}" for segment in segments if segment}
    units = {unit.path: unit for unit in _latest_units(paths.values())}
    made = [
        UnitCoverage(
            name=units[paths[segment]].name if segment else "",
            public_id=units[paths[segment]].public_id if segment else None,
            path=paths.get(segment, node),
            coverage=_sum(row for row in rows if row[0] == segment),
        )
        for segment in segments
    ]
    return tuple(sorted(made, key=lambda each: (each.name == "", each.name)))


def _latest_units(paths: Iterable[str]) -> list[Unit]:
    """Return the units at these paths; of several that followed one another, the last."""
    return list(Unit.objects.filter(path__in=list(paths)).order_by("valid_from", "pk"))
