"""The case's workflow: the table joined to its rows."""

# An adapter answers with what it needs of the arguments that every adapter is given.
# ruff: noqa: ARG001, ARG002

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from complaints.codes import CaseState, PartyKind
from complaints.models import AgendaItem, Matter, Party
from complaints.papers import case_papers
from complaints.services.recipients import recipients_of
from complaints.services.release_assignments import release_of_file
from complaints.workflow.actions import CaseAction
from complaints.workflow.base import ComplaintAdapter
from complaints.workflow.case_table import CASE_TABLE
from complaints.workflow.guards import everything_proven_was_referred
from complaints.workflow.handover import hand_over, target_office
from complaints.workflow.messages import MessageKind
from neutrality.accounts.roles import Role
from neutrality.casework.models import ClockState, LegalClock, Step
from neutrality.casework.workflow import Act, Transition, Workflow
from neutrality.documents.drafts import DocumentDraft
from neutrality.law.codes import PeriodCode
from neutrality.notifications.services import Recipient


class CaseAdapter(ComplaintAdapter[Matter]):
    """What each step of a case reads and writes beside the state."""

    model = Matter
    related = ("office__region", "contest__election")
    kind = "matter"

    def clock_start(self, code: PeriodCode, subject: Matter, act: Act) -> datetime | None:
        """Return the legal time; an extension is counted from where the handling began, not anew.

        That is the registration, or the plenary's decision to open the case again: the law says
        nothing of the latter, and a new period from that day is what we assume. A file split off
        again is handled since its own report was registered.
        """
        if act.transition.action == CaseAction.SPLIT_CASE:
            registered_at: datetime = act.data["registered_at"]
            return registered_at
        if code is PeriodCode.DISPATCH and not everything_proven_was_referred(subject, act):
            return None  # nothing was found that is to be sent
        if code is PeriodCode.HANDLING_EXTENDED:
            return _handling_began_at(subject) or subject.registered_at
        return act.occurred_at

    def document(self, transition: Transition, subject: Matter, act: Act) -> DocumentDraft | None:
        """Return the draft of the transition's document."""
        form = transition.form
        return case_papers.PAPERS[form](subject, act) if form else None

    def recipients(self, kind: str, subject: Matter) -> list[Recipient]:
        """Return every reporter of the matter, by sealed identity."""
        rows = Party.objects.filter(matter=subject, kind=PartyKind.REPORTER).order_by("pk")
        return recipients_of(parties=rows, kind=kind)

    def message_context(self, kind: str, subject: Matter) -> Mapping[str, str]:
        """Return the office only."""
        return {"office": subject.office.name}

    def after(self, transition: Transition, subject: Matter, act: Act) -> Mapping[str, Any]:
        """Return the columns that change with the state."""
        change = AFTER.get(CaseAction(transition.action))
        return change(subject, act) if change else {}

    def follow(self, transition: Transition, subject: Matter, act: Act, step: Step) -> None:
        """Mark the plenary decision as carried out, then keep the earliest clock."""
        item = act.data.get("agenda_item")
        if item:
            AgendaItem.objects.filter(pk=item).update(used_at=act.clock.now)
        if transition.action == CaseAction.TAKE_OVER:
            hand_over(subject.pk, subject.office, act)
        if transition.action == CaseAction.REGISTER and subject.assignee_id:
            release_of_file(matter_id=subject.pk, actor=act.actor, clock=act.clock)
        super().follow(transition, subject, act, step)


def _handling_began_at(matter: Matter) -> datetime | None:
    rows = LegalClock.objects.filter(
        subject_kind="matter", subject_id=matter.pk, code=PeriodCode.HANDLING
    ).exclude(state=ClockState.VOIDED)
    return rows.order_by("-started_at").values_list("started_at", flat=True).first()


def _registered(matter: Matter, act: Act) -> dict[str, Any]:
    if matter.contest is None:
        raise ValueError("A case needs a contest; the guards of report and tip ask for it.")
    return {"registered_at": act.occurred_at, "regime": matter.contest.election.regime}


def _joined(matter: Matter, act: Act) -> dict[str, Any]:
    return {"closed_at": act.occurred_at, "assignee": None}


def _split(matter: Matter, act: Act) -> dict[str, Any]:
    return {"closed_at": None}


def _split_case(matter: Matter, act: Act) -> dict[str, Any]:
    if matter.contest is None:
        raise ValueError("A case needs a contest; what was registered has one.")
    return {
        "closed_at": None,
        "registered_at": act.data["registered_at"],
        "regime": matter.contest.election.regime,
    }


def _extended(matter: Matter, act: Act) -> dict[str, Any]:
    return {"extended_at": act.occurred_at}


def _taken_over(matter: Matter, act: Act) -> dict[str, Any]:
    return target_office(act)


def _decided(matter: Matter, act: Act) -> dict[str, Any]:
    return {"decided_at": act.occurred_at}


def _closed(matter: Matter, act: Act) -> dict[str, Any]:
    retention = case_papers.retention_of(matter)
    today = act.clock.today_in(CASE.adapter.calendar(matter).tz)
    return {
        "closed_at": act.occurred_at,
        "retention_class": retention,
        "retention_due_on": act.rulebook.retention(retention).until(today),
    }


def _reopened(matter: Matter, act: Act) -> dict[str, Any]:
    return {"extended_at": None, **_intake_reopened(matter, act)}


def _intake_reopened(matter: Matter, act: Act) -> dict[str, Any]:
    return {"closed_at": None, "retention_class": "", "retention_due_on": None}


AFTER: Final[dict[CaseAction, Callable[[Matter, Act], dict[str, Any]]]] = {
    CaseAction.REGISTER: _registered,
    CaseAction.EXTEND: _extended,
    CaseAction.TAKE_OVER: _taken_over,
    CaseAction.DECIDE: _decided,
    CaseAction.CLOSE: _closed,
    CaseAction.CLOSE_INTAKE: _closed,
    CaseAction.REOPEN: _reopened,
    CaseAction.REOPEN_INTAKE: _intake_reopened,
    CaseAction.JOIN: _joined,
    CaseAction.SPLIT: _split,
    CaseAction.SPLIT_CASE: _split_case,
}

CASE: Final = Workflow(
    name="case",
    subject_kind="matter",
    title=_("Penanganan"),
    states=CaseState,
    initial=CaseState.INTAKE,
    terminal=frozenset({CaseState.CLOSED}),
    transitions=CASE_TABLE,
    adapter=CaseAdapter(),
    correction_notice=MessageKind.STEP_CORRECTED,
    correctors=frozenset({Role.HANDLER, Role.COMMISSIONER, Role.SUPERVISOR}),
)
