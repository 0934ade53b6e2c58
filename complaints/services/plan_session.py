"""Plan a clarification: the session, its invitation, and the code of the person invited."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from complaints.codes import CaseState, CodeHolder, MeetingMode, PartyKind, SessionState
from complaints.models import AccessCode, ClarificationSession, Matter, Party
from complaints.papers.clarification_papers import invitation
from complaints.services.codes import SecretCode, new_code
from complaints.services.hearing_rows import HEARERS, record_act
from complaints.workflow import refusals
from complaints.workflow.case import CASE
from complaints.workflow.messages import MessageKind
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.documents.services import issue
from neutrality.law.clock import Clock
from neutrality.law.codes import PeriodCode
from neutrality.law.periods import due
from neutrality.notifications.services import Recipient, enqueue

_WORD: Final = re.compile(r"\w+")
APART: Final = timedelta(minutes=30)
MOST_INVITATIONS: Final = 2
OPEN_STATES: Final = frozenset(
    {CaseState.INTAKE, CaseState.REGISTERED, CaseState.CLARIFICATION, CaseState.ASSESSMENT}
)
HOLDERS: Final = {
    PartyKind.RESPONDENT: CodeHolder.RESPONDENT,
    PartyKind.REPORTER: CodeHolder.REPORTER,
    PartyKind.WITNESS: CodeHolder.WITNESS,
    PartyKind.EXPERT: CodeHolder.WITNESS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlan:
    """When, where and how a party is heard."""

    party_id: int
    starts_at: datetime
    ends_at: datetime
    place: str
    mode: MeetingMode = MeetingMode.PRESENT
    mode_reason: str = ""
    short_notice_reason: str = ""
    further_reason: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """The session, and the code that is shown once, on the page beside the invitation."""

    session: ClarificationSession
    code: SecretCode


@transaction.atomic(durable=True)
def plan_session(*, matter_id: int, plan: SessionPlan, actor: Actor, clock: Clock) -> Planned:
    """Write the session with its invitation (B.9); a second one follows an absence.

    Raises:
        Refused: Not of this office, the case is past it, the party was heard and no reason is given
            for hearing it again, was invited twice, the notice is shorter than the law's without a
            reason, or the parties would meet.
    """
    matter: Matter = CASE.adapter.lock(matter_id)
    role = actor.role_at(HEARERS, matter.office.ref())
    if role is None or CASE.adapter.excludes(matter, actor, clock):
        raise refuse(RefusalCode.NOT_YOURS)
    if matter.state not in OPEN_STATES:
        raise Refused(refusals.NO_SESSION_NOW)
    party = Party.objects.select_related("matter").filter(pk=plan.party_id, matter=matter).first()
    if party is None:
        raise Refused(refusals.NOT_A_PARTY)
    _check_time(matter, plan, clock)
    _check_meeting(matter, party, plan)
    session = _write(matter, party, plan, actor)
    rules = CASE.adapter.rulebook(matter, clock)
    letter = issue(
        draft=invitation(session, rules=rules, actor=actor, clock=clock), actor=actor, clock=clock
    )
    session.invitation = letter
    session.save(update_fields=["invitation"])
    code = _give_code(party, actor, clock)
    _tell(session, clock)
    record_act("plan", session, actor=actor, clock=clock, role=role, after=session.state)
    return Planned(session, code)


def earliest_day(*, matter: Matter, clock: Clock) -> datetime:
    """Return the end of the period of notice, were the invitation received now."""
    rule = CASE.adapter.rulebook(matter, clock).period(PeriodCode.INVITATION_NOTICE)
    return due(rule, clock.now, CASE.adapter.calendar(matter)).due_at


def _check_time(matter: Matter, plan: SessionPlan, clock: Clock) -> None:
    if plan.starts_at <= clock.now:
        raise Refused(refusals.SESSION_IN_THE_PAST)
    if plan.mode != MeetingMode.PRESENT and not plan.mode_reason.strip():
        raise Refused(refusals.MODE_NEEDS_REASON)
    tz = matter.office.tz
    earliest = earliest_day(matter=matter, clock=clock).astimezone(tz).date()
    if plan.starts_at.astimezone(tz).date() < earliest and not plan.short_notice_reason.strip():
        raise Refused(refusals.SHORT_NOTICE)


def _check_meeting(matter: Matter, party: Party, plan: SessionPlan) -> None:
    """Ask that a respondent and the other side are not at one place at nearly one time."""
    if plan.mode == MeetingMode.ONLINE:
        return
    near = ClarificationSession.objects.filter(
        matter=matter,
        mode=MeetingMode.PRESENT,
        state__in=[SessionState.PLANNED, SessionState.HELD],
        starts_at__lt=plan.ends_at + APART,
        ends_at__gt=plan.starts_at - APART,
    )
    if party.kind == PartyKind.RESPONDENT:
        others = near.exclude(party__kind=PartyKind.RESPONDENT)
    else:
        others = near.filter(party__kind=PartyKind.RESPONDENT)
    if any(_is_one_place(place, plan.place) for place in others.values_list("place", flat=True)):
        raise Refused(refusals.PARTIES_WOULD_MEET)


def _is_one_place(one: str, other: str) -> bool:
    """Whether two places are one: the same words, or one of them only says more exactly where."""
    first, second = (_WORD.findall(place.lower()) for place in (one, other))
    shorter = min(len(first), len(second))
    return first[:shorter] == second[:shorter]


def _turn(party: Party, plan: SessionPlan) -> dict[str, int | str]:
    """Return which hearing it is and which invitation to it: the second follows an absence.

    Who was heard is invited again only with a reason; that hearing has two invitations as well.
    """
    rows = ClarificationSession.objects.filter(party=party).exclude(state=SessionState.CANCELLED)
    turns = list(rows.order_by("hearing", "ordinal").values_list("hearing", "ordinal", "state"))
    if not turns:
        return {"hearing": 1, "ordinal": 1}
    hearing, ordinal, state = turns[-1]
    if state == SessionState.PLANNED:
        raise Refused(refusals.SESSION_WAITS)
    reason = plan.further_reason.strip()
    if state == SessionState.HELD:
        if not reason:
            raise Refused(refusals.ALREADY_HEARD)
        return {"hearing": hearing + 1, "ordinal": 1, "further_reason": reason}
    if ordinal >= MOST_INVITATIONS:
        raise Refused(refusals.INVITED_TWICE)
    first = rows.get(hearing=hearing, ordinal=1)
    return {"hearing": hearing, "ordinal": ordinal + 1, "further_reason": first.further_reason}


def _write(matter: Matter, party: Party, plan: SessionPlan, actor: Actor) -> ClarificationSession:
    return ClarificationSession.objects.create(
        matter=matter,
        party=party,
        office_path=matter.office_path,
        **_turn(party, plan),
        mode=plan.mode,
        mode_reason=plan.mode_reason.strip(),
        place=plan.place.strip(),
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        short_notice_reason=plan.short_notice_reason.strip(),
        planned_by_id=actor.user_id,
    )


def _give_code(party: Party, actor: Actor, clock: Clock) -> SecretCode:
    """Issue the party's code; an earlier one opens nothing from now on, an attorney's does."""
    code = new_code()
    earlier = AccessCode.objects.filter(
        party=party, representation__isnull=True, revoked_at__isnull=True
    )
    earlier.update(revoked_at=clock.now)
    AccessCode.objects.create(
        digest=code.digest(),
        holder=HOLDERS[PartyKind(party.kind)],
        party=party,
        staff_seen=True,
        issued_at=clock.now,
        issued_by_id=actor.user_id,
    )
    return code


def _tell(session: ClarificationSession, clock: Clock) -> None:
    if session.party.identity_id is None:
        return
    enqueue(
        kind=MessageKind.INVITATION,
        recipient=Recipient(identity_id=session.party.identity_id),
        clock=clock,
        dedupe_key=f"session:{session.pk}:invitation",
        context={"office": session.matter.office.name},
    )
