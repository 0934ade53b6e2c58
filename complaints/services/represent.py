"""Powers of attorney: recorded with a code of their own, revoked with everything that they open."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from complaints.codes import CodeHolder
from complaints.models import AccessCode, Party, Representation
from complaints.services.codes import SecretCode, new_code
from complaints.services.office_roles import CLERKS, note
from complaints.workflow import refusals
from neutrality.audit.actor import Actor, ActorKind
from neutrality.audit.record import record
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.law.clock import Clock
from neutrality.notifications.contacts import forget_contacts
from neutrality.vault.models import IdentityKind
from neutrality.vault.services import IdentityData, seal_identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """Who speaks for a party, for what, and how long."""

    attorney: IdentityData = field(repr=False)
    scope: str
    from_on: date
    until_on: date | None = None
    evidence_id: int | None = None


@transaction.atomic(durable=True)
def record_power(*, party: Party, power: Power, actor: Actor, clock: Clock) -> SecretCode:
    """Write the power of attorney and give the attorney a code, which must be changed at first use.

    The code opens what the party's own code opens: the mailbox of a report or tip, or the room of
    an invited person. `party` comes with its matter and office joined.

    Raises:
        Refused: Not of this office.
    """
    identity = seal_identity(data=power.attorney, kind=IdentityKind.ATTORNEY, clock=clock)
    row = Representation.objects.create(
        party=party,
        identity=identity,
        scope=power.scope,
        power_of_attorney_id=power.evidence_id,
        from_on=power.from_on,
        until_on=power.until_on,
    )
    code = new_code()
    AccessCode.objects.create(
        digest=code.digest(),
        holder=CodeHolder.ATTORNEY,
        representation=row,
        **opened_by(party),
        staff_seen=True,
        issued_at=clock.now,
        issued_by_id=actor.user_id,
    )
    note("power.recorded", party.matter, *CLERKS, actor=actor, clock=clock, power=row.pk)
    return code


@transaction.atomic(durable=True)
def revoke_power(*, power_id: int, reason: str, actor: Actor, clock: Clock) -> Representation:
    """End a power of attorney: its codes open nothing any more, and nothing is sent to it.

    By an officer of the office, or by the party with the party's own code.

    Raises:
        Refused: Not theirs, or revoked before.
    """
    rows = Representation.objects.select_for_update(of=("self",))
    power = rows.select_related("party__matter__office").get(pk=power_id)
    _ask_who(power, actor, clock)
    if power.revoked_at is not None:
        raise Refused(refusals.POWER_REVOKED)
    power.revoked_at, power.revocation_reason = clock.now, reason.strip()
    power.revocation_recorded_by_id = actor.user_id
    power.save(update_fields=["revoked_at", "revocation_reason", "revocation_recorded_by"])
    AccessCode.objects.filter(representation=power, revoked_at=None).update(revoked_at=clock.now)
    forget_contacts(identity_ids=[power.identity_id])
    return power


def _ask_who(power: Representation, actor: Actor, clock: Clock) -> None:
    matter = power.party.matter
    if actor.kind is ActorKind.USER:
        note("power.revoked", matter, *CLERKS, actor=actor, clock=clock, power=power.pk)
        return
    if actor.party_ref not in _refs(power.party):
        raise refuse(RefusalCode.NOT_YOURS)
    record(
        what="power.revoked",
        subject=matter.ref(),
        actor=actor,
        clock=clock,
        data={"power": power.pk},
    )


def _refs(party: Party) -> set[str]:
    return {f"report:{party.report_id}", f"tip:{party.tip_id}", f"party:{party.pk}"}


def opened_by(party: Party) -> dict[str, int]:
    """Return what a code of this person opens, as a column of the code."""
    if party.kind == "REPORTER" and party.report_id:
        return {"report_id": party.report_id}
    if party.kind == "REPORTER" and party.tip_id:
        return {"tip_id": party.tip_id}
    return {"party_id": party.pk}
