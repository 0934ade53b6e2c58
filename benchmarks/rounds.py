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


def needed(rounds: int, times: int) -> int:
    """Return how many requests a measure is asked, those of the warm-up included."""
    return rounds * (times + WARM_UP)


def run(sites: Iterable[Site], *, rounds: int, times: int) -> list[Result]:
    """Measure every site, `times` requests of ours and of the floor in each round."""
    sites = list(sites)
    taken: dict[tuple[int, str], list[tuple[float, float]]] = defaultdict(list)
    queues = {
        (site.rows, measure.name): cycle(measure.requests)
        for site in sites
        for measure in site.measures
    }
    for _ in range(rounds):
        for name in FLOOR_OF:
            for site in sites:
                key = (site.rows, name)
                taken[key].append(_round(site, queues[key], FLOORS[FLOOR_OF[name]], times))
    queries = {(site.rows, each.name): each.queries for site in sites for each in site.measures}
    return [
        _result(name, rows, pairs, queries[rows, name]) for (rows, name), pairs in taken.items()
    ]


def _round(site: Site, ours: "cycle[Request]", floor: Request, times: int) -> tuple[float, float]:
    """Return the medians of ours and of the floor over a connection that is warm."""
    client = Client(site.port)
    for _ in range(WARM_UP):
        client.milliseconds(floor)
        client.milliseconds(next(ours))
    pairs = [(client.milliseconds(next(ours)), client.milliseconds(floor)) for _ in range(times)]
    client.close()
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def _result(name: str, rows: int, pairs: list[tuple[float, float]], queries: int) -> Result:
    ours, floor = (median(pair[side] for pair in pairs) for side in (0, 1))
    return Result(
        name=name,
        rows=rows,
        ours_ms=round(ours, 3),
        floor_ms=round(floor, 3),
        ratio=round(ours / floor, 2),
        queries=queries,
    )
