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
    for first, last in _ends(results):
        growth, most = _each(last) / _each(first), limits[first.name].growth
        yield (
            f"{first.name:<24}{last.rows:>9,} ÷ {first.rows:,}{_by(last)}  growth {growth:.2f} x,"
            f" at most {most:g}  {_verdict(growth <= most)}"
        )


def _ends(results: Sequence[Result]) -> Iterator[tuple[Result, Result]]:
    """Yield what each measure took with the fewest rows and with the most."""
    for limit in limits_of_pages():
        own = sorted((each for each in results if each.name == limit.name), key=lambda r: r.rows)
        if len(own) > 1:
            yield own[0], own[-1]


def _each(result: Result) -> float:
    return result.ours_ms / result.out


def _by(result: Result) -> str:
    return f" by each of {result.out:,} rows out" if result.out > 1 else ""


def _verdict(is_met: bool) -> str:  # noqa: FBT001 - the answer is the argument
    return "met" if is_met else "NOT MET"
