"""Elections as a whole: one election with its contests and general stages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.elections.models import Contest, Election, Stage
from neutrality.law.clock import Clock
from neutrality.law.codes import Certainty, ContestKind, Regime, StageKind
from neutrality.organisations.codes import RegionLevel
from neutrality.organisations.models import Region


class Areas(StrEnum):
    """For which areas a contest is held."""

    NATION = "NATION"
    PROVINCE = "PROVINCE"
    REGENCY = "REGENCY"
    CITY = "CITY"
    REGENCY_AND_CITY = "REGENCY_AND_CITY"


_LEVELS: Final[Mapping[Areas, tuple[RegionLevel, ...]]] = {
    Areas.NATION: (),
    Areas.PROVINCE: (RegionLevel.PROVINCE,),
    Areas.REGENCY: (RegionLevel.REGENCY,),
    Areas.CITY: (RegionLevel.CITY,),
    Areas.REGENCY_AND_CITY: (RegionLevel.REGENCY, RegionLevel.CITY),
}


@dataclass(frozen=True, slots=True)
class ElectionPlan:
    """An election to be; it is open to reports from `valid_from` to before `valid_until`."""

    code: str
    name: str
    regime: Regime
    polling_on: date
    valid_from: date
    valid_until: date
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class ContestRule:
    """One contest per area; `{name}` and `{title}` in the name stand for the region's."""

    kind: ContestKind
    areas: Areas
    name: str
    number_code: str
    number_code_certainty: Certainty
    candidates_determined_on: date | None = None
    decree: str = ""
    except_provinces: frozenset[str] = frozenset()
    only_regions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StagePlan:
    """A stage of the whole election; both days belong to it."""

    kind: StageKind
    starts_on: date
    ends_on: date
    decree: str
    certainty: Certainty


class ElectionKnown(Exception):
    """Another election has the code."""

    def __str__(self) -> str:
        return _("Kode ini sudah dipakai pemilihan lain.")


@transaction.atomic(durable=True)
def announce_new_election(
    *,
    plan: ElectionPlan,
    contests: Iterable[ContestRule],
    stages: Iterable[StagePlan],
    actor: Actor,
    clock: Clock,
) -> Election:
    """Enter an election that nobody has entered yet.

    Raises:
        ElectionKnown: when an election has the code.
    """
    if Election.objects.filter(code=plan.code).exists():
        raise ElectionKnown
    return announce_election(plan=plan, contests=contests, stages=stages, actor=actor, clock=clock)


@transaction.atomic
def announce_election(
    *,
    plan: ElectionPlan,
    contests: Iterable[ContestRule],
    stages: Iterable[StagePlan],
    actor: Actor,
    clock: Clock,
) -> Election:
    """Enter an election with its contests (one insert for all areas) and general stages.

    An election whose code is known is returned as it stands.
    """
    known = Election.objects.filter(code=plan.code).first()
    if known:
        return known
    election = Election.objects.create(
        code=plan.code,
        name=plan.name,
        regime=plan.regime,
        polling_on=plan.polling_on,
        valid_from=plan.valid_from,
        valid_until=plan.valid_until,
        is_demo=plan.is_demo,
    )
    regions = list(Region.objects.exclude(level=RegionLevel.DISTRICT).order_by("code"))
    Contest.objects.bulk_create(
        contest for rule in contests for contest in _contests(election, rule, regions)
    )
    Stage.objects.bulk_create(_stage(election, stage) for stage in stages)
    record(
        what="election.announce",
        subject=SubjectRef("election", election.pk),
        actor=actor,
        clock=clock,
        data={"code": election.code},
    )
    return election


def _contests(election: Election, rule: ContestRule, regions: list[Region]) -> list[Contest]:
    if rule.areas is Areas.NATION:
        return [_contest(election, rule, None)]
    return [_contest(election, rule, region) for region in regions if _is_held(rule, region)]


def _is_held(rule: ContestRule, region: Region) -> bool:
    if region.level not in _LEVELS[rule.areas] or region.lineage[0] in rule.except_provinces:
        return False
    return not rule.only_regions or region.code in rule.only_regions


def _contest(election: Election, rule: ContestRule, region: Region | None) -> Contest:
    return Contest(
        election=election,
        kind=rule.kind,
        region=region,
        name=rule.name.format(name=_bare_name(region), title=_title(region)),
        number_code=rule.number_code,
        number_code_certainty=rule.number_code_certainty,
        candidates_determined_on=rule.candidates_determined_on,
        decree=rule.decree,
    )


def _bare_name(region: Region | None) -> str:
    if region is None:
        return ""
    return region.name.removeprefix("Kabupaten ").removeprefix("Kota ")


def _title(region: Region | None) -> str:
    if region is None:
        return ""
    is_province = region.level == RegionLevel.PROVINCE and not region.name.startswith("Daerah ")
    return f"Provinsi {region.name}" if is_province else region.name


def _stage(election: Election, stage: StagePlan) -> Stage:
    return Stage(
        election=election,
        kind=stage.kind,
        starts_on=stage.starts_on,
        ends_on=stage.ends_on,
        decree=stage.decree,
        certainty=stage.certainty,
    )
