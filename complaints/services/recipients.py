"""Who is told of the steps of an entry: its reporters, and the attorneys who speak for them."""

from collections.abc import Iterable, Mapping

from django.db.models import FilteredRelation, Q, QuerySet

from complaints.models import Party
from complaints.workflow.messages import MessageKind
from neutrality.notifications.services import Recipient

# The sealed identities of a party and of the attorney, where there are any.
Pair = tuple[int | None, int | None]


def recipients_of(*, parties: QuerySet[Party], kind: str) -> list[Recipient]:
    """Return the sealed identities to write to, in one query; see `addressed`."""
    return addressed(with_attorneys(parties), kind=kind)


def with_attorneys(parties: QuerySet[Party]) -> QuerySet[Party, Pair]:
    """Return the identities of these parties beside those of their attorneys.

    A revoked power of attorney is none.
    """
    power = FilteredRelation("representations", condition=Q(representations__revoked_at=None))
    rows = parties.order_by("pk").annotate(power=power)
    return rows.values_list("identity_id", "power__identity_id")


def addressed(pairs: Iterable[Pair], *, kind: str) -> list[Recipient]:
    """Return whom of these a message of this kind is written to, each once.

    A code that confirms an address goes to the attorney where there is one: it was the attorney
    who gave the address.
    """
    found: dict[int, None] = {}
    for own, attorney in pairs:
        both = (attorney or own,) if kind == MessageKind.CONTACT_CODE else (own, attorney)
        found |= dict.fromkeys(pk for pk in both if pk)
    return [Recipient(identity_id=pk) for pk in found]


def context_of(*, kind: str, office: str) -> Mapping[str, str]:
    """Return what a message says: the office only, and even that not before it was confirmed."""
    return {} if kind == MessageKind.CONTACT_CODE else {"office": office}
