"""Keep small counts of a published table from telling of single persons.

The sums of rows and columns are published with the counts, and a count from 1 to 4 is shown nowhere,
be it a sum. What is hidden must not be had by subtraction either. So every line that hides a count
hides at least two; and where its sum is shown, those that it hides come to 5 or more together and are
not all 1, for two hidden counts that come to 2 are known. Nor may all lines together tell what each
keeps to itself: rows and columns are places, a hidden count carries one from its row to its column, and
back as long as it is more than 1. Whoever is carried round to where the count began can add 1 to it, and
take 1 from others, so that all that is shown stays true; a count of which that cannot be said is known.

What is hidden beside a small count is the smallest that is left; a nought or the sum only where nothing
else is. Nought says of nobody anything and is shown otherwise.

Two releases may not tell of single persons either: a count that moved by less than 5 since it was
last shown stays as it was, and all that is published of its table is computed from that. A count
that did not move cannot be told from it, for both keep the day since which they are shown so.
"""

from collections.abc import Iterator, Sequence
from typing import Final

SMALL: Final = 5
Cell = tuple[int, int]
Line = Sequence[Cell]
# A row (0, its place) or a column (1, its place).
Point = tuple[int, int]


def settled(count: int, shown: int | None) -> int:
    """Return what to publish of a count that was last shown as `shown` (None: never).

    After nought the count is always itself: nought where there is somebody would be untrue.
    """
    return count if not shown or abs(count - shown) >= SMALL else shown


def suppressed(table: Sequence[Sequence[int]]) -> list[list[int | None]]:
    """Return the table with its sums, at the end of each row and in a last one; None is hidden.

    No count may be negative.
    """
    whole = _with_sums(table)
    return _Hiding(whole).shown()


def _with_sums(table: Sequence[Sequence[int]]) -> list[list[int]]:
    rows = [[*row, sum(row)] for row in table]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


class _Hiding:
    """A table with its sums, and which of its cells are hidden; a line ends with its sum."""

    def __init__(self, whole: Sequence[Sequence[int]]) -> None:
        self.whole = whole
        self.height, self.width = len(whole), len(whole[0])
        self.hidden: set[Cell] = set()

    def shown(self) -> list[list[int | None]]:
        """Hide until neither a line nor all of them tell what is hidden; return what is left."""
        small = {cell for cell in self._cells() if 0 < self._count(cell) < SMALL}
        found: set[Cell] | Iterator[Cell] = small
        while more := set(found):
            self.hidden |= more
            self._hide_beside({point for cell in more for point in self._ends(cell)})
            found = self._around_the_known()
        return [
            [None if (row, column) in self.hidden else count for column, count in enumerate(counts)]
            for row, counts in enumerate(self.whole)
        ]

    def _hide_beside(self, lines: set[Point]) -> None:
        """Hide until each of these lines, and of those that this reaches, hides enough."""
        while lines:
            axis, at = min(lines)
            more = self._companion(self._line(axis, at), axis)
            if more is None:
                lines.discard((axis, at))
            else:
                self.hidden.add(more)
                lines |= set(self._ends(more))

    def _around_the_known(self) -> Iterator[Cell]:
        """Yield what is to be hidden beside the first small count that all lines together tell."""
        for cell in sorted(self.hidden):
            if not 0 < self._count(cell) < SMALL:
                continue
            tail, head = self._ends(cell)
            reached = self._reached(head, cell)
            if tail in reached or (self._count(cell) > 1 and head in self._reached(tail, cell)):
                continue
            left = [each for each in self._cells() if each not in self.hidden]
            found = [each for each in left if self._leads_out(each, reached)]
            if found:
                yield min(found, key=lambda each: (not self._count(each), self._count(each), each))
                return

    def _reached(self, start: Point, without: Cell) -> set[Point]:
        """Return the lines to which one can be carried by hidden counts other than this one."""
        found, waiting = {start}, [start]
        while waiting:
            axis, at = point = waiting.pop()
            for cell in self._line(axis, at):
                if cell == without or cell not in self.hidden:
                    continue
                tail, head = self._ends(cell)
                other = head if point == tail else tail
                may_pass = point == tail or self._count(cell) > 1
                if may_pass and other not in found:
                    found.add(other)
                    waiting.append(other)
        return found

    def _leads_out(self, cell: Cell, reached: set[Point]) -> bool:
        """Whether one would be carried further if this count were hidden too."""
        tail, head = self._ends(cell)
        onward = tail in reached and head not in reached
        return onward or (self._count(cell) > 1 and head in reached and tail not in reached)

    def _ends(self, cell: Cell) -> tuple[Point, Point]:
        """Return from which line to which this count carries one; a sum carries the other way."""
        row, column = (0, cell[0]), (1, cell[1])
        is_sum = (cell[0] == self.height - 1) != (cell[1] == self.width - 1)
        return (column, row) if is_sum else (row, column)

    def _cells(self) -> Iterator[Cell]:
        return ((row, column) for row in range(self.height) for column in range(self.width))

    def _line(self, axis: int, at: int) -> list[Cell]:
        if axis == 0:
            return [(at, column) for column in range(self.width)]
        return [(row, at) for row in range(self.height)]

    def _companion(self, line: Line, axis: int) -> Cell | None:
        """Return what is to be hidden beside what the line hides already; None when it is enough."""
        hidden = [cell for cell in line if cell in self.hidden]
        if not hidden or self._is_enough(line, hidden):
            return None
        *counts, total = line
        left = [cell for cell in counts if cell not in self.hidden]
        found = [cell for cell in left if self._count(cell)]
        if found:
            return min(found, key=lambda cell: (self._count(cell), cell))
        # A nought among noughts alone, whose sum is shown, would be known.
        found = [cell for cell in left if self._count(total) and self._crosses_others(cell, axis)]
        return min(found, default=None if total in self.hidden else total)

    def _is_enough(self, line: Line, hidden: Line) -> bool:
        if len(hidden) == 1:
            return False
        if line[-1] in self.hidden:
            return True
        counts = [self._count(cell) for cell in hidden]
        return sum(counts) >= SMALL and any(count != 1 for count in counts)

    def _crosses_others(self, cell: Cell, axis: int) -> bool:
        """Whether there is something in the other line through this cell."""
        row, column = cell
        return bool(self.whole[row][-1] if axis else self.whole[-1][column])

    def _count(self, cell: Cell) -> int:
        return self.whole[cell[0]][cell[1]]
