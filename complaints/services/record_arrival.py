"""Record that a package arrived: when, and by what proof."""

from datetime import datetime

from django.db import transaction

from complaints.models import ReferralPackage
from complaints.services.standing import ask_for_standing
from complaints.workflow import refusals
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock


@transaction.atomic(durable=True)
def record_arrival(
    *, package_id: int, received_at: datetime, proof: str, actor: Actor, clock: Clock
) -> ReferralPackage:
    """Write when the addressee received the package and how that is proven.

    Raises:
        Refused: NOT_YOURS, or the delivery was recorded before.
    """
    package = (
        ReferralPackage.objects.select_for_update(of=("self",))
        .select_related("office", "matter")
        .get(pk=package_id)
    )
    office = package.office.ref()
    role, _ = ask_for_standing(actor=actor, roles=(Role.HANDLER, Role.INTAKE), places=[office])
    if package.received_at is not None:
        raise Refused(refusals.DELIVERY_KNOWN)
    package.received_at, package.received_by_id = received_at, actor.user_id
    package.delivery_proof = proof
    package.save(update_fields=["received_at", "received_by", "delivery_proof"])
    record(
        what="referral.delivered",
        subject=package.matter.ref(),
        actor=actor,
        clock=clock,
        occurred_at=received_at,
        role=role,
        organisation=office,
        data={"package": package.pk},
    )
    return package
