"""The informant says who it is: the tip becomes a report, under the same code."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from complaints.codes import CodeHolder, PartyKind, ReporterKind, ReportState, Source
from complaints.models import (
    AccessCode,
    Evidence,
    Matter,
    Message,
    Party,
    Report,
    Representation,
    Tip,
)
from complaints.services.case_rows import ATTORNEY_SCOPE, REPORTER, receipt_number
from complaints.services.joined_rows import free_alias
from complaints.services.lodge import as_holder, filing_due
from complaints.workflow import refusals
from complaints.workflow.actions import ReportAction, TipAction
from complaints.workflow.case import CASE
from complaints.workflow.report import REPORT
from complaints.workflow.tip import TIP
from neutrality.audit.actor import Actor
from neutrality.casework.engine import apply_within, create_within
from neutrality.casework.refusals import Refused
from neutrality.casework.workflow import StepContext
from neutrality.law.clock import Clock
from neutrality.vault.models import Identity, IdentityKind
from neutrality.vault.services import IdentityData, seal_identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Who the informant is; `identity` None keeps the one that was sealed with the tip."""

    identity: IdentityData | None
    attorney: IdentityData | None = None
    reporter_kind: ReporterKind = ReporterKind.VOTER
    coworker: bool = False
    expected_version: int | None = None


def may_identify(tip: Tip) -> bool:
    """Whether the informant may still say who it is."""
    return tip.state in TIP.get(TipAction.IDENTIFY).sources


def has_identity(tip: Tip) -> bool:
    """Whether a name was sealed with the tip already."""
    return Party.objects.filter(tip=tip, kind=PartyKind.REPORTER, identity__isnull=False).exists()


def late_since(*, tip: Tip, clock: Clock) -> datetime | None:
    """Return the end of the filing window when it has passed, else None."""
    window, late = _filing_window(tip, clock)
    return window if late else None


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
    _name(tip, report, named, clock)
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
        coworker=tip.coworker or named.coworker,
        state=ReportState.SUBMITTED,
        reporter_kind=named.reporter_kind,
        version=1,
        **_window(tip, clock),
    )


def _window(tip: Tip, clock: Clock) -> dict[str, object]:
    window, late = _filing_window(tip, clock)
    return {"window_due_at": window, "late": late}


def _filing_window(tip: Tip, clock: Clock) -> tuple[datetime | None, bool]:
    if tip.known_on is None:
        return None, False
    window, _ = filing_due(
        office=tip.office, contest=tip.contest, known_on=tip.known_on, clock=clock
    )
    return window.due_at, not window.is_met_by(clock.now)


def _name(tip: Tip, report: Report, named: Named, clock: Clock) -> None:
    """Seal who reports, or let the identity that came with the tip stand for the report."""
    own = Party.objects.filter(tip=tip, kind=PartyKind.REPORTER).first()
    identity = _sealed(named.identity, IdentityKind.REPORTER, clock)
    if own is None and identity is None:
        raise Refused(refusals.NOBODY_NAMED)
    if own is None:
        matter: Matter = CASE.adapter.lock(tip.matter_id)  # nobody else takes a name meanwhile
        taken = set(matter.parties.values_list("alias", flat=True))
        own = Party(matter=matter, kind=PartyKind.REPORTER, alias=free_alias(REPORTER, taken))
    own.report, own.identity = report, identity or own.identity
    own.save()
    _represent(own, named.attorney, tip, clock)


def _represent(party: Party, data: IdentityData | None, tip: Tip, clock: Clock) -> None:
    """Seal the attorney who speaks for the reporter; the code in use is the attorney's then."""
    attorney = _sealed(data, IdentityKind.ATTORNEY, clock)
    if attorney is None:
        return
    power = Representation.objects.create(
        party=party,
        identity=attorney,
        scope=ATTORNEY_SCOPE,
        from_on=clock.today_in(tip.office.tz),
    )
    AccessCode.objects.filter(tip=tip).update(holder=CodeHolder.ATTORNEY, representation=power)


def _sealed(data: IdentityData | None, kind: IdentityKind, clock: Clock) -> Identity | None:
    return seal_identity(data=data, kind=kind, clock=clock) if data else None


def _move(tip: Tip, report: Report) -> None:
    """Let code, mailbox and evidence of the tip lead to the report."""
    AccessCode.objects.filter(tip=tip).update(tip=None, report=report)
    Message.objects.filter(tip=tip).update(tip=None, report=report)
    Evidence.objects.filter(tip=tip, report__isnull=True).update(report=report)
    Party.objects.filter(tip=tip, kind=PartyKind.WITNESS).update(report=report)
