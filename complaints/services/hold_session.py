"""What became of a planned clarification: held with or without oath, not attended, called off."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from complaints.codes import Oath, SessionState
from complaints.models import ClarificationSession
from complaints.papers.clarification_papers import oath_minutes
from complaints.services.afterwards import JUST_NOW, Afterwards, ask_for_paper
from complaints.services.hearing_rows import HEARERS, ask_for_hearer, locked_session, record_act
from complaints.services.office_message import leave_within
from complaints.workflow import refusals
from complaints.workflow.case import CASE
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.documents.services import issue
from neutrality.law.clock import Clock
from neutrality.ui.dates import say_instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """That the person came, and whether they were sworn; the note is the belief or the refusal."""

    oath: Oath
    note: str = ""
    given: Afterwards = JUST_NOW


@transaction.atomic(durable=True)
def hold_session(
    *, session_id: int, attended: Attended, actor: Actor, clock: Clock
) -> ClarificationSession:
    """Begin the session: attendance, and oath or refusal with their minutes (B.10, B.11).

    One that was held on paper, while the power was out, began when it says.

    Raises:
        Refused: Not of this office, not planned any more, a refusal of the oath without reason, or
            a time before the invitation or without what stands for it.
    """
    session = locked_session(session_id)
    role = ask_for_hearer(session=session, actor=actor, clock=clock)
    if session.state != SessionState.PLANNED:
        raise Refused(refusals.SESSION_NOT_PLANNED)
    if attended.oath == Oath.REFUSED and not attended.note.strip():
        raise Refused(refusals.OATH_REFUSAL_NEEDS_REASON)
    _ask_when(session, attended.given, actor, clock)
    session.state = SessionState.HELD
    session.oath, session.oath_note = attended.oath, attended.note.strip()
    session.held_at, session.held_by_id = attended.given.at(clock), actor.user_id
    session.save(update_fields=["state", "oath", "oath_note", "held_at", "held_by"])
    if attended.oath != Oath.NOT_ASKED:
        rules = CASE.adapter.rulebook(session.matter, clock)
        draft = oath_minutes(session, rules=rules, actor=actor, clock=clock)
        issue(draft=draft, actor=actor, clock=clock)
    _record("hold", session, actor, clock, role, attended.given)
    return session


def _ask_when(session: ClarificationSession, given: Afterwards, actor: Actor, clock: Clock) -> None:
    letter = session.invitation
    if given.occurred_at and letter and given.occurred_at < letter.issued_at:
        raise Refused(refusals.HELD_BEFORE_INVITED)
    ask_for_paper(
        given=given,
        office=session.matter.office,
        contest=session.matter.contest,
        roles=HEARERS,
        actor=actor,
        clock=clock,
    )


@transaction.atomic(durable=True)
def mark_absent(
    *, session_id: int, reason: str, actor: Actor, clock: Clock
) -> ClarificationSession:
    """Write that the person did not come; `reason` is what they said, or empty.

    Raises:
        Refused: Not of this office, not planned any more, or the session has not begun.
    """
    session = locked_session(session_id)
    role = ask_for_hearer(session=session, actor=actor, clock=clock)
    if session.state != SessionState.PLANNED:
        raise Refused(refusals.SESSION_NOT_PLANNED)
    if clock.now < session.starts_at:
        raise Refused(refusals.SESSION_NOT_BEGUN)
    _end(session, SessionState.ABSENT, reason)
    _record("absent", session, actor, clock, role)
    return session


@transaction.atomic(durable=True)
def cancel_session(
    *, session_id: int, reason: str, actor: Actor, clock: Clock
) -> ClarificationSession:
    """Call a planned session off, so that another can be planned; whom it concerns is told.

    Raises:
        Refused: Not of this office, not planned any more, or no reason is given.
    """
    session = locked_session(session_id)
    role = ask_for_hearer(session=session, actor=actor, clock=clock)
    if session.state != SessionState.PLANNED:
        raise Refused(refusals.SESSION_NOT_PLANNED)
    if not reason.strip():
        raise refuse(RefusalCode.REASON_NEEDED)
    _end(session, SessionState.CANCELLED, reason)
    _tell(session, actor, clock)
    _record("cancel", session, actor, clock, role)
    return session


@translation.override("id")  # it is the office that writes
def _tell(session: ClarificationSession, actor: Actor, clock: Clock) -> None:
    """Leave a message for the person invited: else they would come in vain."""
    words = _("Klarifikasi pada %(at)s dibatalkan. Bila perlu, Anda diundang lagi.")
    at = say_instant(session.starts_at, session.matter.office.tz)
    leave_within(entry=session.party, body=words % {"at": at}, actor=actor, clock=clock)


def _end(session: ClarificationSession, state: SessionState, reason: str) -> None:
    session.state, session.state_reason = state, reason.strip()
    session.save(update_fields=["state", "state_reason"])


def _record(
    what: str,
    session: ClarificationSession,
    actor: Actor,
    clock: Clock,
    role: str,
    given: Afterwards = JUST_NOW,
) -> None:
    record_act(
        what,
        session,
        actor=actor,
        clock=clock,
        given=given,
        role=role,
        before=SessionState.PLANNED,
        after=session.state,
    )
