"""How an invitation reached the person: by which way, when, and what proves it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from complaints.codes import Channel
from complaints.models import ClarificationSession, Delivery, Evidence
from complaints.services.evidence_intake import ArrivedFile, Owner, take_in_file
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
    file: ArrivedFile | None = None


@transaction.atomic(durable=True)
def deliver_invitation(*, session_id: int, handed: Handed, actor: Actor, clock: Clock) -> Delivery:
    """Write the delivery of a session's invitation, with its proof and the file of it.

    The file is sealed like an identity: a signature on a receipt names who was invited.

    Raises:
        Refused: Not of this office, or a time before the invitation or after now.
        FileRefused: Of a kind that is not taken, empty or too big.
    """
    session = locked_session(session_id)
    role = ask_for_hearer(session=session, actor=actor, clock=clock)
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
        proof_file=_proof(session, handed.file, actor, clock) if handed.file else None,
    )
    record_act("deliver", session, actor=actor, clock=clock, role=role)
    return delivery


def _proof(
    session: ClarificationSession, file: ArrivedFile, actor: Actor, clock: Clock
) -> Evidence:
    return take_in_file(
        file=file,
        owner=Owner(matter_id=session.matter_id, party_id=session.party_id),
        actor=actor,
        clock=clock,
        caption=_("Bukti penyampaian undangan"),
        is_identity=True,
    )
