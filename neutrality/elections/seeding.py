"""The elections of the CSV files of the package."""

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from django.db import transaction

from neutrality.audit.actor import SYSTEM
from neutrality.elections.models import Election
from neutrality.elections.services import (
    Areas,
    ContestRule,
    ElectionPlan,
    StagePlan,
    announce_election,
)
from neutrality.law.clock import Clock
from neutrality.law.codes import Certainty, ContestKind, Regime, StageKind
from neutrality.organisations.models import Region

SEEDS: Final = Path(__file__).parent / "seeds"

Row = Mapping[str, str]


class RegionsMissing(Exception):
    """Elections are held in regions, so `load_regions` comes first."""


@transaction.atomic(durable=True)
def load_elections(*, clock: Clock) -> int:
    """Add the elections that are missing; return how many elections are known then.

    Raises:
        RegionsMissing: when no region is there yet.
    """
    if not Region.objects.exists():
        raise RegionsMissing("Run load_regions first: elections are held in regions.")
    contests, stages = _rows("contests"), _rows("stages")
    for row in _rows("elections"):
        announce_election(
            plan=_plan(row),
            contests=[_rule(each) for each in contests if each["election"] == row["code"]],
            stages=[_stage(each) for each in stages if each["election"] == row["code"]],
            actor=SYSTEM,
            clock=clock,
        )
    return Election.objects.count()


def _rows(name: str) -> list[Row]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _plan(row: Row) -> ElectionPlan:
    return ElectionPlan(
        code=row["code"],
        name=row["name"],
        regime=Regime(row["regime"]),
        polling_on=date.fromisoformat(row["polling_on"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_until=date.fromisoformat(row["valid_until"]),
    )


def _rule(row: Row) -> ContestRule:
    return ContestRule(
        kind=ContestKind(row["kind"]),
        areas=Areas(row["areas"]),
        name=row["name"],
        number_code=row["number_code"],
        number_code_certainty=Certainty(row["number_code_certainty"]),
        candidates_determined_on=date.fromisoformat(row["candidates_determined_on"]),
        decree=row["decree"],
        except_provinces=frozenset(row["except_provinces"].split()),
    )


def _stage(row: Row) -> StagePlan:
    return StagePlan(
        kind=StageKind(row["kind"]),
        starts_on=date.fromisoformat(row["starts_on"]),
        ends_on=date.fromisoformat(row["ends_on"]),
        decree=row["decree"],
        certainty=Certainty(row["certainty"]),
    )
