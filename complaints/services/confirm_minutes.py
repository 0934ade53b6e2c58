"""The minutes are read back and confirmed; from then on they stand."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from complaints.codes import PartyKind
from complaints.models import ClarificationSession, Party
from complaints.papers.clarification_papers import minutes
from complaints.services.hearing_rows import ask_for_hearer, locked_session, record_act
from complaints.services.write_minutes import ask_for_open_minutes
from complaints.workflow import refusals
from complaints.workflow.case import CASE
from neutrality.audit.actor import Actor, ActorKind
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.documents.services import issue
from neutrality.law.clock import Clock


@transaction.atomic(durable=True)
def confirm_minutes(
    *,
    session_id: int,
    remarks: str,
    actor: Actor,
    clock: Clock,
    ended_at: datetime | None = None,
) -> ClarificationSession:
    """Confirm the minutes after reading back, by the officer or by the person with their code.

    `remarks` is what the person wants to have added; it stands in the closing words. The document
    (B.12) is issued: sealed with a twin for everybody but respondents. The session has ended now,
    or when the officer says who enters the minutes later.

    Raises:
        Refused: A stranger, minutes that are empty, not begun or confirmed already, or an end
            before the beginning or after now.
    """
    session = locked_session(session_id)
    _ask_who(session, actor, clock)
    ask_for_open_minutes(session)
    if not session.lines.exists():
        raise Refused(refusals.NO_MINUTES)
    if ended_at and session.held_at and not session.held_at <= ended_at <= clock.now:
        raise Refused(refusals.ENDED_OUT_OF_TIME)
    draft = minutes(
        session,
        read_back=_closing(actor, remarks.strip()),
        ended_at=ended_at or clock.now,
        rules=CASE.adapter.rulebook(session.matter, clock),
        actor=actor,
        clock=clock,
    )
    session.minutes = issue(draft=draft, actor=actor, clock=clock)
    session.confirmed_at = clock.now
    session.save(update_fields=["minutes", "confirmed_at"])
    record_act("confirm", session, actor=actor, clock=clock)
    return session


def party_actor(party: Party) -> Actor:
    """Return the person invited, as the holder of their code."""
    respondent = party.kind == PartyKind.RESPONDENT
    kind = ActorKind.RESPONDENT if respondent else ActorKind.CITIZEN
    return Actor(kind=kind, label=party.alias, party_ref=f"party:{party.pk}")


def _ask_who(session: ClarificationSession, actor: Actor, clock: Clock) -> None:
    if actor.kind is ActorKind.USER:
        ask_for_hearer(session=session, actor=actor, clock=clock)
    elif actor.party_ref != f"party:{session.party_id}":
        raise refuse(RefusalCode.NOT_YOURS)


@translation.override("id")  # they stand in the minutes
def _closing(actor: Actor, remarks: str) -> str:
    if actor.kind is ActorKind.USER:
        said = _("Berita acara dibacakan kembali dan dibenarkan oleh yang memberi keterangan.")
    else:
        said = _("Berita acara dibaca dan dibenarkan oleh yang memberi keterangan dengan kodenya.")
    return f"{said} {_('Tambahan:')} {remarks}" if remarks else said
