"""The election of the demo: it runs today, so that the form accepts reports."""

from datetime import date, timedelta
from typing import Final

from django.db import transaction

from complaints.demo.places import CITIES
from neutrality.audit.actor import SYSTEM
from neutrality.audit.record import SubjectRef, record
from neutrality.elections.models import Contest, Election, Stage
from neutrality.elections.services import (
    Areas,
    ContestRule,
    ElectionPlan,
    StagePlan,
    announce_election,
)
from neutrality.law.clock import Clock
from neutrality.law.codes import Certainty, ContestKind, Regime, StageKind

CODE: Final = "pemilihan-contoh"
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
POLLING: Final = 44
END: Final = 120


def running_election(*, today: date, clock: Clock) -> Election:
    """Announce "Pemilihan Contoh": governors everywhere in the three provinces, three mayors."""

    def day(offset: int) -> date:
        return today + timedelta(days=offset)

    cities = frozenset(city.region for city in CITIES)
    provinces = frozenset(city.region[:2] for city in CITIES)
    return announce_election(
        plan=ElectionPlan(
            code=CODE,
            name="Pemilihan Contoh",
            regime=Regime.PILKADA,
            polling_on=day(POLLING),
            valid_from=day(-200),
            valid_until=day(END),
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


@transaction.atomic(durable=True)
def carry_on(*, today: date, clock: Clock) -> bool:
    """Move what the kept election still has before it on, once its campaign is over.

    What is past stays: acts keep the stage of their day. Return whether anything was moved.
    """
    election = Election.objects.select_for_update().filter(code=CODE, is_demo=True).first()
    stages = Stage.objects.filter(election=election)
    if election is None or not stages.filter(kind=StageKind.CAMPAIGN, ends_on__lt=today).exists():
        return False
    for kind, first, last in STAGES:
        ahead = {"ends_on": today + timedelta(days=last)} if last > 0 else {}
        if first > 0:
            ahead["starts_on"] = today + timedelta(days=first)
        if ahead:
            stages.filter(kind=kind).update(**ahead)
    election.polling_on = today + timedelta(days=POLLING)
    election.valid_until = today + timedelta(days=END)
    election.save(update_fields=["polling_on", "valid_until"])
    record(
        what="election.carry_on",
        subject=SubjectRef("election", election.pk),
        actor=SYSTEM,
        clock=clock,
        data={"polling_on": election.polling_on.isoformat()},
    )
    return True


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
