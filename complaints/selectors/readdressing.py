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
    """Return the items where the actor may pass on, each with its next addressee.

    Items that go by the same route ask once for it together.
    """
    mine = [item for item in items if actor.role_at(PASSERS, item.office.ref())]
    routes = {_route(item): item for item in mine}
    nexts = {route: _next(item, clock) for route, item in routes.items()}
    return [
        PassRow(
            item,
            item.respondent.name or item.respondent.description,
            item.addressee,
            *nexts[_route(item)],
        )
        for item in mine
    ]


def _route(item: ReferralItem) -> tuple[object, ...]:
    """Return what decides which body is competent."""
    who = item.respondent
    place = (who.agency_id, who.unit_id, who.subject_kind)
    return (item.office_id, item.matter.contest_id, item.outcome, *place)


def _next(item: ReferralItem, clock: Clock) -> tuple[str, str]:
    """Return the name of the next body and "", or "" and why there is none."""
    try:
        return body_today(item=item, clock=clock).name, ""
    except Refused as refused:
        return "", str(refused.refusal.sentence)
