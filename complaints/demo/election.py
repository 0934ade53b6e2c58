"""The election of the demo: it runs today, so that the form accepts reports."""

from datetime import date, timedelta
from typing import Final

from complaints.demo.places import CITIES
from neutrality.audit.actor import SYSTEM
from neutrality.elections.models import Contest, Election
from neutrality.elections.services import (
    Areas,
    ContestRule,
    ElectionPlan,
    StagePlan,
    announce_election,
)
from neutrality.law.clock import Clock
from neutrality.law.codes import Certainty, ContestKind, Regime, StageKind

DECREE: Final = "Keputusan contoh untuk peragaan"
# Days from today: each stage with its first and last day.
STAGES: Final = (
    (StageKind.PREPARATION, -200, -91),
    (StageKind.REGISTRATION, -90, -61),
    (StageKind.DETERMINATION, -60, -60),
    (StageKind.CAMPAIGN, -57, 40),
    (StageKind.QUIET, 41, 43),
    (StageKind.VOTING, 44, 44),
    (StageKind.RECAPITULATION, 45, 63),
)


def running_election(*, today: date, clock: Clock) -> Election:
    """Announce "Pemilihan Contoh": governors everywhere in the three provinces, three mayors."""

    def day(offset: int) -> date:
        return today + timedelta(days=offset)

    cities = frozenset(city.region for city in CITIES)
    provinces = frozenset(city.region[:2] for city in CITIES)
    return announce_election(
        plan=ElectionPlan(
            code="pemilihan-contoh",
            name="Pemilihan Contoh",
            regime=Regime.PILKADA,
            polling_on=day(44),
            valid_from=day(-200),
            valid_until=day(120),
            is_demo=True,
        ),
        contests=[
            _rule(
                ContestKind.GOVERNOR, Areas.PROVINCE, "Gubernur {name}", "PG", provinces, day(-60)
            ),
            _rule(ContestKind.MAYOR, Areas.CITY, "Wali Kota {name}", "PW", cities, day(-60)),
        ],
        stages=[
            StagePlan(kind, day(first), day(last), DECREE, Certainty.INFERRED)
            for kind, first, last in STAGES
        ],
        actor=SYSTEM,
        clock=clock,
    )


def mayor_of(election: Election, region: str) -> Contest:
    """Return the contest for the mayor of a city."""
    rows = Contest.objects.select_related("election", "region")
    return rows.get(election=election, kind=ContestKind.MAYOR, region__code=region)


def _rule(
    kind: ContestKind,
    areas: Areas,
    name: str,
    code: str,
    regions: frozenset[str],
    determined: date,
) -> ContestRule:
    return ContestRule(
        kind=kind,
        areas=areas,
        name=name,
        number_code=code,
        number_code_certainty=Certainty.MEMORY,
        candidates_determined_on=determined,
        decree=DECREE,
        only_regions=regions,
    )
