"""The elections of the seeds, and one that is made for the test."""

from datetime import UTC, date, datetime

import pytest

from neutrality.audit.actor import SYSTEM
from neutrality.elections.seeding import load_elections
from neutrality.elections.services import (
    Areas,
    ContestRule,
    ElectionPlan,
    StagePlan,
    announce_election,
)
from neutrality.law.clock import Clock
from neutrality.law.codes import Certainty, ContestKind, Regime, StageKind

POLLING = date(2026, 6, 17)


@pytest.fixture
def clock():
    return Clock(now=datetime(2024, 10, 1, 3, tzinfo=UTC))


@pytest.fixture
def elections(db, clock):
    load_elections(clock=clock)


@pytest.fixture
def sample(db, clock):
    """An election of a mayor in Kediri and a regent nowhere else."""
    return announce_election(
        plan=ElectionPlan(
            code="contoh",
            name="Pemilihan Contoh",
            regime=Regime.PILKADA,
            polling_on=POLLING,
            valid_from=date(2026, 1, 1),
            valid_until=date(2026, 8, 1),
            is_demo=True,
        ),
        contests=[
            ContestRule(
                kind=ContestKind.MAYOR,
                areas=Areas.CITY,
                name="Wali Kota {name}",
                number_code="PW",
                number_code_certainty=Certainty.INFERRED,
                only_regions=frozenset({"35.71", "61.71"}),
            )
        ],
        stages=[
            StagePlan(
                kind=StageKind.QUIET,
                starts_on=date(2026, 6, 14),
                ends_on=date(2026, 6, 16),
                decree="Keputusan contoh",
                certainty=Certainty.FOUND,
            ),
            StagePlan(
                kind=StageKind.VOTING,
                starts_on=POLLING,
                ends_on=POLLING,
                decree="Keputusan contoh",
                certainty=Certainty.FOUND,
            ),
        ],
        actor=SYSTEM,
        clock=clock,
    )
