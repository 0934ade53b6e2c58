"""Filters of a list saved under a name, for oneself or for everybody of an office."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode

from django.db import IntegrityError, transaction

from complaints.models import SavedView
from complaints.selectors.queue_wanted import FILTERS, LISTINGS
from complaints.services.office_roles import CLERKS
from complaints.services.plenary_rows import ask_for_role
from complaints.workflow import refusals
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.law.clock import Clock
from neutrality.organisations.models import Office

# What an address may hold; a cursor or anything else is left out.
KEPT: Final = frozenset(FILTERS)
LONGEST: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewGiven:
    """What is saved; `office` shares it with everybody who works there."""

    listing: str
    name: str
    query: str
    office: Office | None = None


def kept_query(query: str) -> str:
    """Return an address's parameters as far as a saved view keeps them."""
    pairs = [(key, value) for key, value in parse_qsl(query) if key in KEPT and value]
    return urlencode(pairs)[:LONGEST]


@transaction.atomic(durable=True)
def save_view(*, given: ViewGiven, actor: Actor, clock: Clock) -> SavedView:
    """Save a view under a name that the actor has not used for this list.

    Raises:
        Refused: No account, no such list, an office that is not the actor's, or the name twice.
    """
    if actor.user_id is None or given.listing not in LISTINGS:
        raise refuse(RefusalCode.NOT_YOURS)
    if given.office is not None:
        ask_for_role(*CLERKS, Role.SUPERVISOR, actor=actor, office=given.office)
    row = SavedView(
        user_id=actor.user_id,
        office=given.office,
        listing=given.listing,
        name=given.name.strip(),
        query=kept_query(given.query),
        saved_at=clock.now,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(refusals.VIEW_KNOWN) from error
    return row


@transaction.atomic(durable=True)
def delete_view(*, public_id: str, actor: Actor) -> int:
    """Delete one's own view; return how many there were (0 or 1)."""
    number, _rows = SavedView.objects.filter(
        public_id=public_id, user_id=actor.user_id or 0
    ).delete()
    return number
