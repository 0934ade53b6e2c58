"""The report's workflow: the table joined to its rows."""

# An adapter answers with what it needs of the arguments that every adapter is given.
# ruff: noqa: ARG001, ARG002

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from complaints.codes import PartyKind, ReportState, Source
from complaints.models import CompletionItem, CompletionRequest, Party, Report, Tip
from complaints.papers import report_papers
from complaints.services.numbering import Series, numbered
from complaints.services.recipients import Pair, addressed, context_of, with_attorneys
from complaints.services.release_assignments import release_of_file
from complaints.workflow import refusals
from complaints.workflow.actions import ReportAction, TipAction
from complaints.workflow.base import CORRECTED, ComplaintAdapter
from complaints.workflow.handover import hand_over, target_office
from complaints.workflow.messages import MessageKind
from complaints.workflow.report_table import REPORT_ENDS, REPORT_TABLE
from complaints.workflow.tip import TIP, open_case, reopen_intake, use_agenda_item
from neutrality.accounts.roles import Role
from neutrality.casework.clocks import void_clocks
from neutrality.casework.engine import create_within
from neutrality.casework.models import ClockState, LegalClock, Step
from neutrality.casework.refusals import Refusal
from neutrality.casework.workflow import Act, Transition, Workflow
from neutrality.documents.drafts import DocumentDraft
from neutrality.documents.services import issue
from neutrality.elections.models import Contest
from neutrality.law.clock import Clock
from neutrality.law.codes import PeriodCode, RegisterKind
from neutrality.notifications.services import Recipient
from neutrality.ui.prepared import Prepared


def _reporters(report: int) -> QuerySet[Party, Pair]:
    return with_attorneys(Party.objects.filter(report=report, kind=PartyKind.REPORTER))


_REPORTERS: Final = Prepared(_reporters)


class ReportAdapter(ComplaintAdapter[Report]):
    """What each step of a report reads and writes beside the state."""

    model = Report
    related = ("office__region", "contest__election", "matter")
    kind = "report"

    def clock_start(self, code: PeriodCode, subject: Report, act: Act) -> datetime | None:
        """Return the legal time; the completion runs only from the proof of delivery."""
        return None if code is PeriodCode.COMPLETION else act.occurred_at

    def document(self, transition: Transition, subject: Report, act: Act) -> DocumentDraft | None:
        """Return the draft of the transition's document."""
        form = transition.form
        return report_papers.PAPERS[form](subject, act) if form else None

    def recipients(self, kind: str, subject: Report) -> list[Recipient]:
        """Return the reporter, by sealed identity."""
        return addressed(_REPORTERS(report=subject.pk), kind=kind)

    def language(self, kind: str, subject: Report) -> str:
        """Return the language in which the person filed."""
        return subject.language

    def message_context(self, kind: str, subject: Report) -> Mapping[str, str]:
        """Return the office only."""
        return context_of(kind=kind, office=subject.office.name)

    def after(self, transition: Transition, subject: Report, act: Act) -> Mapping[str, Any]:
        """Return the columns that change with the state."""
        change = AFTER.get(ReportAction(transition.action))
        ended = {"ended_at": act.occurred_at} if transition.target in REPORT_ENDS else {}
        return {**ended, **(change(subject, act) if change else {})}

    def follow(self, transition: Transition, subject: Report, act: Act, step: Step) -> None:
        """Write what else belongs to the step, then the earliest clock."""
        more = FOLLOW.get(ReportAction(transition.action))
        if more:
            more(subject, act)
        use_agenda_item(act)
        if transition.action in TAKEN_IN and subject.assignee_id:
            release_of_file(matter_id=subject.matter_id, actor=act.actor, clock=act.clock)
        super().follow(transition, subject, act, step)

    def keeps(self, transition: Transition, subject: Report, step: Step) -> Refusal | None:
        """Return that a notice stands to which the reporter has saved an answer, which would be lost."""
        asks = transition.action == ReportAction.ASK_FOR_COMPLETION
        return refusals.COMPLETION_BEGUN if asks and _is_being_answered(subject) else None

    def undo(self, transition: Transition, subject: Report, step: Step, clock: Clock) -> None:
        """Take back the notice of incompleteness that a mistaken step asked for, and its period."""
        if transition.action == ReportAction.ASK_FOR_COMPLETION:
            asked = _open_requests(subject)
            CompletionItem.objects.filter(request__in=asked).delete()
            asked.delete()
            codes = [PeriodCode.COMPLETION]  # begun by the receipt, so by no step
            void_clocks(subject=subject.ref(), codes=codes, reason=CORRECTED, clock=clock)
        super().undo(transition, subject, step, clock)


def _open_requests(report: Report) -> QuerySet[CompletionRequest]:
    return CompletionRequest.objects.filter(
        report=report, review_round=report.review_round, answered_at__isnull=True
    )


def _is_being_answered(report: Report) -> bool:
    saved = ~Q(answer="") | Q(answered_at__isnull=False) | Q(files__isnull=False)
    return CompletionItem.objects.filter(saved, request__in=_open_requests(report)).exists()


def _received(report: Report, act: Act) -> dict[str, Any]:
    number = numbered(
        series=Series(RegisterKind.LP, report.office, _contest(report)),
        matter=report.matter,
        paper_number=str(act.data.get("paper_number", "")),
        reason=act.reason,
        actor=act.actor,
        clock=act.clock,
    )
    return {
        "number": number,
        "received_at": act.occurred_at,
        "identity_check": act.data["identity_check"],
        "identity_checked_at": act.clock.now,
        "identity_checked_by_id": act.actor.user_id,
    }


