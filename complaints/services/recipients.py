"""Who is told of the steps of an entry: its reporters, and the attorneys who speak for them."""

from collections.abc import Mapping

from django.db.models import FilteredRelation, Q, QuerySet

from complaints.models import Party
from complaints.workflow.messages import MessageKind
from neutrality.notifications.services import Recipient


def recipients_of(*, parties: QuerySet[Party], kind: str) -> list[Recipient]:
    """Return the sealed identities to write to, in one query.

    A code that confirms an address goes to the attorney where there is one: it was the attorney
    who gave the address. A revoked power of attorney is none.
    """
    power = FilteredRelation("representations", condition=Q(representations__revoked_at=None))
    rows = parties.order_by("pk").annotate(power=power)
    found: dict[int, None] = {}
    for own, attorney in rows.values_list("identity_id", "power__identity_id"):
        both = (attorney or own,) if kind == MessageKind.CONTACT_CODE else (own, attorney)
        found |= dict.fromkeys(pk for pk in both if pk)
    return [Recipient(identity_id=pk) for pk in found]


def context_of(*, kind: str, office: str) -> Mapping[str, str]:
    """Return what a message says: the office only, and even that not before it was confirmed."""
    return {} if kind == MessageKind.CONTACT_CODE else {"office": office}
