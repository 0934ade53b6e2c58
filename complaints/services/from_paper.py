"""What the handler writes down for an authority that has no account here, from its paper."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from complaints.models import Examination, ReferralItem, SanctionStep
from complaints.services.standing import ask_for_standing
from complaints.workflow import refusals
from complaints.workflow.referral import REFERRAL
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor, OrgRef
from neutrality.audit.record import record
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.law.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Whose act it is, and the letter that it is read from."""

    acting_party: str
    number: str
    dated_on: date

    def columns(self) -> dict[str, Any]:
        """Return the columns of `models.referral.FromPaper`."""
        return {
            "acting_party": self.acting_party,
            "source_number": self.number,
            "source_dated_on": self.dated_on,
        }


def ask_who_writes(
    *, item: ReferralItem, own: tuple[Role, ...], paper: Paper | None, actor: Actor
) -> tuple[str, OrgRef]:
    """Return in which role the actor writes: of the agency itself, or of the office from a paper.

    Raises:
        Refused: NOT_YOURS.
    """
    if paper is not None:
        office = item.office.ref()
        return ask_for_standing(actor=actor, roles=(Role.HANDLER,), places=[office])
    places = [item.agency.ref()] if item.agency else []
    return ask_for_standing(actor=actor, roles=own, places=places)


@transaction.atomic(durable=True)
def confirm_fact(
    *, kind: type[Examination] | type[SanctionStep], row_id: int, actor: Actor, clock: Clock
) -> ReferralItem:
    """Confirm for the agency what the handler wrote down from its paper; return the item.

    Raises:
        Refused: NOT_YOURS, or it is nobody else's word, or was confirmed before.
    """
    row = kind.objects.select_for_update(of=("self",)).filter(pk=row_id).first()
    if row is None:
        raise refuse(RefusalCode.NOT_YOURS)
    item_id = row.item_id if isinstance(row, Examination) else row.sanction.item_id
    item: ReferralItem
    (item,) = REFERRAL.adapter.load([item_id])
    places = [item.agency.ref()] if item.agency else []
    role, place = ask_for_standing(actor=actor, roles=(Role.HR_DISCIPLINE,), places=places)
    if not row.acting_party or row.confirmed_at is not None:
        raise Refused(refusals.NOTHING_TO_CONFIRM)
    row.confirmed_at, row.confirmed_by_id = clock.now, actor.user_id
    row.save(update_fields=["confirmed_at", "confirmed_by"])
    record(
        what="referral.fact_confirmed",
        subject=item.ref(),
        actor=actor,
        clock=clock,
        role=role,
        organisation=place,
        data={"kind": kind.__name__, "row": row.pk},
    )
    return item
