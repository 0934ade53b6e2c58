"""Open items that a body which ended still has, and who would get each today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet

from complaints import access
from complaints.codes import ReferralState
from complaints.models import ReferralItem
from complaints.services.readdress_item import body_today
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock
from neutrality.organisations.models import ReferralBody

MOST: Final = 100
PASSED_IN: Final = (ReferralState.SENT, ReferralState.ACKNOWLEDGED, ReferralState.RETURNED)
PASSERS: Final = (Role.HANDLER, Role.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class PassRow:
    """One item: about whom, who has it, who would get it, or why nobody would."""

    item: ReferralItem
    respondent: str
    former: str
    next: str
    refusal: str

    @property
    def words(self) -> str:
        """What a checkbox says."""
        return f"{self.respondent}: {self.former} → {self.next}"


def left_behind(*, actor: Actor, day: date) -> QuerySet[ReferralItem]:
    """Return the open items of the actor's offices whose body is not in force any more."""
    in_force = ReferralBody.objects.on(day).values("pk")
    rows = access.items_for(actor=actor, day=day, side="office")
    rows = rows.filter(state__in=PASSED_IN, body__isnull=False).exclude(body__in=in_force)
    return rows.select_related("office__region", "body", "agency", "respondent", "matter")


def pass_rows(*, items: Iterable[ReferralItem], actor: Actor, clock: Clock) -> list[PassRow]:
    """Return the items where the actor may pass on, each with its next addressee."""
    mine = [item for item in items if actor.role_at(PASSERS, item.office.ref())]
    return [_row(item, clock) for item in mine]


def _row(item: ReferralItem, clock: Clock) -> PassRow:
    about = item.respondent.name or item.respondent.description
    try:
        body = body_today(item=item, clock=clock)
    except Refused as refused:
        return PassRow(item, about, item.addressee, "", str(refused.refusal.sentence))
    return PassRow(item, about, item.addressee, body.name, "")
