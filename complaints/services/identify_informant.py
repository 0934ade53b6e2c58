"""The informant says who it is: the tip becomes a report, under the same code."""

from dataclasses import dataclass

from django.db import transaction

from complaints.codes import PartyKind, ReporterKind, ReportState, Source
from complaints.models import AccessCode, Evidence, Message, Party, Report, Tip
from complaints.services.case_rows import receipt_number
from complaints.services.lodge import as_holder, filing_due
from complaints.workflow import refusals
from complaints.workflow.actions import ReportAction, TipAction
from complaints.workflow.report import REPORT
from complaints.workflow.tip import TIP
from neutrality.audit.actor import Actor
from neutrality.casework.engine import apply_within, create_within
from neutrality.casework.refusals import Refused
from neutrality.casework.workflow import StepContext
from neutrality.law.clock import Clock
from neutrality.vault.models import IdentityKind
from neutrality.vault.services import IdentityData, seal_identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Who the informant is; `identity` None keeps the one that was sealed with the tip."""

    identity: IdentityData | None
    reporter_kind: ReporterKind = ReporterKind.VOTER
    expected_version: int | None = None


@transaction.atomic(durable=True)
def identify_informant(*, tip_id: int, named: Named, actor: Actor, clock: Clock) -> Report:
    """Write a report in the same matter and end the tip; its code and mailbox open the report.

    The filing window is counted to now: a tip was no report (Perbawaslu 7/2022 art. 8, 15).

    Raises:
        Refused: Not theirs, the tip is no longer open, or nobody is named.
    """
    tip: Tip = TIP.adapter.lock(tip_id)
    report = _report(tip, named, clock)
    report.save(force_insert=True)
    create_within(
        workflow=REPORT,
        action=ReportAction.SUBMIT,
        subject=report,
        actor=as_holder(actor=actor, party_ref=f"report:{report.pk}"),
        clock=clock,
    )
    apply_within(
        workflow=TIP,
        action=TipAction.IDENTIFY,
        subject_id=tip.pk,
        actor=actor,
        clock=clock,
        context=StepContext(expected_version=named.expected_version, data={"report": report.pk}),
    )
    _name(tip, report, named.identity, clock)
    _move(tip, report)
    return report


def _report(tip: Tip, named: Named, clock: Clock) -> Report:
    return Report(
        matter=tip.matter,
        office=tip.office,
        office_path=tip.office_path,
        contest=tip.contest,
        source=Source(tip.source),
        language=tip.language,
        receipt_number=receipt_number(prefix="S", clock=clock),
        account=tip.account,
        respondent_line=tip.respondent_line,
        agency_line=tip.agency_line,
        act_line=tip.act_line,
        known_on=tip.known_on,
        submitted_at=clock.now,
        declared_at=clock.now,
        coworker=tip.coworker,
        state=ReportState.SUBMITTED,
        reporter_kind=named.reporter_kind,
        version=1,
        **_window(tip, clock),
    )


def _window(tip: Tip, clock: Clock) -> dict[str, object]:
    if tip.known_on is None:
        return {}
    window, _ = filing_due(
        office=tip.office, contest=tip.contest, known_on=tip.known_on, clock=clock
    )
    return {"window_due_at": window.due_at, "late": not window.is_met_by(clock.now)}


def _name(tip: Tip, report: Report, data: IdentityData | None, clock: Clock) -> None:
    """Seal who reports, or let the identity that came with the tip stand for the report."""
    reporters = Party.objects.filter(matter_id=tip.matter_id, kind=PartyKind.REPORTER)
    own = reporters.filter(tip=tip).first()
    identity = seal_identity(data=data, kind=IdentityKind.REPORTER, clock=clock) if data else None
    if own is not None:
        Party.objects.filter(pk=own.pk).update(report=report, identity=identity or own.identity)
        return
    if identity is None:
        raise Refused(refusals.NOBODY_NAMED)
    others = reporters.count()
    alias = f"Pelapor {others + 1}" if others else "Pelapor"
    Party.objects.create(
        matter_id=tip.matter_id,
        kind=PartyKind.REPORTER,
        alias=alias,
        report=report,
        identity=identity,
    )


def _move(tip: Tip, report: Report) -> None:
    """Let code, mailbox and evidence of the tip lead to the report."""
    AccessCode.objects.filter(tip=tip).update(tip=None, report=report)
    Message.objects.filter(tip=tip).update(tip=None, report=report)
    Evidence.objects.filter(tip=tip, report__isnull=True).update(report=report)
    Party.objects.filter(tip=tip, kind=PartyKind.WITNESS).update(report=report)
