"""How an invitation reached the person: by which way, when, and what proves it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from complaints.codes import Channel
from complaints.models import Delivery
from complaints.services.hearing_rows import ask_for_hearer, locked_session, record_act
from complaints.workflow import refusals
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What is known of the handing over."""

    channel: Channel
    received_at: datetime
    proof: str


@transaction.atomic(durable=True)
def deliver_invitation(*, session_id: int, handed: Handed, actor: Actor, clock: Clock) -> Delivery:
    """Write the delivery of a session's invitation, with its proof.

    Raises:
        Refused: Not of this office, or a time before the invitation or after now.
    """
    session = locked_session(session_id)
    role = ask_for_hearer(session=session, actor=actor)
    letter = session.invitation
    if letter is None or not letter.issued_at <= handed.received_at <= clock.now:
        raise Refused(refusals.DELIVERED_OUT_OF_TIME)
    delivery = Delivery.objects.create(
        document=letter,
        matter=session.matter,
        party=session.party,
        channel=handed.channel,
        sent_at=letter.issued_at,
        sent_by_id=actor.user_id,
        received_at=handed.received_at,
        proof=handed.proof,
    )
    record_act("deliver", session, actor=actor, clock=clock, role=role)
    return delivery
