"""Publish the cross-tables of open data once a month, small counts left out."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import Sum

from complaints.models import DataRelease, Figure
from complaints.selectors.alarms import CAPITAL
from complaints.selectors.suppression import settled, suppressed
from complaints.services.count_figures import count_figures
from neutrality.law.clock import Clock
from neutrality.organisations.models import ROOT_OFFICE, Agency, Office

# What the columns of each table are; the rows are the provinces.
TABLES: Final[Mapping[str, str]] = {
    "act": "ACT",
    "stage": "CANDIDATE",
    "position": "POSITION",
    "agency": "AGENCY",
    "outcome": "OUTCOME",
}
# Allegations by election: of these the figures are kept apart anyway.
BY_ELECTION: Final = "election"
Last = Mapping[tuple[str, str, str], tuple[int, str]]


def release_data(*, clock: Clock) -> DataRelease | None:
    """Publish the tables of this month; None when that was done already.

    The figures are counted anew first, so that everything in a release is of one moment.
    """
    today = clock.today_in(CAPITAL)
    if _is_released(today):
        return None
    count_figures(clock=clock)
    return _publish(today, clock)


@transaction.atomic(durable=True)
def _publish(today: date, clock: Clock) -> DataRelease:
    provinces = list(Office.objects.filter(parent__path=ROOT_OFFICE).order_by("path"))
    numbers = {**_numbers(provinces), BY_ELECTION: _by_election(provinces)}
    last, day = _last_shown(), f"{today:%Y-%m-%d}"
    content = {
        name: _table(name, provinces, numbers.get(topic, {}), last, day)
        for name, topic in (*TABLES.items(), (BY_ELECTION, BY_ELECTION))
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return DataRelease.objects.create(
        released_on=today,
        as_of_at=clock.now,
        content=content,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def _is_released(today: date) -> bool:
    return DataRelease.objects.filter(released_on__gte=today.replace(day=1)).exists()


def _numbers(provinces: Sequence[Office]) -> Mapping[str, Mapping[tuple[str, str], int]]:
    rows = Figure.objects.filter(
        path__in=[office.path for office in provinces],
        election=None,
        topic__in=TABLES.values(),
    )
    found: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    for path, topic, key, amount in rows.values_list("path", "topic", "key", "amount"):
        found[topic][path, key] = amount
    return found


def _by_election(provinces: Sequence[Office]) -> Mapping[tuple[str, str], int]:
    rows = Figure.objects.filter(
        path__in=[office.path for office in provinces], election__isnull=False, topic="ACT"
    )
    summed = rows.values_list("path", "election__code").order_by("path").annotate(Sum("amount"))
    return {(path, code): amount for path, code, amount in summed}


def _last_shown() -> Last:
    """Return each count as it was last shown, and since which release; a hidden one was not."""
    found: dict[tuple[str, str, str], tuple[int, str]] = {}
    for release in DataRelease.objects.order_by("released_on").iterator():
        day = f"{release.released_on:%Y-%m-%d}"
        for name, table in release.content.items():
            for row in table["rows"]:
                since = row.get("since") or [day] * len(row["counts"])
                shown = zip(table["columns"], row["counts"], since, strict=True)
                found.update(
                    {
                        (name, row["office"], column): (count, start)
                        for column, count, start in shown
                        if count is not None
                    }
                )
    return found


def _table(
    name: str,
    provinces: Sequence[Office],
    numbers: Mapping[tuple[str, str], int],
    last: Last,
    day: str,
) -> dict[str, Any]:
    keys = sorted({key for _path, key in numbers})
    columns = _columns(name, keys)
    before = [[last.get((name, row.path, column)) for column in columns] for row in provinces]
    counts = [
        [
            settled(numbers.get((office.path, key), 0), then[0] if then else None)
            for key, then in zip(keys, line, strict=True)
        ]
        for office, line in zip(provinces, before, strict=True)
    ]
    # The sums stand in the table like any count: what is small in them is hidden too.
    *shown, (*totals, total) = suppressed(counts)
    return {
        "columns": columns,
        "rows": [
            {
                "office": office.path,
                "name": office.name,
                "counts": row,
                "since": [_since(count, then, day) for count, then in zip(row, line, strict=True)],
                "total": whole,
            }
            for office, (*row, whole), line in zip(provinces, shown, before, strict=True)
        ],
        "totals": totals,
        "total": total,
    }


def _since(count: int | None, then: tuple[int, str] | None, day: str) -> str:
    """Return since which release a count is shown so; one that stayed keeps its day."""
    return then[1] if then and then[0] == count else day


def _columns(name: str, keys: Sequence[str]) -> list[str]:
    """Return the codes of the columns; an agency stands under its own code."""
    if name != "agency":
        return list(keys)
    codes = dict(Agency.objects.filter(pk__in=[int(key) for key in keys]).values_list("pk", "name"))
    return [codes[int(key)] for key in keys]
