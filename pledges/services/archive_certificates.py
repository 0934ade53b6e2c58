"""Certificates of many people as one ZIP: written to a file one by one, never held together."""

import tempfile
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import IO, Final
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.text import slugify

from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.documents.filing import filed_bytes
from neutrality.documents.opening import ensure_rendered
from neutrality.law.clock import Clock
from neutrality.organisations.models import Unit
from pledges.models import CertificateArchive, Round, Signature
from pledges.selectors.unit_names import UnitNames
from pledges.workflow.refusals import PledgeRefusal, refuse

KEPT_FOR: Final = timedelta(days=7)
# What fits into the hour that the task may take, on a slow machine too.
MOST: Final = 100_000
_CHUNK: Final = 200


@transaction.atomic(durable=True)
def ask_for_archive(
    *, place: Round, unit: Unit | None, actor: Actor, clock: Clock
) -> CertificateArchive:
    """Ask for the certificates in force of a round, or of a unit with all below it.

    Raises:
        Refused: There are more than 100,000.
    """
    archive = CertificateArchive(
        round=place, unit=unit, asked_at=clock.now, asked_by_id=actor.user_id or 0
    )
    archive.total = _signatures(place.pk, unit).count()
    if archive.total > MOST:
        raise refuse(PledgeRefusal.TOO_MANY_PAPERS)
    archive.save(force_insert=True)
    record(
        what="pledge_round.certificates_asked",
        subject=archive.ref(),
        actor=actor,
        clock=clock,
        organisation=place.agency.ref(),
        data={"round": place.pk, "unit": unit.pk if unit else 0, "total": archive.total},
    )
    return archive


def make_archive(*, archive_id: int, actor: Actor, clock: Clock) -> CertificateArchive:
    """Write the file; memory stays the same however many there are.

    A second call for one that is made, or being made again after a fall, starts over or does
    nothing.
    """
    archive = CertificateArchive.objects.select_related("round", "unit").get(pk=archive_id)
    if archive.done_at is not None:
        return archive
    with tempfile.TemporaryFile() as waiting:
        made = pack(
            round_id=archive.round_id,
            unit=archive.unit,
            into=waiting,
            actor=actor,
            clock=clock,
            tell=_tell(archive.pk),
        )
        size = waiting.tell()
        waiting.seek(0)
        name = f"certificates/{uuid4()}.zip"
        name = default_storage.save(name, File(waiting, name=name))
    kept = CertificateArchive.objects.filter(pk=archive_id, done_at=None).update(
        file=name, made=made, size=size, done_at=clock.now, total=max(archive.total, made)
    )
    if not kept:  # the task was delivered twice, and another has made it meanwhile
        default_storage.delete(name)
    archive.refresh_from_db()
    return archive


def delete_old_archives(*, clock: Clock) -> int:
    """Delete the files that are older than a week; their rows stay."""
    rows = CertificateArchive.objects.filter(
        done_at__lt=clock.now - KEPT_FOR, deleted_at=None
    ).exclude(file="")
    found = list(rows)
    for archive in found:
        default_storage.delete(archive.file)
        archive.file, archive.deleted_at = "", clock.now
        archive.save(update_fields=["file", "deleted_at"])
    return len(found)


def pack(
    *,
    round_id: int,
    unit: Unit | None,
    into: IO[bytes],
    actor: Actor,
    clock: Clock,
    tell: Callable[[int], None],
) -> int:
    """Write the certificates into an open file, and return how many; `tell` hears of every 200.

    One certificate at a time is in memory, and a line of its name in the list of the ZIP.
    """
    made = 0
    rows = _signatures(round_id, unit).select_related("obligation__person", "obligation__unit_now")
    units = UnitNames.of_agency(Round.objects.get(pk=round_id).agency_id)
    with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as packed:  # a PDF is compressed already
        for signature in rows.iterator(chunk_size=_CHUNK):
            document = ensure_rendered(document_id=signature.document_id or 0, clock=clock)
            with transaction.atomic():
                pdf = filed_bytes(document=document, reason="", actor=actor, clock=clock)
            packed.writestr(_name(signature, units), pdf)
            made += 1
            if made % _CHUNK == 0:
                tell(made)
    return made


def _tell(archive_id: int) -> Callable[[int], None]:
    def tell(made: int) -> None:
        CertificateArchive.objects.filter(pk=archive_id, total__gte=made).update(made=made)

    return tell


def _signatures(round_id: int, unit: Unit | None) -> QuerySet[Signature]:
    rows = Signature.objects.filter(
        round_id=round_id, annulled_at__isnull=True, document__isnull=False
    )
    if unit is not None:
        path = unit.path
        below = Q(obligation__unit_now__path__startswith=f"{path}/")
        rows = rows.filter(below | Q(obligation__unit_now__path=path))
    return rows.order_by("pk")


def _name(signature: Signature, units: UnitNames) -> str:
    owed = signature.obligation
    file = f"{slugify(owed.person.name)[:60]}-{signature.pk}.pdf"
    if owed.unit_now is None:
        return f"tanpa-unit/{file}"
    folders = filter(None, (units.above(owed.unit_now), owed.unit_now.name))
    return "/".join([*(slugify(name)[:60] for name in folders), file])
