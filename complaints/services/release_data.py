"""Publish the cross-tables of open data once a month, small counts left out."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction

from complaints.models import DataRelease, Figure
from complaints.selectors.alarms import CAPITAL
from complaints.selectors.suppression import suppressed
from complaints.services.count_figures import count_figures
from neutrality.law.clock import Clock
from neutrality.organisations.models import ROOT_OFFICE, Agency, Office

# What the columns of each table are; the rows are the provinces.
TABLES: Final[Mapping[str, str]] = {
    "act": "ACT",
    "stage": "CANDIDATE",
    "position": "POSITION",
    "agency": "AGENCY",
}


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
    numbers = _numbers(provinces)
    content = {name: _table(name, provinces, numbers[topic]) for name, topic in TABLES.items()}
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


def _table(
    name: str, provinces: Sequence[Office], numbers: Mapping[tuple[str, str], int]
) -> dict[str, Any]:
    keys = sorted({key for _path, key in numbers})
    counts = [[numbers.get((office.path, key), 0) for key in keys] for office in provinces]
    # The sums stand in the table like any row: what is small in them is hidden too.
    *shown, totals = suppressed([*counts, [sum(column) for column in zip(*counts, strict=True)]])
    return {
        "columns": _columns(name, keys),
        "rows": [
            {"office": office.path, "name": office.name, "counts": row, "total": sum(whole)}
            for office, row, whole in zip(provinces, shown, counts, strict=True)
        ],
        "totals": totals,
    }


def _columns(name: str, keys: Sequence[str]) -> list[str]:
    """Return the codes of the columns; an agency stands under its own code."""
    if name != "agency":
        return list(keys)
    codes = dict(Agency.objects.filter(pk__in=[int(key) for key in keys]).values_list("pk", "name"))
    return [codes[int(key)] for key in keys]
