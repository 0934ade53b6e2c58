"""Receive a report: identity checked, originals seen, LP number and receipt given."""

from collections.abc import Collection

from django.db import transaction

from complaints.models import Custody, Evidence, Report
from complaints.workflow.actions import ReportAction
from complaints.workflow.report import REPORT
from neutrality.audit.actor import Actor
from neutrality.casework.engine import apply_within
from neutrality.casework.models import Step
from neutrality.casework.workflow import StepContext
from neutrality.law.clock import Clock

ORIGINAL_SEEN = "ORIGINAL_SEEN"


@transaction.atomic(durable=True)
def receive_report(
    *,
    report_id: int,
    originals: Collection[str],
    context: StepContext,
    actor: Actor,
    clock: Clock,
) -> Step:
    """Apply RECEIVE, and note each original that was shown in its chain of custody.

    Raises:
        Refused: As the table says (Perbawaslu 7/2022 art. 11, 13).
    """
    step = apply_within(
        workflow=REPORT,
        action=ReportAction.RECEIVE,
        subject_id=report_id,
        actor=actor,
        clock=clock,
        context=context,
    )
    report = Report.objects.get(pk=report_id)
    seen = Evidence.objects.filter(matter_id=report.matter_id, public_id__in=list(originals))
    Custody.objects.bulk_create(
        Custody(evidence=row, act=ORIGINAL_SEEN, who=actor.label, happened_at=step.occurred_at)
        for row in seen
    )
    return step
