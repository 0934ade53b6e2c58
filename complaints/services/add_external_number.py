"""Note the number by which another system knows a referral item."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from complaints.models import ExternalNumber, ReferralItem
from complaints.services.standing import ask_for_standing
from complaints.workflow import refusals
from complaints.workflow.referral import REFERRAL
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberGiven:
    """A number of another system (SBT, SIAPNET, LAPOR!, I'DIS, a letter) and its date."""

    system: str
    number: str
    dated_on: date


@transaction.atomic(durable=True)
def add_external_number(
    *, item_id: int, given: NumberGiven, actor: Actor, clock: Clock
) -> ExternalNumber:
    """Write the number; several systems and numbers coexist.

    Raises:
        Refused: NOT_YOURS, or the number is known already.
    """
    item = REFERRAL.adapter.lock(item_id)
    return add_number_within(item=item, given=given, actor=actor, clock=clock)


def add_number_within(
    *, item: ReferralItem, given: NumberGiven, actor: Actor, clock: Clock
) -> ExternalNumber:
    """Write the number inside the caller's transaction; see `add_external_number`."""
    places = REFERRAL.adapter.organisations(item)
    roles = (Role.HANDLER, Role.LIAISON, Role.HR_DISCIPLINE)
    role, place = ask_for_standing(actor=actor, roles=roles, places=places)
    number, created = ExternalNumber.objects.get_or_create(
        matter_id=item.matter_id,
        system=given.system,
        number=given.number,
        defaults={
            "item": item,
            "dated_on": given.dated_on,
            "entered_at": clock.now,
            "entered_by_id": actor.user_id,
        },
    )
    if not created:
        raise Refused(refusals.NUMBER_KNOWN)
    record(
        what="referral.external_number",
        subject=item.ref(),
        actor=actor,
        clock=clock,
        role=role,
        organisation=place,
        data={"number": number.pk, "system": given.system},
    )
    return number
