"""Record the examination by the superior or a team before a sanction (PP 94/2021 art. 26-29)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction

from complaints.codes import ReferralState
from complaints.models import Examination
from complaints.services.from_paper import Paper, ask_who_writes
from complaints.workflow import refusals
from complaints.workflow.referral import REFERRAL
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock

UNDER_EXAMINATION: Final = frozenset(
    {ReferralState.FOLLOW_UP, ReferralState.NOT_FOLLOWED_UP, ReferralState.CONTROLLED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminationGiven:
    """Who examines, when the person was summoned and heard, and what was written down."""

    team: str
    summoned_on: date
    examined_on: date | None = None
    minutes: str = ""


@transaction.atomic(durable=True)
def record_examination(
    *,
    item_id: int,
    given: ExaminationGiven,
    actor: Actor,
    clock: Clock,
    paper: Paper | None = None,
) -> Examination:
    """Write one examination of the item's respondent; the handler writes it from a paper.

    Raises:
        Refused: NOT_YOURS, or no follow-up runs.
    """
    item = REFERRAL.adapter.lock(item_id)
    own = (Role.HR_DISCIPLINE, Role.EXAMINER)
    role, place = ask_who_writes(item=item, own=own, paper=paper, actor=actor)
    if item.state not in UNDER_EXAMINATION:
        raise Refused(refusals.NOT_UNDER_EXAMINATION)
    examination = Examination.objects.create(
        item=item,
        team=given.team,
        summoned_on=given.summoned_on,
        examined_on=given.examined_on,
        minutes=given.minutes,
        recorded_at=clock.now,
        recorded_by_id=actor.user_id,
        **(paper.columns() if paper else {}),
    )
    record(
        what="referral.examination",
        subject=item.ref(),
        actor=actor,
        clock=clock,
        role=role,
        organisation=place,
        data={"examination": examination.pk},
    )
    return examination
