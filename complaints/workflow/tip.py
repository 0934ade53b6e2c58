"""The workflow of preliminary information: the table joined to its rows."""

# An adapter answers with what it needs of the arguments that every adapter is given.
# ruff: noqa: ARG001, ARG002

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from complaints.codes import CaseState, PartyKind, TipState
from complaints.models import AgendaItem, Finding, Matter, Party, Tip
from complaints.papers import tip_papers
from complaints.services.numbering import Series, numbered
from complaints.services.recipients import context_of, recipients_of
from complaints.tallies import count_file_under
from complaints.workflow import refusals
from complaints.workflow.actions import CaseAction, TipAction
from complaints.workflow.base import ComplaintAdapter
from complaints.workflow.case import CASE
from complaints.workflow.guards import case_is_over
from complaints.workflow.handover import hand_over, target_office
from complaints.workflow.messages import MessageKind
from complaints.workflow.tip_table import TIP_ENDS, TIP_TABLE
from neutrality.accounts.roles import Role
from neutrality.casework.engine import apply_within
from neutrality.casework.models import Step
from neutrality.casework.refusals import Refused
from neutrality.casework.workflow import Act, StepContext, Transition, Workflow
from neutrality.documents.drafts import DocumentDraft
from neutrality.elections.models import Contest
from neutrality.law.codes import RegisterKind
from neutrality.notifications.services import Recipient


class TipAdapter(ComplaintAdapter[Tip]):
    """What each step of a tip reads and writes beside the state."""

    model = Tip
    related = ("office__region", "contest__election", "matter")
    kind = "tip"

    def document(self, transition: Transition, subject: Tip, act: Act) -> DocumentDraft | None:
        """Return the draft of the transition's document."""
        form = transition.form
        return tip_papers.PAPERS[form](subject, act) if form else None

    def recipients(self, kind: str, subject: Tip) -> list[Recipient]:
        """Return the informant who left an address, by sealed identity; often nobody."""
        rows = Party.objects.filter(
            matter_id=subject.matter_id, kind=PartyKind.REPORTER, identity__isnull=False
        )
        own = rows.filter(tip=subject) | rows.filter(report_id=subject.from_report_id or 0)
        return recipients_of(parties=own, kind=kind)

    def language(self, kind: str, subject: Tip) -> str:
        """Return the language in which the person filed."""
        return subject.language

    def message_context(self, kind: str, subject: Tip) -> Mapping[str, str]:
        """Return the office only."""
        return context_of(kind=kind, office=subject.office.name)

    def after(self, transition: Transition, subject: Tip, act: Act) -> Mapping[str, Any]:
        """Return the columns that change with the state."""
        change = AFTER.get(TipAction(transition.action))
        ended = {"ended_at": act.occurred_at} if transition.target in TIP_ENDS else {}
        return {**ended, **(change(subject, act) if change else {})}

    def follow(self, transition: Transition, subject: Tip, act: Act, step: Step) -> None:
        """Write what else belongs to the step, then the earliest clock."""
        more = FOLLOW.get(TipAction(transition.action))
        if more:
            more(subject, act)
        use_agenda_item(act)
        super().follow(transition, subject, act, step)


def use_agenda_item(act: Act) -> None:
    """Mark the plenary decision as carried out, so that it serves once."""
    item = act.data.get("agenda_item")
    if item:
        AgendaItem.objects.filter(pk=item).update(used_at=act.clock.now)


def _tracing(tip: Tip, act: Act) -> dict[str, Any]:
    return {"tracing_started_at": act.occurred_at, "assignee_id": act.actor.user_id}


def _moved(tip: Tip, act: Act) -> dict[str, Any]:
    return target_office(act)


def _identified(tip: Tip, act: Act) -> dict[str, Any]:
    return {"became_report_id": act.data["report"]}


def contest_of(subject: Tip) -> Contest:
    """Return the contest that a number needs; the guard asks for it before."""
    if subject.contest is None:
        raise ValueError("A number needs a contest.")
    return subject.contest


