"""Record what became of a sanction after the decree: objection, appeal, upheld, changed, executed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction

from complaints.codes import SanctionState as S
from complaints.models import Sanction, SanctionStep
from complaints.services.from_paper import Paper, ask_who_writes
from complaints.tallies import count_sanction
from complaints.workflow import refusals
from complaints.workflow.referral import SANCTIONS_IN_FORCE
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.law.clock import Clock

NEXT: Final[Mapping[str, tuple[S, ...]]] = {
    S.IMPOSED: (S.OBJECTED, S.APPEALED, S.EXECUTED, S.ANNULLED),
    S.OBJECTED: (S.UPHELD, S.CHANGED, S.ANNULLED),
    S.APPEALED: (S.UPHELD, S.CHANGED, S.ANNULLED),
    S.UPHELD: (S.APPEALED, S.EXECUTED, S.ANNULLED),
    S.CHANGED: (S.APPEALED, S.EXECUTED, S.ANNULLED),
    S.EXECUTED: (S.OBJECTED, S.APPEALED, S.ANNULLED),
    S.ANNULLED: (),
}
"""What can follow what; one may appeal at once, or when the objection has been decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionNews:
    """What happened, when, and for a changed sanction its new class."""

    state: S
    happened_on: date
    sanction_class: str = ""
    note: str = ""


@transaction.atomic(durable=True)
def record_sanction_step(
    *,
    sanction_id: int,
    news: SanctionNews,
    expected_state: str,
    actor: Actor,
    clock: Clock,
    paper: Paper | None = None,
) -> SanctionStep:
    """Write one step of a sanction's life; the public count of those in force follows.

    The handler writes it from a paper of the agency, which confirms it later.

    Raises:
        Refused: NOT_YOURS; STALE when it went on since the page was opened; or the step cannot
            follow the present state.
    """
    sanction = (
        Sanction.objects.select_for_update(of=("self",))
        .select_related("item__agency", "item__matter", "item__office")
        .get(pk=sanction_id)
    )
    item = sanction.item
    own = (Role.HR_DISCIPLINE,)
    role, place = ask_who_writes(item=item, own=own, paper=paper, actor=actor)
    if sanction.state != expected_state:
        raise refuse(RefusalCode.STALE)
    _check(sanction, news)
    step = _write(sanction, news, paper, actor, clock)
    record(
        what="referral.sanction_step",
        subject=item.ref(),
        actor=actor,
        clock=clock,
        role=role,
        organisation=place,
        before=expected_state,
        after=news.state,
        data={"sanction": sanction.pk},
    )
    return step


def _check(sanction: Sanction, news: SanctionNews) -> None:
    unnamed = news.state == S.CHANGED and not news.sanction_class
    if news.state not in NEXT[sanction.state] or unnamed or news.happened_on < sanction.decree_on:
        raise Refused(refusals.SANCTION_STEP_NOT_POSSIBLE)


def _write(
    sanction: Sanction, news: SanctionNews, paper: Paper | None, actor: Actor, clock: Clock
) -> SanctionStep:
    was, now = (state in SANCTIONS_IN_FORCE for state in (sanction.state, news.state))
    if was != now:
        count_sanction(sanction, sign=1 if now else -1)
    changed = news.sanction_class if news.state == S.CHANGED else ""
    sanction.state = news.state
    sanction.sanction_class = changed or sanction.sanction_class
    sanction.save(update_fields=["state", "sanction_class"])
    return SanctionStep.objects.create(
        sanction=sanction,
        state=news.state,
        sanction_class=changed,
        happened_on=news.happened_on,
        note=news.note,
        recorded_at=clock.now,
        recorded_by_id=actor.user_id,
        **(paper.columns() if paper else {}),
    )
