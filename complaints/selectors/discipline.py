"""What a discipline officer needs beside the item: the team, and who could join it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from complaints.models import Examiner, ReferralItem, Sanction
from neutrality.accounts.models import RoleGrant
from neutrality.accounts.roles import Role


@dataclass(frozen=True, slots=True)
class Team:
    """The people named for an item, and whether it can be examined now."""

    members: tuple[str, ...]


def team_of(item: ReferralItem) -> Team:
    """Return who was named; one query."""
    rows = Examiner.objects.filter(item=item).select_related("user").order_by("named_at", "pk")
    return Team(members=tuple(str(row.user) for row in rows))


def possible_examiners(*, item: ReferralItem, day: date) -> list[tuple[str, str]]:
    """Return who holds the examiner's role at the agency or its units and is not named yet."""
    named = Examiner.objects.filter(item=item).values("user_id")
    here = Q(agency_id=item.agency_id) | Q(unit__agency_id=item.agency_id)
    grants = RoleGrant.objects.on(day).filter(here, role=str(Role.EXAMINER), user__is_active=True)
    people = grants.exclude(user_id__in=named).order_by("user__name", "user_id")
    rows = people.values_list("user_id", "user__name").distinct()
    return [(str(pk), name) for pk, name in rows]


def sanction_of(*, item: ReferralItem, sanction_id: int) -> Sanction | None:
    """Return a sanction of this item, or None."""
    return Sanction.objects.filter(item=item, pk=sanction_id).first()
