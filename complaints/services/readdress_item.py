"""Pass items to the body that took over from one no longer in force (KASN to BKN, and later ones)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import transaction

from complaints.models import ReferralItem
from complaints.services.resend_item import parcel_today
from complaints.workflow import refusals
from complaints.workflow.actions import ReferralAction
from complaints.workflow.referral import REFERRAL
from neutrality.audit.actor import Actor
from neutrality.casework.engine import apply_within
from neutrality.casework.models import Step
from neutrality.casework.refusals import Refused
from neutrality.casework.workflow import StepContext
from neutrality.law.clock import Clock
from neutrality.organisations.models import ReferralBody


@dataclass(frozen=True, slots=True)
class Passed:
    """What became of one item of many: passed on, or the sentence why not."""

    item: ReferralItem
    refusal: str = ""


@transaction.atomic(durable=True)
def readdress_item(*, item_id: int, context: StepContext, actor: Actor, clock: Clock) -> Step:
    """Give the item to the body competent today; what it has done and its clocks stay.

    Raises:
        Refused: As `casework.engine.apply`; also when nobody is competent, or the same body is.
    """
    item = REFERRAL.adapter.lock(item_id)
    body = body_today(item=item, clock=clock)
    return apply_within(
        workflow=REFERRAL,
        action=ReferralAction.READDRESS,
        subject_id=item_id,
        actor=actor,
        clock=clock,
        context=replace(context, data={**context.data, "body": body.pk}),
    )


def body_today(*, item: ReferralItem, clock: Clock) -> ReferralBody:
    """Return the body that answers for the item today; raises `Refused` when there is none."""
    addressee = parcel_today(item=item, clock=clock).addressee
    if not isinstance(addressee, ReferralBody):
        raise Refused(refusals.NO_BODY)
    return addressee


def readdress_items(
    *, items: Iterable[ReferralItem], reason: str, actor: Actor, clock: Clock
) -> list[Passed]:
    """Pass many items on, each in a transaction of its own; a refusal stops none of the others."""
    return [_passed(item, reason, actor, clock) for item in items]


def _passed(item: ReferralItem, reason: str, actor: Actor, clock: Clock) -> Passed:
    context = StepContext(reason=reason, expected_version=item.version)
    try:
        readdress_item(item_id=item.pk, context=context, actor=actor, clock=clock)
    except Refused as refused:
        return Passed(item, str(refused.refusal.sentence))
    return Passed(item)
