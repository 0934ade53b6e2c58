"""Open a person's own identity to that person; it leaves its trace like every opening."""

from typing import Final

from django.db import transaction

from complaints.models import Party, Report, Tip
from neutrality.audit.actor import Actor
from neutrality.law.clock import Clock
from neutrality.vault.services import IdentityData, IdentityErased, open_identity

REASON: Final = "Pemilik data melihat datanya sendiri"


@transaction.atomic(durable=True)
def show_own_identity(
    *, identity_id: int, mailbox: Report | Tip | Party, actor: Actor, clock: Clock
) -> IdentityData | None:
    """Return the identity of whoever holds the code, or None when it was erased."""
    matter = mailbox.matter
    try:
        return open_identity(
            identity_id=identity_id,
            reason=REASON,
            subject=matter.ref(),
            actor=actor,
            clock=clock,
        )
    except IdentityErased:
        return None
