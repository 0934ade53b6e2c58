"""Charts as numbers ready to draw: the server computes, the template draws plain SVG."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `width` is a percentage of the longest."""

    label: str
    value: int
    width: str
    share: str
    tone: str = "primary"
    href: str = ""


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars with their title and the names of the two columns."""

    title: str
    label_heading: str
    value_heading: str
    bars: tuple[Bar, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """Steps that each keep a part of the first."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a line in percent of the drawing, from the top left."""

    label: str
    value: int
    x: str
    y: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of the scale with its number."""

    value: int
    y: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """A line with its scale; `points` is also the table."""

    title: str
    label_heading: str
    value_heading: str
    points: tuple[Point, ...]
    marks: tuple[Mark, ...]
    path: str
    first_label: str
    last_label: str


class Counted(NamedTuple):
    """A number with the list behind it; without an address it is not for this reader."""

    value: int
    href: str


class FigureLine(NamedTuple):
    """A row of a table of numbers: its head with the page behind it, the numbers, a share."""

    label: str
    numbers: tuple[Counted, ...]
    share: str | None = None
    url: str = ""


Spot = tuple[str, int] | tuple[str, int, str]
Row = tuple[str, int] | tuple[str, int, str] | tuple[str, int, str, str]


def make_bars(
    *, title: str, label_heading: str, value_heading: str, rows: Iterable[Row], full: int = 0
) -> BarChart:
    """Make a bar chart from `(label, value[, tone[, href]])`; values are counts, none negative.

    `full` is the value of a bar of full length (100 for percentages); by default the largest.
    """
    listed = list(rows)
    total = sum(row[1] for row in listed)
    longest = full or max((row[1] for row in listed), default=0)
    return BarChart(
        title=title,
        label_heading=label_heading,
        value_heading=value_heading,
        bars=tuple(_bar(row, longest=longest, whole=total) for row in listed),
        total=total,
    )


def make_funnel(*, title: str, rows: Iterable[Row]) -> Funnel:
    """Make a funnel from `(label, value[, tone[, href]])`, first step first; shares are of the first step."""
    listed = list(rows)
    first = listed[0][1] if listed else 0
    return Funnel(title=title, bars=tuple(_bar(row, longest=first, whole=first) for row in listed))


def make_line(
    *, title: str, label_heading: str, value_heading: str, rows: Sequence[Spot]
) -> LineChart:
    """Make a line from `(label, value[, href])` in order of time; the scale begins at zero."""
    top = nice_top(max((row[1] for row in rows), default=0))
    last = max(len(rows) - 1, 1)
    points = tuple(
        Point(label, value, _percent(index, last), _percent(top - value, top), "".join(href))
        for index, (label, value, *href) in enumerate(rows)
    )
    return LineChart(
        title=title,
        label_heading=label_heading,
        value_heading=value_heading,
        points=points,
        marks=tuple(Mark(top * n // 2, _percent(2 - n, 2)) for n in (0, 1, 2)),
        path=" ".join(f"{p.x},{p.y}" for p in points),
        first_label=rows[0][0] if rows else "",
        last_label=rows[-1][0] if rows else "",
    )


def nice_top(highest: int) -> int:
    """The end of a scale that `highest` fits under: 2, 4, 10, 20, 40, 50, 100 …, always even."""
    if highest <= 2:
        return 2
    magnitude = 10 ** floor(log10(highest))
    for factor in (1, 2, 4, 5, 6, 8, 10):
        top = factor * magnitude
        if top >= highest and top % 2 == 0:
            return int(top)
    return 2 * ceil(highest / 2)


def _bar(row: Row, *, longest: int, whole: int) -> Bar:
    label, value, *more = row
    return Bar(
        label=label,
        value=value,
        width=_percent(value, longest),
        share=f"{round(100 * value / whole)}%" if whole else "0%",
        tone=more[0] if more else "primary",
        href=more[1] if len(more) > 1 else "",
    )


def _percent(part: int, whole: int) -> str:
    """A percentage as SVG wants it, with a full stop in every language."""
    return f"{100 * part / whole:.2f}" if whole else "0"
