"""Signing, by the person who proved to be the one."""

from dataclasses import dataclass

from django.db import transaction

from neutrality.audit.actor import Actor, ActorKind
from neutrality.casework.engine import apply_within
from neutrality.casework.workflow import StepContext
from neutrality.law.clock import Clock
from pledges.codes import HAS_SIGNED
from pledges.models import Obligation, Signature
from pledges.workflow.actions import ObligationAction
from pledges.workflow.guards import signature_in_force
from pledges.workflow.obligation import OBLIGATION, party_ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """What a person hands in: the text that was on the page, the typed name, the checked code."""

    text_sha256: str
    typed_name: str
    code_id: int


def signer_of(obligation: Obligation) -> Actor:
    """Return the actor who proved to be the person of this obligation."""
    return Actor(
        kind=ActorKind.CITIZEN, label="Pegawai penanda tangan", party_ref=party_ref(obligation)
    )


@transaction.atomic(durable=True)
def sign_pledge(*, obligation_id: int, pen: Pen, clock: Clock) -> Signature:
    """Sign once; a second tap finds the signature that is there and writes nothing.

    After the round was closed the signature counts as late and moves no frozen figure.

    Raises:
        Refused: When the text was another, the name differs, or the person need not sign.
    """
    obligation = OBLIGATION.adapter.lock(obligation_id)
    signed = signature_in_force(obligation)
    if obligation.state in HAS_SIGNED and signed and signed.text_id == obligation.round.text_id:
        return signed
    step = apply_within(
        workflow=OBLIGATION,
        action=ObligationAction.SIGN,
        subject_id=obligation_id,
        actor=signer_of(obligation),
        clock=clock,
        context=StepContext(
            data={
                "text_sha256": pen.text_sha256,
                "typed_name": pen.typed_name,
                "code_id": pen.code_id,
            }
        ),
    )
    return Signature.objects.get(step=step)


@transaction.atomic(durable=True)
def refuse_pledge(*, obligation_id: int, reason: str, clock: Clock) -> None:
    """Let the person refuse, with a reason; signing later stays possible.

    Raises:
        Refused: When there is no reason, or the person cannot refuse now.
    """
    obligation = OBLIGATION.adapter.lock(obligation_id)
    apply_within(
        workflow=OBLIGATION,
        action=ObligationAction.REFUSE,
        subject_id=obligation_id,
        actor=signer_of(obligation),
        clock=clock,
        context=StepContext(reason=reason),
    )
