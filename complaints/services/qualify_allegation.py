"""Say which act of the law an allegation is, at which stage, and so which row of the law."""

from dataclasses import dataclass

from django.db import transaction

from complaints.codes import CaseState
from complaints.models import Allegation, Matter
from complaints.services.office_roles import REVIEWERS, note
from complaints.workflow import refusals
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.elections.selectors import candidate_stage
from neutrality.law.books import rulebook_at
from neutrality.law.clock import Clock
from neutrality.law.codes import ActCode, CandidateStage, Regime
from neutrality.law.rulebook import LawMissing, ViolationRule

OPEN = (CaseState.INTAKE, CaseState.REGISTERED, CaseState.CLARIFICATION, CaseState.ASSESSMENT)


@dataclass(frozen=True, slots=True)
class Qualification:
    """What the officer finds: the act, and a stage only where the computed one does not fit."""

    act: ActCode
    stage: CandidateStage | None = None
    stage_reason: str = ""


@transaction.atomic(durable=True)
def qualify_allegation(
    *, allegation_id: int, found: Qualification, actor: Actor, clock: Clock
) -> ViolationRule:
    """Write act, stage and law row beside the citizen's category, which never changes.

    Raises:
        Refused: Not of this office, the contest is unknown, another stage than the computed one
            has no reason, the law has no such row, or the plenary has it already.
    """
    row = _locked(allegation_id)
    note("allegation.qualify", row.matter, *REVIEWERS, actor=actor, clock=clock, allegation=row.pk)
    if row.matter.state not in OPEN:
        raise refuse(RefusalCode.WRONG_STATE)
    computed = computed_stage(row)
    if computed is None:
        raise Refused(refusals.NO_CONTEST)
    stage = found.stage or computed
    if stage != computed and not found.stage_reason.strip():
        raise Refused(refusals.NO_STAGE_REASON)
    try:
        rule = law_row(row, found.act, stage)
    except LawMissing as missing:
        raise Refused(refusals.NO_LAW_ROW) from missing
    row.act, row.stage, row.violation_code = found.act, stage, rule.code
    row.stage_reason = found.stage_reason.strip() if stage != computed else ""
    row.qualified_at, row.qualified_by_id = clock.now, actor.user_id
    row.save(
        update_fields=[
            "act", "stage", "violation_code", "stage_reason", "qualified_at", "qualified_by"
        ]
    )  # fmt: skip
    return rule


def computed_stage(allegation: Allegation) -> CandidateStage | None:
    """Return the stage on the first day of the act; None while the contest is unknown."""
    if allegation.contest is None:
        return None
    return candidate_stage(contest=allegation.contest, day=allegation.incident.from_on)


def law_row(allegation: Allegation, act: ActCode, stage: CandidateStage) -> ViolationRule:
    """Return what the act is by the law of its first day; raises `LawMissing`."""
    contest = allegation.contest
    regime = Regime(contest.election.regime) if contest else Regime.PILKADA
    return rulebook_at(regime=regime, day=allegation.incident.from_on).violation(act, stage)


def _locked(allegation_id: int) -> Allegation:
    Matter.objects.select_for_update(no_key=True).get(allegations=allegation_id)
    return Allegation.objects.select_related(
        "matter__office__region", "incident", "contest__election", "respondent"
    ).get(pk=allegation_id)
