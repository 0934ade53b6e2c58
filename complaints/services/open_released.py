"""Open a copy for those outside the house to whom two persons let it go; it leaves its trace."""

from collections.abc import Iterator
from typing import Final

from django.db import transaction

from complaints.codes import Audience
from complaints.models import Derivative, ReferralItem
from complaints.services import evidence_refusals as refusals
from complaints.services.custody import note_view
from complaints.services.derivative_rows import released_for
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.law.clock import Clock
from neutrality.vault.services import Erased, open_stream

WHY: Final = "Salinan yang dilepas untuk penerima"


class NoCopy(LookupError):
    """No such copy was let go for them."""


@transaction.atomic(durable=True)
def open_for_agency(
    *, item: ReferralItem, public_id: str, actor: Actor, clock: Clock
) -> tuple[Derivative, Iterator[bytes]]:
    """Open a copy that was let go for the agencies, piece by piece.

    The caller has decided that the actor reads this item for its agency, which is joined.

    Raises:
        NoCopy: Of another file, or no second person let it go to an agency.
        Refused: It was erased.
    """
    rows = released_for(matter_id=item.matter_id, audience=Audience.AGENCY)
    copy = rows.select_related("evidence__matter").filter(public_id=public_id).first()
    if copy is None:
        raise NoCopy(public_id)
    reader = item.agency.name if item.agency else ""
    return copy, open_within(copy=copy, reader=reader, actor=actor, clock=clock)


def open_within(*, copy: Derivative, reader: str, actor: Actor, clock: Clock) -> Iterator[bytes]:
    """Open a copy for `reader`, as the chain of custody calls them, in the caller's transaction.

    The caller has decided that it was let go for them; evidence and matter are joined.

    Raises:
        Refused: It was erased.
    """
    matter = copy.evidence.matter
    if matter is None:
        raise refuse(RefusalCode.NOT_YOURS)
    try:
        pieces = open_stream(
            blob_id=int(copy.stored_as),
            reason=WHY,
            subject=matter.ref(),
            actor=actor,
            clock=clock,
        )
    except Erased:
        raise Refused(refusals.ERASED) from None
    note_view(derivative=copy, reason=reader, actor=actor, clock=clock)
    return pieces
