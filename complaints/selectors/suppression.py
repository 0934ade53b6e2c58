"""Keep small counts of a published table from telling of single persons.

Counts from 1 to 4 are not shown. Where the sums of rows and columns are shown too, one hidden cell
in a line could be had by subtraction, so every line that hides one hides at least two; the second
is the smallest that is left. Nought says of nobody anything and is always shown.

Two releases may not tell of single persons either: a count that moved by less than 5 since it was
last shown stays as it was, and all that is published of its table is computed from that. A count
that did not move cannot be told from it, for both keep the day since which they are shown so.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

SMALL: Final = 5
Cell = tuple[int, int]


def settled(count: int, shown: int | None) -> int:
    """Return what to publish of a count that was last shown as `shown` (None: never).

    After nought the count is always itself: nought where there is somebody would be untrue.
    """
    return count if not shown or abs(count - shown) >= SMALL else shown


def suppressed(table: Sequence[Sequence[int]]) -> list[list[int | None]]:
    """Return the table with None where a count must not be shown; no count may be negative."""
    hidden = {cell for cell, count in _cells(table) if 0 < count < SMALL}
    while True:
        more = _companion(table, hidden)
        if more is None:
            break
        hidden.add(more)
    return [
        [None if (row, column) in hidden else count for column, count in enumerate(counts)]
        for row, counts in enumerate(table)
    ]


def _cells(table: Sequence[Sequence[int]]) -> Iterator[tuple[Cell, int]]:
    for row, counts in enumerate(table):
        for column, count in enumerate(counts):
            yield (row, column), count


def _companion(table: Sequence[Sequence[int]], hidden: set[Cell]) -> Cell | None:
    """Return a cell to hide beside the only hidden one of a line, or None when no line needs it."""
    counts = dict(_cells(table))
    for axis in (0, 1):
        lines: dict[int, list[Cell]] = {}
        for cell in hidden:
            lines.setdefault(cell[axis], []).append(cell)
        for line in sorted(lines):
            if len(lines[line]) == 1:
                found = _smallest(counts, hidden, axis, line)
                if found is not None:
                    return found
    return None


def _smallest(counts: Mapping[Cell, int], hidden: set[Cell], axis: int, line: int) -> Cell | None:
    """Return the smallest count of a line that is shown; noughts only where nothing else is left."""
    shown = [cell for cell in counts if cell[axis] == line and cell not in hidden]
    return min(shown, key=lambda cell: (counts[cell] == 0, counts[cell], cell), default=None)
