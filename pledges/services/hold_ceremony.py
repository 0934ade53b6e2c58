"""Ceremonies and those who sign for others."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.law.clock import Clock
from pledges.codes import CeremonyKind, CeremonyPart, SignatureKind
from pledges.locks import agency_to_add_to, round_to_change
from pledges.models import Ceremony, CeremonyRole, RepresentativeSignature, Round
from pledges.workflow.refusals import AlreadyThere, PledgeRefusal, refuse


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
    """Record a ceremony of the round's agency with those who led, witnessed and spoke.

    Raises:
        AlreadyThere: When the same is recorded already, with the same people.
    """
    agency_to_add_to(agency_id=place.agency_id)
    for same in Ceremony.objects.filter(
        round=place,
        kind=occasion.kind,
        title=occasion.title,
        held_on=occasion.held_on,
        place=occasion.place,
        material=occasion.material,
    ):
        if set(occasion.people) == {_said_of(role) for role in same.roles.all()}:
            raise AlreadyThere(PledgeRefusal.CEREMONY_THERE, same.public_id)
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

    The same signature is recorded once.

    Raises:
        Refused: When the round knows no representatives.
    """
    if not place.has_representatives:
        raise refuse(PledgeRefusal.NO_REPRESENTATIVES)
    round_to_change(round_id=place.pk)
    said = {"round": place, "ceremony": ceremony, "text_id": place.text_id, **asdict(given)}
    known = RepresentativeSignature.objects.filter(**said, annulled_at=None).first()
    if known is not None:
        return known
    signed = RepresentativeSignature.objects.create(
        **said,
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


@transaction.atomic(durable=True)
def annul_for_others(*, key: int, reason: str, actor: Actor, clock: Clock) -> None:
    """Annul a signature for others that was recorded by mistake; it stays visible, with the reason.

    Minutes that name it stay as they are: unsigned ones are made anew by who wants them without.
    Pressed twice it is annulled once, for the first reason.
    """
    rows = RepresentativeSignature.objects.select_for_update(of=("self",))
    signed = rows.select_related("round__agency").get(pk=key)
    if signed.annulled_at is not None:
        return
    signed.annulled_at, signed.annulled_by_id = clock.now, actor.user_id
    signed.annul_reason = reason
    signed.save(update_fields=["annulled_at", "annulled_by", "annul_reason"])
    record(
        what="pledge_round.signature_for_others_annulled",
        subject=signed.round.ref(),
        actor=actor,
        clock=clock,
        organisation=signed.round.agency.ref(),
        data={"signature": signed.pk, "ceremony": signed.ceremony_id or 0},
    )


def _said_of(role: CeremonyRole) -> Participation:
    return Participation(
        part=CeremonyPart(role.part),
        name=role.name,
        position=role.position,
        institution=role.institution,
    )
