"""The measuring itself: floor and ours in turn, round after round, in all sizes at once.

Whatever else the machine does in a round slows floor and ours alike, small and large; a ratio
of medians stays.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import cycle
from statistics import median
from typing import Final

from benchmarks.client import Client
from benchmarks.plan import Floor, Measure, Request, limits_of_pages

WARM_UP: Final = 3
FLOORS: Final[Mapping[Floor, Request]] = {
    "write": Request("/lantai/tulis/", form={"uraian": "contoh"}, expects=204),
    "read": Request("/lantai/baca/"),
}
ROWS: Final = "/lantai/baris/?banyak="
FLOOR_OF: Final = {limit.name: limit.floor for limit in limits_of_pages()}


@dataclass(frozen=True, slots=True)
class Site:
    """One size that is being served."""

    rows: int
    port: int
    measures: list[Measure]


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the outcome; the name of the fields are those of the JSON."""

    name: str
    rows: int
    ours_ms: float
    floor_ms: float
    ratio: float
    queries: int
    out: int = 1


def needed(rounds: int, times: int) -> int:
    """Return how many requests a measure is asked, those of the warm-up included."""
    return rounds * (times + WARM_UP)


def run(sites: Iterable[Site], *, rounds: int, times: int) -> list[Result]:
    """Measure every site, `times` requests of ours and of the floor in each round."""
    sites = list(sites)
    taken: dict[tuple[int, str], list[tuple[float, float]]] = defaultdict(list)
    measures = {(site.rows, each.name): each for site in sites for each in site.measures}
    queues = {key: cycle(measure.requests) for key, measure in measures.items()}
    for _ in range(rounds):
        for name in FLOOR_OF:
            for site in sites:
                key = (site.rows, name)
                taken[key].append(_round(site, queues[key], _floor(measures[key]), times))
    return [_result(measures[key], key[0], pairs) for key, pairs in taken.items()]


def _floor(measure: Measure) -> Request:
    """Return what the measure is compared with; rows with as many bare rows."""
    kind = FLOOR_OF[measure.name]
    return Request(f"{ROWS}{measure.out}") if kind == "rows" else FLOORS[kind]


def _round(site: Site, ours: "cycle[Request]", floor: Request, times: int) -> tuple[float, float]:
    """Return the medians of ours and of the floor over a connection that is warm."""
    client = Client(site.port)
    for _ in range(WARM_UP):
        client.milliseconds(floor)
        client.milliseconds(next(ours))
    pairs = [(client.milliseconds(next(ours)), client.milliseconds(floor)) for _ in range(times)]
    client.close()
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def _result(measure: Measure, rows: int, pairs: list[tuple[float, float]]) -> Result:
    ours, floor = (median(pair[side] for pair in pairs) for side in (0, 1))
    return Result(
        name=measure.name,
        rows=rows,
        ours_ms=round(ours, 3),
        floor_ms=round(floor, 3),
        ratio=round(ours / floor, 2),
        queries=measure.queries,
        out=measure.out,
    )
