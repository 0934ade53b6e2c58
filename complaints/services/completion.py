"""Hand in what was missing: the reporter's answer and files, from the tracking page."""

from collections.abc import Sequence

from django.db import transaction

from complaints.codes import ReportState
from complaints.models import Evidence, Party, Report
from complaints.services.evidence_intake import ArrivedFile, Owner, take_in_file
from complaints.workflow.actions import ReportAction
from complaints.workflow.report import REPORT
from neutrality.audit.actor import Actor
from neutrality.casework.engine import apply_within
from neutrality.casework.models import Step
from neutrality.casework.workflow import StepContext
from neutrality.law.clock import Clock


@transaction.atomic(durable=True)
def complete_report(
    *,
    report: Report,
    answer: str,
    files: Sequence[ArrivedFile],
    expected_version: int,
    actor: Actor,
    clock: Clock,
) -> Step:
    """Take in the answer with its files and send the report back to the initial review.

    Raises:
        Refused: The report does not wait for a completion (any more).
        FileRefused: A file cannot be taken in; nothing is written then.
    """
    locked = REPORT.adapter.lock(report.pk)
    if locked.state == ReportState.AWAITING_COMPLETION and locked.version == expected_version:
        party = Party.objects.filter(report=report, kind="REPORTER").first()
        for file in files:
            _take_in(file, report, party, actor, clock)
    return apply_within(
        workflow=REPORT,
        action=ReportAction.COMPLETE,
        subject_id=report.pk,
        actor=actor,
        clock=clock,
        context=StepContext(expected_version=expected_version, data={"answer": answer}),
    )


def _take_in(
    file: ArrivedFile, report: Report, party: Party | None, actor: Actor, clock: Clock
) -> Evidence:
    owner = Owner(
        matter_id=report.matter_id,
        report_id=report.pk,
        party_id=party.pk if party else None,
    )
    return take_in_file(file=file, owner=owner, actor=actor, clock=clock)
