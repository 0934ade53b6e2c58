"""Signing on a tablet: an attendant who saw the card unlocks one signature by a PIN."""

import hmac
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import F

from neutrality.accounts.actors import actor_of
from neutrality.audit.actor import SYSTEM, Actor
from neutrality.audit.record import record
from neutrality.casework.engine import apply_within
from neutrality.casework.refusals import RefusalCode, Refused
from neutrality.casework.workflow import SourceDocument, StepContext
from neutrality.law.clock import Clock
from neutrality.vault.services import keyed_hash
from pledges.models import Ceremony, Kiosk, Obligation, Round, Signature
from pledges.services.change_text import ask_again_within
from pledges.services.sign_pledge import Pen, counted_again, hand_of, signed_before
from pledges.workflow.actions import ObligationAction
from pledges.workflow.obligation import OBLIGATION
from pledges.workflow.refusals import PledgeRefusal, refuse

LONGEST: Final = timedelta(hours=12)
WRONG_PINS: Final = 10


@transaction.atomic(durable=True)
def open_kiosk(
    *,
    place: Round,
    ceremony: Ceremony | None,
    pin: str,
    hours: int,
    actor: Actor,
    clock: Clock,
) -> Kiosk:
    """Open a tablet for some hours; the attendant is the actor, and keeps the PIN."""
    kiosk = Kiosk(
        round=place,
        ceremony=ceremony,
        attendant_id=actor.user_id or 0,
        opened_at=clock.now,
        expires_at=clock.now + min(timedelta(hours=hours), LONGEST),
    )
    kiosk.pin_digest = _pin_digest(kiosk, pin)
    kiosk.save(force_insert=True)
    _record("pledge_kiosk.opened", kiosk, actor, clock)
    return kiosk


@transaction.atomic(durable=True)
def close_kiosk(*, kiosk: Kiosk, actor: Actor, clock: Clock) -> None:
    """Close a tablet; what it had unlocked is locked again."""
    if Kiosk.objects.filter(pk=kiosk.pk, closed_at=None).update(closed_at=clock.now):
        _record("pledge_kiosk.closed", kiosk, actor, clock)


def check_pin(*, kiosk: Kiosk, pin: str, clock: Clock) -> None:
    """Let pass who knows the attendant's PIN; ten wrong ones close the tablet.

    Raises:
        Refused: When the PIN is wrong, or the tablet is closed.
    """
    with transaction.atomic(durable=True):
        held = Kiosk.objects.select_for_update(of=("self",)).get(pk=kiosk.pk)
        if not is_open(kiosk=held, clock=clock):
            raise refuse(PledgeRefusal.KIOSK_CLOSED)
        right = hmac.compare_digest(bytes(held.pin_digest), _pin_digest(held, pin))
        if not right:
            _count(held, clock)
    if not right:
        raise refuse(PledgeRefusal.WRONG_PIN)


def is_open(*, kiosk: Kiosk, clock: Clock) -> bool:
    """Whether the tablet can be used now."""
    return kiosk.closed_at is None and clock.now < kiosk.expires_at


def attendant_of(*, kiosk: Kiosk, clock: Clock) -> Actor:
    """Return the attendant with the grants of today."""
    return actor_of(user=kiosk.attendant, day=clock.today_in(kiosk.round.office.tz))


def sign_attended(*, kiosk: Kiosk, obligation_id: int, pen: Pen, clock: Clock) -> Signature:
    """Sign before the attendant; a second tap finds the first signature.

    Raises:
        Refused: When the tablet is closed, the attendant may not act for this person's unit, the
            text was another, or the person need not sign.
    """
    try:
        return _sign(kiosk, obligation_id, pen, clock)
    except Refused as refused:
        if refused.refusal.code == PledgeRefusal.ALREADY_SIGNED:
            return counted_again(obligation_id=obligation_id, clock=clock)
        if refused.refusal.code != RefusalCode.WRONG_STATE:
            raise
        signed = signed_before(obligation_id)
        if signed is None:
            raise
        is_present, signature = signed
        return signature if is_present else _sign(kiosk, obligation_id, pen, clock, again=True)


@transaction.atomic(durable=True)
def _sign(
    kiosk: Kiosk, obligation_id: int, pen: Pen, clock: Clock, *, again: bool = False
) -> Signature:
    if not is_open(kiosk=kiosk, clock=clock):
        raise refuse(PledgeRefusal.KIOSK_CLOSED)
    obligation = Obligation.objects.select_related("person", "round__office").get(pk=obligation_id)
    if obligation.round_id != kiosk.round_id:
        raise refuse(PledgeRefusal.KIOSK_CLOSED)
    if again:
        ask_again_within(obligation_id=obligation_id, clock=clock)
    step = apply_within(
        workflow=OBLIGATION,
        action=ObligationAction.SIGN_ATTENDED,
        subject_id=obligation_id,
        actor=attendant_of(kiosk=kiosk, clock=clock),
        clock=clock,
        context=StepContext(
            acting_party=obligation.person.name,
            source=SourceDocument(
                number="Kartu pegawai diperlihatkan kepada petugas",
                dated_on=clock.today_in(obligation.round.office.tz),
            ),
            data=hand_of(pen=pen, clock=clock)
            | {"kiosk_id": kiosk.pk, "ceremony_id": kiosk.ceremony_id},
        ),
    )
    return Signature.objects.get(step=step)


def _pin_digest(kiosk: Kiosk, pin: str) -> bytes:
    return keyed_hash(purpose="pledge-kiosk-pin", value=f"{kiosk.public_id}:{pin}")


def _count(kiosk: Kiosk, clock: Clock) -> None:
    rows = Kiosk.objects.filter(pk=kiosk.pk)
    rows.update(wrong_pins=F("wrong_pins") + 1)
    rows.filter(wrong_pins__gte=WRONG_PINS).update(closed_at=clock.now)
    _record("pledge_kiosk.wrong_pin", kiosk, SYSTEM, clock)


def _record(what: str, kiosk: Kiosk, actor: Actor, clock: Clock) -> None:
    data: dict[str, str | int] = {"round": kiosk.round_id, "ceremony": kiosk.ceremony_id or 0}
    record(what=what, subject=kiosk.ref(), actor=actor, clock=clock, data=data)
