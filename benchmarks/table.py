"""The outcome as lines that say met or not met."""

from collections.abc import Iterator, Sequence

from benchmarks.plan import LIMITS, limits_of_pages
from benchmarks.rounds import Result


def lines(results: Sequence[Result]) -> Iterator[str]:
    """Yield one line for each measure and size, then one for each measure's growth."""
    limits = {limit.name: limit for limit in LIMITS}
    for result in results:
        limit = limits[result.name]
        yield (
            f"{result.name:<24}{result.rows:>9,} rows    {result.ours_ms:>9.2f} ms"
            f"  floor {result.floor_ms:>7.2f} ms  {result.ratio:>6.2f} x, at most {limit.times:g}"
            f"  {result.queries:>3} queries  {_verdict(result.ratio <= limit.times)}"
        )
    for name, growth in _growths(results):
        most = limits[name].growth
        yield f"{name:<24}growth {growth:>6.2f} x, at most {most:g}  {_verdict(growth <= most)}"


def _growths(results: Sequence[Result]) -> Iterator[tuple[str, float]]:
    """Yield how much slower each measure is with the most rows than with the fewest."""
    for limit in limits_of_pages():
        own = sorted((each for each in results if each.name == limit.name), key=lambda r: r.rows)
        if len(own) > 1:
            yield limit.name, own[-1].ours_ms / own[0].ours_ms


def _verdict(is_met: bool) -> str:  # noqa: FBT001 - the answer is the argument
    return "met" if is_met else "NOT MET"