def _registered(report: Report, act: Act) -> dict[str, Any]:
    number = numbered(
        series=Series(RegisterKind.REG_LP, report.office, _contest(report)),
        matter=report.matter,
        paper_number=str(act.data.get("paper_number", "")),
        reason=act.reason,
        actor=act.actor,
        clock=act.clock,
    )
    return {"register_number": number, "registered_at": act.occurred_at}


def _next_round(report: Report, act: Act) -> dict[str, Any]:
    return {"review_round": report.review_round + 1}


def _moved(report: Report, act: Act) -> dict[str, Any]:
    return target_office(act)


def _withdrawal_noted(report: Report, act: Act) -> dict[str, Any]:
    return {"withdrawal_recorded_at": act.occurred_at}


def _contest(report: Report) -> Contest:
    if report.contest is None:
        raise ValueError("A number needs a contest; the guard asks for it before.")
    return report.contest


def _write_form_b1(report: Report, act: Act) -> None:
    issue(draft=report_papers.form_b1(report, act), actor=act.actor, clock=act.clock)


def _open_completion(report: Report, act: Act) -> None:
    missing = report_papers.missing_lines(report, act)
    request = CompletionRequest.objects.create(
        report=report,
        review_round=report.review_round,
        asked_at=act.clock.now,
        asked_by_id=act.actor.user_id,
        missing=[line.label for line in missing],
    )
    codes = report_papers.failed_checks(report).values_list("code", flat=True)
    CompletionItem.objects.bulk_create(
        CompletionItem(
            request=request, position=place, code=code, label=line.label, reason=line.reason
        )
        for place, (code, line) in enumerate(zip(codes, missing, strict=True), 1)
    )


def _close_completion(report: Report, act: Act) -> None:
    late = LegalClock.objects.filter(
        subject_kind="report",
        subject_id=report.pk,
        code=PeriodCode.COMPLETION,
        state=ClockState.LATE,
        stopped_at=act.occurred_at,
    )
    CompletionRequest.objects.filter(report=report, review_round=report.review_round - 1).update(
        answered_at=act.clock.now, answer=str(act.data.get("answer", "")), late=late.exists()
    )


def _become_tip(report: Report, act: Act) -> None:
    """Carry a report on as informasi awal; code, account and parties stay where they are."""
    tip = Tip.objects.create(
        matter=report.matter,
        office=report.office,
        office_path=report.office_path,
        contest=report.contest,
        source=Source(report.source),
        language=report.language,
        receipt_number=f"{report.receipt_number}-IA",
        account=report.account,
        respondent_line=report.respondent_line,
        agency_line=report.agency_line,
        act_line=report.act_line,
        known_on=report.known_on,
        submitted_at=report.submitted_at,
        anonymous=False,
        from_report=report,
        version=1,
    )
    create_within(
        workflow=TIP, action=TipAction.RECORD, subject=tip, actor=act.actor, clock=act.clock
    )


def _carry_on_as_tip(report: Report, act: Act) -> None:
    """Make the tip; a file that was closed with the report runs again with it."""
    _become_tip(report, act)
    reopen_intake(report.matter_id, act)


def _open_case(report: Report, act: Act) -> None:
    open_case(report.matter_id, _contest(report), act)


def _hand_over(report: Report, act: Act) -> None:
    hand_over(report.matter_id, report.office, act)


def _refer(report: Report, act: Act) -> None:
    from complaints.services.send_package import send_from_decision  # noqa: PLC0415  needs REFERRAL

    send_from_decision(matter=report.matter, act=act)


# From here on the counter has done its part.
TAKEN_IN: Final = frozenset({ReportAction.RECEIVE, ReportAction.ACCEPT_TRANSFER})
After = Callable[[Report, Act], dict[str, Any]]
Follow = Callable[[Report, Act], None]

AFTER: Final[dict[ReportAction, After]] = {
    ReportAction.RECEIVE: _received,
    ReportAction.REGISTER: _registered,
    ReportAction.COMPLETE: _next_round,
    ReportAction.TRANSFER: _moved,
    ReportAction.REROUTE: _moved,
    ReportAction.RECORD_WITHDRAWAL: _withdrawal_noted,
}
FOLLOW: Final[dict[ReportAction, Follow]] = {
    ReportAction.RECEIVE: _write_form_b1,
    ReportAction.ASK_FOR_COMPLETION: _open_completion,
    ReportAction.COMPLETE: _close_completion,
    ReportAction.TAKE_AS_TIP: _become_tip,
    ReportAction.MAKE_TIP: _carry_on_as_tip,
    ReportAction.REGISTER: _open_case,
    ReportAction.TRANSFER: _hand_over,
    ReportAction.REROUTE: _hand_over,
    ReportAction.REFER: _refer,
}

REPORT: Final = Workflow(
    name="report",
    subject_kind="report",
    title=_("Laporan"),
    states=ReportState,
    initial=ReportState.SUBMITTED,
    terminal=REPORT_ENDS,
    transitions=REPORT_TABLE,
    adapter=ReportAdapter(),
    correction_notice=MessageKind.STEP_CORRECTED,
    correctors=frozenset({Role.HANDLER, Role.COMMISSIONER, Role.SUPERVISOR}),
)
