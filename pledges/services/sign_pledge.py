"""Signing, by the person who proved to be the one."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from neutrality.audit.actor import Actor, ActorKind
from neutrality.casework.engine import apply_within
from neutrality.casework.refusals import RefusalCode, Refused
from neutrality.casework.workflow import StepContext
from neutrality.law.clock import Clock
from neutrality.vault.services import seal_blob
from pledges.codes import HAS_SIGNED, Assurance, SignatureKind, SigningChannel
from pledges.models import Obligation, Signature, SigningCode
from pledges.services.change_text import ask_again_within, count_again_within
from pledges.workflow.actions import ObligationAction
from pledges.workflow.guards import signature_in_force
from pledges.workflow.obligation import OBLIGATION, party_ref
from pledges.workflow.refusals import PledgeRefusal, refuse


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """What a person hands in, and how the person was checked.

    Attributes:
        text_sha256: The hash of the text that was on the page.
        typed_name: The typed name; empty when the signature was drawn.
        code_id: The code that was checked.
        drawing: The picture of a drawn signature; empty when a name was typed.
        assurance: What shows that it is this person.
        channel: By which way the person came.
        ceremony_id: The ceremony at which it happens, if any.
    """

    text_sha256: str
    typed_name: str
    code_id: int
    drawing: bytes = b""
    assurance: Assurance = Assurance.ONE_TIME_CODE
    channel: SigningChannel = SigningChannel.LINK
    ceremony_id: int | None = None


def signer_of(obligation: Obligation) -> Actor:
    """Return the actor who proved to be the person of this obligation."""
    return Actor(
        kind=ActorKind.CITIZEN, label="Pegawai penanda tangan", party_ref=party_ref(obligation)
    )


def sign_pledge(*, obligation_id: int, pen: Pen, clock: Clock) -> Signature:
    """Sign once; a second tap finds the signature that is there and writes nothing.

    After the round was closed the signature counts as late and moves no frozen figure. Who had
    signed an earlier text of the round signs the new one beside it; where that one was signed
    before, the signature that is there counts again.

    Raises:
        Refused: When the text was another, the name differs, the printed code has signed before,
            or the person need not sign.
    """
    try:
        return _sign(obligation_id, pen, clock)
    except Refused as refused:
        if refused.refusal.code == PledgeRefusal.ALREADY_SIGNED:
            return counted_again(obligation_id=obligation_id, clock=clock)
        if refused.refusal.code != RefusalCode.WRONG_STATE:
            raise
        signed = signed_before(obligation_id)
        if signed is None:
            raise
        is_present, signature = signed
        return signature if is_present else _sign(obligation_id, pen, clock, again=True)


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


def hand_of(*, pen: Pen, clock: Clock) -> dict[str, Any]:
    """Return what a step keeps of a typed or drawn signature; a drawing is sealed.

    The caller has a transaction open.
    """
    data: dict[str, Any] = {
        "text_sha256": pen.text_sha256,
        "typed_name": pen.typed_name,
        "code_id": pen.code_id,
        "assurance": pen.assurance,
        "channel": pen.channel,
        "ceremony_id": pen.ceremony_id,
        "kind": SignatureKind.CLICK,
    }
    if pen.drawing:
        blob = seal_blob(data=pen.drawing, clock=clock)
        kept = {"scan_id": blob.pk, "evidence_sha256": blob.sha256}
        data |= {"kind": SignatureKind.DRAWN, "typed_name": ""} | kept
    return data


@transaction.atomic(durable=True)
def _sign(obligation_id: int, pen: Pen, clock: Clock, *, again: bool = False) -> Signature:
    if again:
        ask_again_within(obligation_id=obligation_id, clock=clock)
    step = apply_within(
        workflow=OBLIGATION,
        action=ObligationAction.SIGN,
        subject_id=obligation_id,
        actor=signer_of(Obligation(pk=obligation_id)),
        clock=clock,
        context=StepContext(data=hand_of(pen=pen, clock=clock)),
    )
    if pen.assurance == Assurance.PERSONAL_CODE:
        _use_up(pen.code_id, clock)
    return Signature.objects.get(step=step)


def _use_up(code_id: int, clock: Clock) -> None:
    """Let a printed code sign nothing any more; of two who hold it only one signs."""
    if not SigningCode.objects.filter(pk=code_id, used_at=None).update(used_at=clock.now):
        raise refuse(PledgeRefusal.CODE_USED)


@transaction.atomic(durable=True)
def counted_again(*, obligation_id: int, clock: Clock) -> Signature:
    """Let the signature that stands under the round's text count again, and return it.

    Raises:
        Refused: When it counts, or there is none.
    """
    count_again_within(obligation_id=obligation_id, clock=clock)
    return Signature.objects.get(
        obligation=obligation_id, text=F("round__text"), annulled_at__isnull=True
    )


def signed_before(obligation_id: int) -> tuple[bool, Signature] | None:
    """Return the signature that is there, and whether it is under the round's present text."""
    obligation = Obligation.objects.select_related("round").get(pk=obligation_id)
    signed = signature_in_force(obligation)
    if obligation.state not in HAS_SIGNED or signed is None:
        return None
    return signed.text_id == obligation.round.text_id, signed
