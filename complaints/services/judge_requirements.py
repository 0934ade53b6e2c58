"""Judge the formal and material requirements of a report, each with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from complaints.codes import ReportState, Verdict
from complaints.models import Evidence, Report, RequirementCheck
from complaints.services.office_roles import REVIEWERS, note
from complaints.workflow import refusals
from complaints.workflow.report import REPORT
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.law.clock import Clock
from neutrality.law.codes import RequirementCode


@dataclass(frozen=True, slots=True)
class Judgement:
    """One requirement with its verdict and why: what is missing, or what shows that it is met.

    `evidence` names by public id what the verdict rests on; it stands for the reason of one that
    is met.
    """

    code: RequirementCode
    verdict: Verdict
    reason: str = ""
    evidence: tuple[str, ...] = ()


@transaction.atomic(durable=True)
def judge_requirements(
    *, report_id: int, judgements: Sequence[Judgement], actor: Actor, clock: Clock
) -> int:
    """Write the verdicts of the present round (Perbawaslu 7/2022 art. 15); return how many.

    A requirement that was judged before in this round is judged anew; the others stay.

    Raises:
        Refused: Not of this office, not in the initial review, a reason is missing, the law in
            force has no such requirement, or evidence of another file is named.
    """
    report: Report = REPORT.adapter.lock(report_id)
    note("report.judge", report, *REVIEWERS, actor=actor, clock=clock, rows=len(judgements))
    if report.state != ReportState.INITIAL_REVIEW:
        raise refuse(RefusalCode.WRONG_STATE)
    _check(report, judgements, clock)
    RequirementCheck.objects.bulk_create(
        (
            RequirementCheck(
                report=report,
                review_round=report.review_round,
                code=each.code,
                verdict=each.verdict,
                reason=each.reason.strip(),
                evidence=list(each.evidence),
                judged_at=clock.now,
                judged_by_id=actor.user_id,
            )
            for each in judgements
        ),
        update_conflicts=True,
        unique_fields=["report", "review_round", "code"],
        update_fields=["verdict", "reason", "evidence", "judged_at", "judged_by"],
    )
    return len(judgements)


def _check(report: Report, judgements: Sequence[Judgement], clock: Clock) -> None:
    named = {key for each in judgements for key in each.evidence}
    if Evidence.objects.filter(matter=report.matter_id, public_id__in=named).count() < len(named):
        raise refuse(RefusalCode.NOT_YOURS)
    known = {row.code for row in REPORT.adapter.rulebook(report, clock).requirements()}
    for each in judgements:
        if each.code not in known:
            raise Refused(refusals.NO_SUCH_REQUIREMENT)
        rests = each.verdict == Verdict.MET and each.evidence
        if not rests and not each.reason.strip():
            raise refuse(RefusalCode.REASON_NEEDED)
