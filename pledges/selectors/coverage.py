"""Who has signed, by the unit tree: sums that are exact at the moment of asking, never estimated.

What an open round shows is added up from `CoverageSum` and the `CoverageChange` rows that are not
folded yet, in one statement and so of one moment: its cost is that of the children of the node,
whatever the size of the round. A closed round shows the figures of its closing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection

from pledges.codes import HAS_SIGNED, NOT_COUNTED, ObligationState
from pledges.models import Round

# The node itself comes as '', each child by its path. What is not folded yet counts for the node
# and for the child under which it hangs.
_LIVE: Final = """
    SELECT child, state, sum(number)::bigint FROM (
        SELECT '' AS child, state, number FROM pledges_coveragesum
        WHERE round_id = %(round)s AND path = %(path)s
        UNION ALL
        SELECT path, state, number FROM pledges_coveragesum
        WHERE round_id = %(round)s AND parent_path = %(path)s
        UNION ALL
        SELECT side.child, fresh.state, fresh.amount
        FROM pledges_coveragechange fresh CROSS JOIN LATERAL (VALUES
            (''),
            (CASE WHEN fresh.path <> %(path)s
             THEN %(path)s || '/' || split_part(fresh.path, '/', %(depth)s + 1) END)
        ) AS side(child)
        WHERE fresh.round_id = %(round)s AND side.child IS NOT NULL
          AND (fresh.path = %(path)s OR starts_with(fresh.path, %(path)s || '/'))
    ) counted
    GROUP BY 1, 2 HAVING sum(number) <> 0
"""
# Units may have moved since: the frozen figures are those of units and follow them.
_FROZEN: Final = """
    SELECT CASE WHEN side.whole OR segment = '' THEN ''
           ELSE %(path)s || '/' || segment END, state, sum(number)::bigint
    FROM (
        SELECT split_part(coalesce(unit.path, %(path)s), '/', %(depth)s + 1) AS segment,
               counted.state, counted.number
        FROM pledges_frozencount counted
        LEFT JOIN organisations_unit unit ON unit.id = counted.unit_id
        WHERE counted.round_id = %(round)s
          AND (coalesce(unit.path, %(agency)s) = %(path)s
               OR starts_with(coalesce(unit.path, %(agency)s), %(path)s || '/'))
    ) counted CROSS JOIN (VALUES (true), (false)) AS side(whole)
    WHERE side.whole OR segment <> ''
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
    counted = _counted(place, node, is_frozen=is_frozen)
    return CoverageTree(
        whole=Coverage(counts=counted[""]),
        children=_children(node, counted),
        is_frozen=is_frozen,
    )


def whole_coverage(*, rounds: Iterable[Round]) -> dict[int, Coverage]:
    """Return the coverage of whole rounds by their ids, in one query."""
    ids = [place.pk for place in rounds]
    with connection.cursor() as cursor:
        cursor.execute(_WHOLE, {"rounds": ids})
        rows = cursor.fetchall()
    grouped: dict[int, _Counts] = {pk: {} for pk in ids}
    for pk, state, number in rows:
        if number:
            grouped[pk][ObligationState(state)] = number
    return {pk: Coverage(counts=counts) for pk, counts in grouped.items()}


_WHOLE: Final = """
    SELECT place.id, counted.state, sum(counted.number)::bigint
    FROM pledges_round place
    JOIN organisations_agency agency ON agency.id = place.agency_id
    CROSS JOIN LATERAL (
        SELECT state, number FROM pledges_coveragesum
        WHERE round_id = place.id AND path = agency.path AND place.closed_at IS NULL
        UNION ALL
        SELECT state, amount FROM pledges_coveragechange
        WHERE round_id = place.id AND place.closed_at IS NULL
        UNION ALL
        SELECT state, number FROM pledges_frozencount
        WHERE round_id = place.id AND place.closed_at IS NOT NULL
    ) counted
    WHERE place.id = ANY(%(rounds)s) GROUP BY 1, 2
"""

_Counts = dict[ObligationState, int]


def _counted(place: Round, node: str, *, is_frozen: bool) -> dict[str, _Counts]:
    """Return the counts of each child by its path, and of the node with all below it by ''."""
    values: dict[str, int | str] = {
        "round": place.pk,
        "path": node,
        "agency": place.agency.path,
        "depth": node.count("/") + 1,
    }
    grouped: dict[str, _Counts] = {"": {}}
    with connection.cursor() as cursor:
        cursor.execute(_FROZEN if is_frozen else _LIVE, values)
        for child, state, number in cursor.fetchall():
            grouped.setdefault(child, {})[ObligationState(state)] = number
    return grouped


def _directly(counted: Mapping[str, _Counts]) -> _Counts:
    """Return what is left for the node when the children are taken off."""
    left = dict(counted[""])
    for path, counts in counted.items():
        for state, number in counts.items() if path else ():
            left[state] = left.get(state, 0) - number
    return {state: number for state, number in left.items() if number}


def _children(node: str, counted: Mapping[str, _Counts]) -> tuple[UnitCoverage, ...]:
    units = _latest_units(path for path in counted if path)
    made = [
        UnitCoverage(
            name=units[path][0],
            public_id=units[path][1],
            path=path,
            coverage=Coverage(counts=counts),
        )
        for path, counts in counted.items()
        if path in units
    ]
    made.sort(key=lambda each: (each.name, each.path))
    directly = _directly(counted)
    if directly:
        here = Coverage(counts=directly)
        made.append(UnitCoverage(name="", public_id=None, path=node, coverage=here))
    return tuple(made)


def _latest_units(paths: Iterable[str]) -> dict[str, tuple[str, UUID]]:
    """Return name and id of the unit at each path; of several that followed one another, the last."""
    with connection.cursor() as cursor:
        cursor.execute(_LATEST, [list(paths)])
        return {path: (name, public_id) for path, name, public_id in cursor.fetchall()}


_LATEST: Final = """
    SELECT DISTINCT ON (path) path, name, public_id FROM organisations_unit
    WHERE path = ANY(%s) ORDER BY path, valid_from DESC, id DESC
"""
