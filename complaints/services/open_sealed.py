"""Open the sealed identity of a person in a file, with a reason and a trace."""

from django.db import transaction

from complaints.models import Matter, Party
from complaints.services.office_roles import CLERKS
from complaints.services.plenary_rows import ask_for_role
from complaints.workflow import refusals
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock
from neutrality.vault.services import IdentityData, open_identity


@transaction.atomic(durable=True)
def open_party(
    *, party: Party, matter: Matter, reason: str, actor: Actor, clock: Clock
) -> IdentityData:
    """Open the identity of a reporter, witness or expert of the matter.

    Raises:
        Refused: Not of this office, or there is no identity.
        ReasonMissing, IdentityErased: As the vault.
    """
    role = ask_for_role(*CLERKS, actor=actor, office=matter.office)
    if party.identity_id is None:
        raise Refused(refusals.NO_SEALED_IDENTITY)
    return open_identity(
        identity_id=party.identity_id,
        reason=reason,
        subject=matter.ref(),
        actor=actor,
        clock=clock,
        role=role,
        organisation=matter.office.ref(),
    )
