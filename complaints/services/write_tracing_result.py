"""Write the supervision report (Form A) of a tracing, and the day on which it was found."""

from datetime import date

from django.db import transaction

from complaints.codes import TipState
from complaints.models import Tip
from complaints.services.office_roles import REVIEWERS, note
from complaints.workflow import refusals
from complaints.workflow.tip import TIP
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.law.clock import Clock


@transaction.atomic(durable=True)
def write_tracing_result(
    *, tip_id: int, result: str, found_on: date, actor: Actor, clock: Clock
) -> Tip:
    """Write what the tracing found; the seven days of a finding run from `found_on`.

    Raises:
        Refused: Not of this office, not being traced, no text, or a day that has not come.
    """
    tip: Tip = TIP.adapter.lock(tip_id)
    note("tip.tracing_result", tip, *REVIEWERS, actor=actor, clock=clock)
    if tip.state != TipState.TRACING:
        raise refuse(RefusalCode.WRONG_STATE)
    if not result.strip():
        raise Refused(refusals.NO_TRACING_RESULT)
    if found_on > clock.today_in(tip.office.tz):
        raise refuse(RefusalCode.IN_THE_FUTURE)
    tip.tracing_result, tip.found_on = result.strip(), found_on
    tip.save(update_fields=["tracing_result", "found_on"])
    return tip
