"""A file of certificates that could not be made is given up visibly."""

from django.db import transaction

from neutrality.law.clock import Clock
from pledges.models import CertificateArchive


@transaction.atomic(durable=True)
def give_up_archive(*, archive_id: int, clock: Clock) -> None:
    """Say that the making broke off; whoever asked may ask again."""
    waiting = CertificateArchive.objects.filter(pk=archive_id, done_at=None, failed_at=None)
    waiting.update(failed_at=clock.now)