def _set_finding(tip: Tip, act: Act) -> None:
    """Number the finding, register it and open the case (UU 7/2017 art. 454)."""
    found_on = tip.found_on or act.clock.today_in(tip.office.tz)
    numbers = {
        kind: numbered(
            series=Series(kind, tip.office, contest_of(tip)),
            matter=tip.matter,
            paper_number=str(act.data.get(on_paper, "")),
            reason=act.reason,
            actor=act.actor,
            clock=act.clock,
        )
        for kind, on_paper in (
            (RegisterKind.TM, "paper_number"),
            (RegisterKind.REG_TM, "paper_register_number"),
        )
    }
    Finding.objects.create(
        matter=tip.matter,
        tip=tip,
        agenda_item_id=act.data["agenda_item"],
        number=numbers[RegisterKind.TM],
        register_number=numbers[RegisterKind.REG_TM],
        registered_at=act.occurred_at,
        found_on=found_on,
        supervision_report=tip.tracing_result,
        set_at=act.clock.now,
        set_by_id=act.actor.user_id,
    )
    open_case(tip.matter_id, contest_of(tip), act)


def open_case(matter_id: int, contest: Contest, act: Act) -> None:
    """Open the case of a matter; one that runs already keeps its earlier clock.

    Raises:
        Refused: When the case was decided or closed meanwhile.
    """
    matter = reopen_intake(matter_id, act)
    if case_is_over(matter):
        raise Refused(refusals.CASE_OVER)
    if matter.state != CaseState.INTAKE:
        return
    count_file_under(matter, contest.pk)
    Matter.objects.filter(pk=matter_id).update(contest=contest)
    _step_of_case(CaseAction.REGISTER, matter_id, act)


def reopen_intake(matter_id: int, act: Act) -> Matter:
    """Open a file again that was closed before anything in it was registered; others stay.

    Returns the file, locked, as it is then.
    """
    matter: Matter = CASE.adapter.lock(matter_id)
    if matter.state == CaseState.CLOSED and matter.registered_at is None:
        _step_of_case(CaseAction.REOPEN_INTAKE, matter_id, act)
        matter = CASE.adapter.lock(matter_id)
    return matter


def _step_of_case(action: CaseAction, matter_id: int, act: Act) -> None:
    """Take a step of the file that follows from one of its entries, with the same papers."""
    apply_within(
        workflow=CASE,
        action=action,
        subject_id=matter_id,
        actor=act.actor,
        clock=act.clock,
        context=StepContext(
            occurred_at=act.context.occurred_at,
            reason=act.reason,
            source=act.context.source,
            second_person=act.context.second_person,
        ),
    )


def _hand_over(tip: Tip, act: Act) -> None:
    hand_over(tip.matter_id, tip.office, act)


def _refer(tip: Tip, act: Act) -> None:
    from complaints.services.send_package import send_from_decision  # noqa: PLC0415  needs REFERRAL

    send_from_decision(matter=tip.matter, act=act)


AFTER: Final[dict[TipAction, Callable[[Tip, Act], dict[str, Any]]]] = {
    TipAction.TRACE: _tracing,
    TipAction.TRANSFER: _moved,
    TipAction.IDENTIFY: _identified,
}
FOLLOW: Final[dict[TipAction, Callable[[Tip, Act], None]]] = {
    TipAction.SET_FINDING: _set_finding,
    TipAction.TRANSFER: _hand_over,
    TipAction.REFER: _refer,
}

TIP: Final = Workflow(
    name="tip",
    subject_kind="tip",
    title=_("Informasi awal"),
    states=TipState,
    initial=TipState.RECORDED,
    terminal=TIP_ENDS,
    transitions=TIP_TABLE,
    adapter=TipAdapter(),
    correction_notice=MessageKind.STEP_CORRECTED,
    correctors=frozenset({Role.HANDLER, Role.COMMISSIONER, Role.SUPERVISOR}),
)
