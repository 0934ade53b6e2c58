"""Locking a plenary row and asking whether its office's commissioners act."""

from typing import Final

from django.db.models import Q

from complaints.codes import ItemOutcome
from complaints.models import AgendaItem, PlenaryMeeting
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import RefusalCode, refuse
from neutrality.organisations.models import Office

UNDECIDED: Final = Q(outcome=ItemOutcome.PENDING) | Q(
    coordinated_at__isnull=False, ratified_at__isnull=True
)
"""What a plenary has still to say something about: the open items, and those to be ratified."""


def ask_for_role(*roles: Role, actor: Actor, office: Office) -> str:
    """Return the role in which the actor acts at the office, or refuse as if nothing were there."""
    role = actor.role_at(roles, office.ref())
    if role is None:
        raise refuse(RefusalCode.NOT_YOURS)
    return role


def locked_meeting(meeting_id: int) -> PlenaryMeeting:
    """Return the meeting with its row locked and its office joined."""
    rows = PlenaryMeeting.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("office__region").get(pk=meeting_id)


def locked_item(item_id: int) -> AgendaItem:
    """Return the agenda item with its row locked, its meeting and office joined."""
    rows = AgendaItem.objects.select_for_update(of=("self",), no_key=True)
    joined = ("office__region", "meeting__office__region", "matter")
    return rows.select_related(*joined).get(pk=item_id)
