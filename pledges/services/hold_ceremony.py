"""Ceremonies and those who sign for others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.law.clock import Clock
from pledges.codes import CeremonyKind, CeremonyPart, SignatureKind
from pledges.models import Ceremony, CeremonyRole, RepresentativeSignature, Round
from pledges.workflow.refusals import PledgeRefusal, refuse


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """Who did what; guests need be on no roster."""

    part: CeremonyPart
    name: str
    position: str = ""
    institution: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """An event with its people."""

    kind: CeremonyKind
    title: str
    held_on: date
    place: str
    material: str = ""
    people: Sequence[Participation] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Representation:
    """Somebody signed for others, on paper or by TTE."""

    name: str
    position: str
    institution: str
    on_behalf_of: str
    kind: SignatureKind
    signed_on: date


@transaction.atomic(durable=True)
def hold_ceremony(*, place: Round, occasion: Occasion, actor: Actor, clock: Clock) -> Ceremony:
    """Record a ceremony of the round's agency with those who led, witnessed and spoke."""
    ceremony = Ceremony.objects.create(
        agency_id=place.agency_id,
        round=place,
        kind=occasion.kind,
        title=occasion.title,
        held_on=occasion.held_on,
        place=occasion.place,
        material=occasion.material,
        recorded_at=clock.now,
        recorded_by_id=actor.user_id,
    )
    CeremonyRole.objects.bulk_create(
        CeremonyRole(
            ceremony=ceremony,
            part=one.part,
            name=one.name,
            position=one.position,
            institution=one.institution,
        )
        for one in occasion.people
    )
    record(
        what="ceremony.recorded",
        subject=ceremony.ref(),
        actor=actor,
        clock=clock,
        data={"round": place.pk, "people": len(occasion.people)},
    )
    return ceremony


@transaction.atomic(durable=True)
def sign_for_others(
    *,
    place: Round,
    given: Representation,
    ceremony: Ceremony | None,
    actor: Actor,
    clock: Clock,
) -> RepresentativeSignature:
    """Record that somebody signed on behalf of others; it counts for nobody's own obligation.

    Raises:
        Refused: When the round knows no representatives.
    """
    if not place.has_representatives:
        raise refuse(PledgeRefusal.NO_REPRESENTATIVES)
    signed = RepresentativeSignature.objects.create(
        round=place,
        ceremony=ceremony,
        text_id=place.text_id,
        name=given.name,
        position=given.position,
        institution=given.institution,
        on_behalf_of=given.on_behalf_of,
        kind=given.kind,
        signed_on=given.signed_on,
        recorded_at=clock.now,
        recorded_by_id=actor.user_id,
    )
    record(
        what="pledge_round.signed_for_others",
        subject=place.ref(),
        actor=actor,
        clock=clock,
        data={"signature": signed.pk, "ceremony": ceremony.pk if ceremony else 0},
    )
    return signed
