"""The circular that orders a round: published by the agency, and attached to the round."""

from typing import IO

from django.db import transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.documents.models import Publication, PublicationKind
from neutrality.documents.publications import PublicationGiven, publish
from neutrality.law.clock import Clock
from pledges.models import Round


@transaction.atomic(durable=True)
def attach_circular(
    *, place: Round, given: PublicationGiven, file: IO[bytes], actor: Actor, clock: Clock
) -> Publication:
    """Publish a circular of the agency and attach it; those who sign see it first.

    The first one gives the round its number and date where it has none.

    Raises:
        NotPublishable: The file is no PDF, PNG or JPEG, or larger than 20 MB.
    """
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
