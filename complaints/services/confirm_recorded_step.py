"""The authority that acted confirms the step which the handler recorded from its paper."""

from complaints.models import ReferralItem
from complaints.selectors.referral_item import Reader, may_confirm
from complaints.workflow.referral import REFERRAL
from neutrality.audit.actor import Actor
from neutrality.casework.corrections import confirm_step
from neutrality.casework.models import Step
from neutrality.casework.refusals import RefusalCode, refuse
from neutrality.law.clock import Clock


def confirm_recorded_step(
    *, item_id: int, step_id: int, reader: Reader, actor: Actor, clock: Clock
) -> Step:
    """Confirm a recorded step of this item on behalf of the body or the agency.

    Raises:
        Refused: NOT_YOURS when the step is another item's or another authority's; or as
            `casework.corrections.confirm_step`.
    """
    item = ReferralItem.objects.get(pk=item_id)
    ref = item.ref()
    step = Step.objects.filter(pk=step_id, subject_kind=ref.kind, subject_id=ref.id).first()
    if step is None or not may_confirm(
        item=item, action=step.action, reader=reader, roles=actor.roles
    ):
        raise refuse(RefusalCode.NOT_YOURS)
    return confirm_step(workflow=REFERRAL, step_id=step.pk, actor=actor, clock=clock)
