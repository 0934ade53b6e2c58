"""Send a returned item again: a new version of the package, to the body in force today."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from complaints.codes import Channel
from complaints.models import Derivative, Matter, ReferralItem, ReferralPackage
from complaints.services.send_package import (
    Dispatch,
    Line,
    Parcel,
    envelope_of,
    rulebook_of,
    sort_lines,
    write_package,
)
from complaints.workflow import refusals
from complaints.workflow.actions import ReferralAction
from complaints.workflow.guards import decision_of_item
from complaints.workflow.referral import REFERRAL
from neutrality.audit.actor import Actor
from neutrality.casework.engine import apply_within
from neutrality.casework.refusals import Refused
from neutrality.casework.workflow import StepContext
from neutrality.law.clock import Clock
from neutrality.law.codes import OutcomeClass
from neutrality.organisations.models import ReferralBody


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """How the next version leaves."""

    channel: Channel = Channel.DIRECT
    derivatives: Sequence[Derivative] = ()


@transaction.atomic(durable=True)
def resend_item(
    *, item_id: int, again: Again, context: StepContext, actor: Actor, clock: Clock
) -> ReferralPackage:
    """Write the next version of the package for this item alone and set the item to SENT.

    When the former body is no longer in force, its successor is addressed. When the plenary found
    the same anew, the new decision is cited.

    Raises:
        Refused: As `casework.engine.apply`, so too when the result was withdrawn; also when nobody
            is competent today.
    """
    item = REFERRAL.adapter.lock(item_id)
    parcel = parcel_today(item=item, clock=clock)
    body = parcel.addressee.pk if isinstance(parcel.addressee, ReferralBody) else 0
    apply_within(
        workflow=REFERRAL,
        action=ReferralAction.RESEND,
        subject_id=item_id,
        actor=actor,
        clock=clock,
        context=replace(context, data={"body": body}),
    )
    return _package(item, parcel, again, actor, clock)


def parcel_today(*, item: ReferralItem, clock: Clock) -> Parcel:
    """Return to whom this item would go today; raises `Refused` when nobody is competent."""
    matter = _matter(item)
    respondent = matter.parties.select_related("agency", "unit").get(pk=item.respondent_id)
    line = Line(respondent, OutcomeClass(item.outcome))
    sorting = sort_lines(
        matter=matter, lines=[line], rulebook=rulebook_of(matter=matter, clock=clock)
    )
    for _, refusal in sorting.unroutable:
        raise Refused(refusal)
    return sorting.parcels[0]


def _package(
    item: ReferralItem, parcel: Parcel, again: Again, actor: Actor, clock: Clock
) -> ReferralPackage:
    matter = _matter(item)
    decision = decision_of_item(item)
    if decision is None:  # withdrawn since the guard looked
        raise Refused(refusals.RESULT_WITHDRAWN)
    former = item.packages.order_by("-version", "-pk")[0]
    dispatch = Dispatch(
        agenda_item=decision,
        channel=again.channel,
        derivatives=again.derivatives,
        inform_agencies=item.agency_informed,
    )
    envelope = envelope_of(
        matter=matter,
        parcel=parcel,
        dispatch=dispatch,
        rulebook=rulebook_of(matter=matter, clock=clock),
        clock=clock,
    )
    package = write_package(
        envelope=envelope,
        parcel=parcel,
        dispatch=dispatch,
        actor=actor,
        version=former.version + 1,
    )
    package.items.add(item)
    return package


def _matter(item: ReferralItem) -> Matter:
    return Matter.objects.select_related("office__region", "contest__election").get(
        pk=item.matter_id
    )
