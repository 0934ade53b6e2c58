"""The minutes of a clarification, written question by question."""

from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction

from complaints.codes import SessionState
from complaints.models import ClarificationSession, MinutesLine
from complaints.services.hearing_rows import ask_for_hearer, locked_session, record_act
from complaints.workflow import refusals
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class LineGiven:
    """A question and its answer; `seen` is the mark of the text that the page had before."""

    position: int
    question: str
    answer: str
    seen: str = ""


@transaction.atomic(durable=True)
def write_line(*, session_id: int, line: LineGiven, actor: Actor, clock: Clock) -> MinutesLine:
    """Save one line; what another officer wrote meanwhile is never overwritten.

    Raises:
        Refused: Not of this office, the session is not held, the minutes are confirmed, or the
            line is not the one that the page showed.
    """
    session = locked_session(session_id)
    role = ask_for_hearer(session=session, actor=actor, clock=clock)
    ask_for_open_minutes(session)
    known = session.lines.filter(position=line.position).first()
    if known and (known.question, known.answer) == (line.question, line.answer):
        return known
    if (mark(known.question, known.answer) if known else "") != line.seen:
        raise Refused(refusals.LINE_CHANGED)
    saved = known or MinutesLine(session=session, position=line.position)
    saved.question, saved.answer, saved.written_at = line.question, line.answer, clock.now
    saved.save()
    record_act("write_line", session, actor=actor, clock=clock, role=role)
    return saved


def ask_for_open_minutes(session: ClarificationSession) -> None:
    """Refuse when the session is not held, or its minutes stand."""
    if session.confirmed_at is not None:
        raise Refused(refusals.MINUTES_CONFIRMED)
    if session.state != SessionState.HELD:
        raise Refused(refusals.SESSION_NOT_HELD)


def mark(question: str, answer: str) -> str:
    """Return a short mark of a line's text, by which a page says what it has seen."""
    return sha256(f"{question}\0{answer}".encode()).hexdigest()[:16]
