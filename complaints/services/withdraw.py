"""Withdraw a report: before registration it ends, afterwards it is only recorded."""

from complaints.codes import ReportState
from complaints.models import Report
from complaints.workflow.actions import ReportAction
from complaints.workflow.report import REPORT
from neutrality.audit.actor import Actor
from neutrality.casework.engine import apply
from neutrality.casework.models import Step
from neutrality.casework.refusals import RefusalCode, refuse
from neutrality.casework.workflow import StepContext
from neutrality.law.clock import Clock


def withdraw_report(
    *, report: Report, reason: str, expected_version: int, actor: Actor, clock: Clock
) -> Step:
    """Withdraw by the reporter (Perbawaslu 7/2022 art. 14(1)); once registered, record it (17(3)).

    Raises:
        Refused: Its state allows neither, it was recorded before, or somebody else was faster.
    """
    if report.withdrawal_recorded_at is not None:
        raise refuse(RefusalCode.WRONG_STATE)
    return apply(
        workflow=REPORT,
        action=withdrawal_of(report),
        subject_id=report.pk,
        actor=actor,
        clock=clock,
        context=StepContext(reason=reason, expected_version=expected_version),
    )


def withdrawal_of(report: Report) -> ReportAction:
    """Return which of the two steps it is now."""
    registered = report.state == ReportState.REGISTERED
    return ReportAction.RECORD_WITHDRAWAL if registered else ReportAction.WITHDRAW


def may_withdraw(report: Report) -> bool:
    """Whether the button is offered."""
    if report.withdrawal_recorded_at is not None:
        return False
    return report.state in REPORT.get(withdrawal_of(report)).sources
