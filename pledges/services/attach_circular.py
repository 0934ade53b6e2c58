"""The circular that orders a round: published by the agency, and attached to the round."""

import hashlib
from typing import IO, Final

from django.db import transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.documents.models import Publication, PublicationKind
from neutrality.documents.publications import PublicationGiven, publish
from neutrality.law.clock import Clock
from pledges.locks import round_to_change
from pledges.models import Round

_PIECE: Final = 256 * 1024


@transaction.atomic(durable=True)
def attach_circular(
    *, place: Round, given: PublicationGiven, file: IO[bytes], actor: Actor, clock: Clock
) -> Publication:
    """Publish a circular of the agency and attach it; those who sign see it first.

    The first one gives the round its number and date where it has none. Attached already, it is
    not published once more.

    Raises:
        NotPublishable: The file is no PDF, PNG or JPEG, or larger than 20 MB.
    """
    held = round_to_change(round_id=place.pk)
    known = _attached(held, given, file)
    if known is not None:
        return known
    circular = publish(given=given, file=file, actor=actor, clock=clock)
    place.circulars.add(circular)
    Round.objects.filter(pk=place.pk, circular_number="").exclude(circular_on__isnull=False).update(
        circular_number=circular.number or circular.title[:120], circular_on=circular.dated_on
    )
    record(
        what="pledge_round.circular_attached",
        subject=place.ref(),
        actor=actor,
        clock=clock,
        organisation=place.agency.ref(),
        data={"publication": circular.pk, "kind": str(PublicationKind.CIRCULAR)},
    )
    return circular


def _attached(place: Round, given: PublicationGiven, file: IO[bytes]) -> Publication | None:
    """The same paper under the same title and number, shown with this round already."""
    digest = hashlib.sha256()
    file.seek(0)
    while piece := file.read(_PIECE):
        digest.update(piece)
    file.seek(0)
    return place.circulars.filter(
        sha256=digest.hexdigest(),
        title=given.title,
        number=given.number,
        dated_on=given.dated_on,
        withdrawn_at=None,
    ).first()
