"""Correct one's own addresses; what was confirmed for the old ones does not hold for new ones."""

from dataclasses import dataclass, field

from django.db import transaction

from complaints.models import Party, Report, Tip
from neutrality.audit.actor import Actor
from neutrality.law.clock import Clock
from neutrality.vault.services import change_identity


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactChange:
    """The new addresses; `address` None leaves where the person lives as it is."""

    email: str = field(repr=False)
    phone: str = field(repr=False)
    address: str | None = field(default=None, repr=False)


@transaction.atomic(durable=True)
def correct_contacts(
    *,
    identity_id: int,
    mailbox: Report | Tip | Party,
    change: ContactChange,
    actor: Actor,
    clock: Clock,
) -> None:
    """Seal the new addresses (UU 27/2022 art. 6); the channels ask for a code again.

    A channel is bound to the address that was confirmed, so nothing is sent to a new one before.

    Raises:
        IdentityErased: There is nothing left to correct.
    """
    fields = {"email": change.email, "phone": change.phone}
    if change.address is not None:
        fields["address"] = change.address
    change_identity(
        identity_id=identity_id,
        change=fields,
        subject=mailbox.matter.ref(),
        actor=actor,
        clock=clock,
    )
