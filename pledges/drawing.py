"""A signature drawn on a screen: strokes of points, kept as one small picture."""

import json
from itertools import pairwise
from math import hypot
from typing import Any, Final

WIDTH: Final = 600
HEIGHT: Final = 200
MOST_STROKES: Final = 60
MOST_POINTS: Final = 4000
LONGEST_TEXT: Final = 60_000
SHORTEST_LINE: Final = 120
"""A dot or a slip of the finger is no signature; in the units of the picture."""

Point = tuple[int, int]


class NoDrawing(ValueError):
    """What was handed in is no drawing, or too little of one."""


def read_drawing(text: str) -> bytes:
    """Return the picture (SVG) of strokes given as JSON: `[[[x, y], …], …]`, whole numbers.

    The same strokes give the same bytes.

    Raises:
        NoDrawing: When it is no list of strokes, leaves the field, or is too short or too long.
    """
    strokes = _strokes(text)
    if sum(_length(stroke) for stroke in strokes) < SHORTEST_LINE:
        raise NoDrawing("The line is too short.")
    return _picture(strokes)


def _strokes(text: str) -> list[list[Point]]:
    if len(text) > LONGEST_TEXT:
        raise NoDrawing("Too long.")
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as broken:
        raise NoDrawing("Not JSON.") from broken
    if not isinstance(given, list) or not 0 < len(given) <= MOST_STROKES:
        raise NoDrawing("No strokes.")
    strokes = [_stroke(each) for each in given]
    if sum(len(stroke) for stroke in strokes) > MOST_POINTS:
        raise NoDrawing("Too many points.")
    return strokes


def _stroke(given: Any) -> list[Point]:  # noqa: ANN401  what a browser sent
    if not isinstance(given, list) or not given:
        raise NoDrawing("No points.")
    return [_point(each) for each in given]


def _point(given: Any) -> Point:  # noqa: ANN401  what a browser sent
    if not isinstance(given, list) or len(given) != 2:
        raise NoDrawing("No point.")
    x, y = given
    if type(x) is not int or type(y) is not int or not (0 <= x <= WIDTH and 0 <= y <= HEIGHT):
        raise NoDrawing("Outside the field.")
    return x, y


def _length(stroke: list[Point]) -> float:
    pairs = pairwise(stroke)
    return sum(hypot(there[0] - here[0], there[1] - here[1]) for here, there in pairs)


def _picture(strokes: list[list[Point]]) -> bytes:
    lines = [
        "M" + "L".join(f"{x} {y}" for x, y in (stroke if len(stroke) > 1 else stroke * 2))
        for stroke in strokes
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<path d="{"".join(lines)}" fill="none" stroke="#111" stroke-width="3"'
        ' stroke-linecap="round" stroke-linejoin="round"/></svg>'
    ).encode("ascii")
