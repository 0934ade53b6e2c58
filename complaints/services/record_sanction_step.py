"""Record what became of a sanction after the decree: objection, appeal, upheld, changed, executed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction

from complaints.codes import ReferralState, SanctionState as S
from complaints.models import ReferralItem, Sanction, SanctionStep
from complaints.services.from_paper import Paper, ask_who_writes
from complaints.tallies import count_sanction
from complaints.workflow import refusals
from complaints.workflow.base import refresh_due
from complaints.workflow.messages import MessageKind
from complaints.workflow.referral import REFERRAL, SANCTIONS_IN_FORCE, effective_at
from complaints.workflow.referral_table import CONTESTS
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.casework.clocks import start_clock, stop_clocks, void_clocks
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.law.clock import Clock, noon_of
from neutrality.law.codes import PeriodCode
from neutrality.law.services.rows import mark_used
from neutrality.notifications.services import Message, Recipient, enqueue_many

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
STANDS: Final = frozenset({S.UPHELD, S.CHANGED})


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

    The time to carry it out ends with the execution. While an objection or an appeal is open, the
    time to decide on that runs instead; when the decree stands, the first begins anew.

    The handler writes it from a paper of the agency, which confirms it later, or is told of it.

    Raises:
        Refused: NOT_YOURS; STALE when it went on since the page was opened; or the step cannot
            follow the present state.
    """
    item_id = Sanction.objects.values_list("item_id", flat=True).get(pk=sanction_id)
    item: ReferralItem = REFERRAL.adapter.lock(item_id)  # before the sanction, as its steps do
    sanction = Sanction.objects.select_for_update(of=("self",)).get(pk=sanction_id)
    sanction.item = item
    own = (Role.HR_DISCIPLINE,)
    role, place = ask_who_writes(item=item, own=own, paper=paper, actor=actor)
    if sanction.state != expected_state:
        raise refuse(RefusalCode.STALE)
    _check(sanction, news)
    step = _write(sanction, news, paper, actor, clock)
    _run_clock(sanction, expected_state, news, clock)
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
    _tell_office(item, step, actor, clock)
    return step


def _tell_office(item: ReferralItem, step: SanctionStep, actor: Actor, clock: Clock) -> None:
    """Tell the handlers that a decree went on, but not the one who has just written it down."""
    kind = MessageKind.ITEM_DECIDED
    found = (each.user_id for each in REFERRAL.adapter.recipients(kind, item))
    messages = [
        Message(
            kind=kind,
            recipient=Recipient(user_id=user_id),
            dedupe_key=f"sanction_step:{step.pk}:{user_id}",
            context=REFERRAL.adapter.message_context(kind, item),
        )
        for user_id in found
        if user_id != actor.user_id
    ]
    enqueue_many(messages=messages, clock=clock)


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


def _run_clock(sanction: Sanction, was: str, news: SanctionNews, clock: Clock) -> None:
    item = sanction.item
    at = _legal_time(item.office.tz, news.happened_on, clock)
    if was in CONTESTS:
        stop_clocks(subject=item.ref(), codes=[CONTESTS[S(was)]], stopped_at=at)
    if news.state == S.EXECUTED:
        stop_clocks(subject=item.ref(), codes=[PeriodCode.EXECUTION], stopped_at=at)
    elif news.state in STANDS:
        done = sanction.steps.filter(state=S.EXECUTED).exists()
        if news.state == S.CHANGED or not done:
            since = effective_at(item, sanction.effective_on, at)
            _start(item, PeriodCode.EXECUTION, since, clock)
    else:
        reason = str(news.state.label)
        void_clocks(subject=item.ref(), codes=[PeriodCode.EXECUTION], reason=reason, clock=clock)
        if news.state in CONTESTS:
            _start(item, CONTESTS[news.state], at, clock)
    refresh_due(item)


def _start(item: ReferralItem, code: PeriodCode, since: datetime, clock: Clock) -> None:
    """Start a clock of a decree; one that is to be replaced or whose subject left has none."""
    if item.state != ReferralState.SANCTIONED:
        return
    rule = REFERRAL.adapter.rulebook(item, clock).period(code)
    start_clock(
        rule=rule,
        subject=item.ref(),
        organisation=REFERRAL.adapter.organisation(item),
        calendar=REFERRAL.adapter.calendar(item),
        started_at=since,
    )
    mark_used(rules=[rule], clock=clock)


def _legal_time(tz: ZoneInfo, day: date, clock: Clock) -> datetime:
    """Return noon of the day on which it happened, or now if that is still to come."""
    return min(noon_of(day, tz), clock.now)
