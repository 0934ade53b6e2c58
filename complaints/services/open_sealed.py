"""Open what is sealed in a file: an identity, or an original; both with a reason and a trace."""

from dataclasses import dataclass

from django.db import transaction

from complaints.codes import EvidenceState
from complaints.models import Custody, Evidence, Matter, Party
from complaints.services.office_roles import CLERKS
from complaints.services.plenary_rows import ask_for_role
from complaints.workflow import refusals
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock
from neutrality.vault.services import IdentityData, open_blob, open_identity


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes of an original as it was handed in."""

    name: str
    media_type: str
    data: bytes


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


@transaction.atomic(durable=True)
def open_original(
    *, evidence: Evidence, matter: Matter, reason: str, actor: Actor, clock: Clock
) -> Original:
    """Open an original that was found clean; it becomes a link of the chain of custody.

    Raises:
        Refused: Not of this office, no file, or not (yet) found clean.
        ReasonMissing, BlobErased: As the vault.
    """
    role = ask_for_role(*CLERKS, actor=actor, office=matter.office)
    if not evidence.stored_as or evidence.state != EvidenceState.CLEAN:
        raise Refused(refusals.NOT_CLEAN)
    data = open_blob(
        blob_id=int(evidence.stored_as),
        reason=reason,
        subject=matter.ref(),
        actor=actor,
        clock=clock,
        role=role,
        organisation=matter.office.ref(),
    )
    Custody.objects.create(
        evidence=evidence,
        act="DOWNLOADED",
        reason=reason,
        who=actor.label,
        happened_at=clock.now,
    )
    return Original(evidence.original_name or "berkas", evidence.media_type, data)
