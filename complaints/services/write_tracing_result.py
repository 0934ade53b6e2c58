"""Write the supervision report (Form A) of a tracing, and the day on which it was found."""

from datetime import date, datetime, time

from django.db import transaction

from complaints.codes import TipState
from complaints.models import Tip
from complaints.papers.tip_papers import supervision_report
from complaints.services.delegate_tracing import open_delegations
from complaints.services.office_roles import REVIEWERS, note
from complaints.workflow import refusals
from complaints.workflow.base import refresh_due
from complaints.workflow.tip import TIP
from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.casework.clocks import start_clock, void_clocks
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.documents.models import Document, DocumentState
from neutrality.documents.services import issue
from neutrality.law.clock import Clock
from neutrality.law.codes import FormRole, PeriodCode


@transaction.atomic(durable=True)
def write_tracing_result(
    *,
    tip_id: int,
    result: str,
    found_on: date,
    actor: Actor,
    clock: Clock,
    method: str = "",
    follow_up: str = "",
) -> Tip:
    """Write what the tracing found, and issue it as Form A; an earlier one is superseded.

    The seven days in which a plenary can set a finding run from `found_on` (UU 7/2017 art.
    454(5)); another day starts them anew.

    Raises:
        Refused: Not of this office, not being traced, no text, or a day that has not come.
    """
    tip: Tip = TIP.adapter.lock(tip_id)
    _ask_standing(tip, actor, clock)
    if tip.state != TipState.TRACING:
        raise refuse(RefusalCode.WRONG_STATE)
    if not result.strip():
        raise Refused(refusals.NO_TRACING_RESULT)
    if found_on > clock.today_in(tip.office.tz):
        raise refuse(RefusalCode.IN_THE_FUTURE)
    moved = tip.found_on != found_on
    tip.tracing_result, tip.found_on = result.strip(), found_on
    tip.save(update_fields=["tracing_result", "found_on"])
    if moved:
        _run_window(tip, clock)
    draft = supervision_report(
        tip,
        method=method.strip(),
        follow_up=follow_up.strip(),
        supersedes=_former(tip),
        rules=TIP.adapter.rulebook(tip, clock),
        actor=actor,
        clock=clock,
    )
    issue(draft=draft, actor=actor, clock=clock)
    return tip


def _ask_standing(tip: Tip, actor: Actor, clock: Clock) -> None:
    """Ask for a reviewer of the responsible office, or of one to which the tracing is delegated."""
    for row in open_delegations(tip):
        role = actor.role_at(REVIEWERS, row.office.ref())
        if role is not None and not TIP.adapter.excludes(tip, actor, clock):
            record(
                what="tip.tracing_result",
                subject=tip.ref(),
                actor=actor,
                clock=clock,
                role=role,
                organisation=row.office.ref(),
            )
            return
    note("tip.tracing_result", tip, *REVIEWERS, actor=actor, clock=clock)


def _run_window(tip: Tip, clock: Clock) -> None:
    ref, code = tip.ref(), PeriodCode.FINDING_WINDOW
    void_clocks(subject=ref, codes=[code], reason="Hari ditemukan diubah", clock=clock)
    found_on = tip.found_on or clock.today_in(tip.office.tz)
    start_clock(
        rule=TIP.adapter.rulebook(tip, clock).period(code),
        subject=ref,
        organisation=TIP.adapter.organisation(tip),
        calendar=TIP.adapter.calendar(tip),
        started_at=datetime.combine(found_on, time(0), tzinfo=tip.office.tz),
    )
    refresh_due(tip)


def _former(tip: Tip) -> Document | None:
    rows = Document.objects.filter(
        subject_kind="tip",
        subject_id=tip.pk,
        role=FormRole.SUPERVISION_REPORT,
        state=DocumentState.FINAL,
    )
    return rows.order_by("-pk").first()
