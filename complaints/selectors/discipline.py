"""What a discipline officer needs beside the item: the team, and who could join it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from complaints.codes import Audience
from complaints.models import Examiner, ReferralItem, Sanction
from complaints.services.derivative_rows import released_for
from neutrality.accounts.models import RoleGrant
from neutrality.accounts.roles import Role
from neutrality.ui.dates import say_short_instant


@dataclass(frozen=True, slots=True)
class Team:
    """The people named for an item, and whether it can be examined now."""

    members: tuple[str, ...]


def team_of(item: ReferralItem) -> Team:
    """Return who was named; one query."""
    rows = Examiner.objects.filter(item=item).select_related("user").order_by("named_at", "pk")
    return Team(members=tuple(str(row.user) for row in rows))


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A copy of evidence that was let go for the agencies."""

    public_id: str
    title: str
    size: int
    released: str


def copies_for_agency(item: ReferralItem) -> tuple[CopyRow, ...]:
    """Return the copies of the item's file that two persons let go for the agencies; one query.

    They are called as the two persons called them, never in the reporter's words.
    """
    rows = released_for(matter_id=item.matter_id, audience=Audience.AGENCY)
    return tuple(
        CopyRow(
            public_id=row.public_id,
            title=row.wording or _("Salinan bukti %(number)s") % {"number": place},
            size=row.size,
            released=say_short_instant(row.released_at, item.office.tz) if row.released_at else "",
        )
        for place, row in enumerate(rows, start=1)
    )


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
