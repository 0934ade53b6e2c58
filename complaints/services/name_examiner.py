"""The discipline officer names a member of the examining team for one item."""

from django.db import transaction

from complaints.models import Examiner
from complaints.services.record_examination import UNDER_EXAMINATION
from complaints.services.standing import ask_for_standing
from complaints.workflow import refusals
from complaints.workflow.referral import REFERRAL
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock


@transaction.atomic(durable=True)
def name_examiner(*, item_id: int, user_id: int, actor: Actor, clock: Clock) -> Examiner:
    """Let this user read and examine the item until the sanction; naming twice changes nothing.

    Raises:
        Refused: NOT_YOURS, or no follow-up runs.
    """
    item = REFERRAL.adapter.lock(item_id)
    places = [item.agency.ref()] if item.agency else []
    role, place = ask_for_standing(actor=actor, roles=(Role.HR_DISCIPLINE,), places=places)
    if item.state not in UNDER_EXAMINATION:
        raise Refused(refusals.NOT_UNDER_EXAMINATION)
    named, created = Examiner.objects.get_or_create(
        item=item,
        user_id=user_id,
        defaults={"named_at": clock.now, "named_by_id": actor.user_id},
    )
    if created:
        record(
            what="referral.examiner_named",
            subject=item.ref(),
            actor=actor,
            clock=clock,
            role=role,
            organisation=place,
            data={"user": user_id},
        )
    return named
