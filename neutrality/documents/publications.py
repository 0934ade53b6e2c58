"""Publishing circulars, outreach material and announcements, and finding them."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import IO, Any, Final

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.documents.models import Publication
from neutrality.law.clock import Clock
from neutrality.organisations.models import Agency, Office, Region

LARGEST: Final = 20 * 1024 * 1024
# What a file begins with decides what it is, never its name.
_BEGINNINGS: Final = {
    b"%PDF-": (".pdf", "application/pdf"),
    b"\x89PNG\r\n\x1a\n": (".png", "image/png"),
    b"\xff\xd8\xff": (".jpg", "image/jpeg"),
}
_PIECE: Final = 256 * 1024


class NotPublishable(ValueError):
    """The file is of a kind or size that is not published; carries the sentence for the page."""


class AlreadyWithdrawn(ValueError):
    """The publication was withdrawn before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationGiven:
    """What is to be published: by an office or by an agency, never both."""

    kind: str
    office: Office | None
    agency: Agency | None
    title: str
    number: str
    dated_on: date
    summary: str = ""
    url: str = ""


@transaction.atomic
def publish(
    *, given: PublicationGiven, file: IO[bytes] | None, actor: Actor, clock: Clock
) -> Publication:
    """Store the file under its hash, or the address, and show it to everybody from now on.

    Raises:
        NotPublishable: The file is no PDF, PNG or JPEG, or larger than 20 MB; or there is neither
            a file nor an address.
    """
    if file is None and not given.url:
        raise NotPublishable(_("Pilih berkas, atau tulis alamat web."))
    row = Publication(
        kind=given.kind,
        office=given.office,
        agency=given.agency,
        title=given.title,
        number=given.number,
        dated_on=given.dated_on,
        summary=given.summary,
        url=given.url,
        published_at=clock.now,
        published_by_id=actor.user_id or 0,
    )
    if file is not None:
        _keep(file, row)
    row.save(force_insert=True)
    _record("publication.publish", row, actor, clock, sha256=row.sha256)
    return row


@transaction.atomic
def withdraw(*, publication_id: int, actor: Actor, clock: Clock) -> Publication:
    """Show a publication no longer; row and file stay.

    Raises:
        AlreadyWithdrawn: Somebody was faster.
    """
    row = Publication.objects.select_for_update(of=("self",)).get(pk=publication_id)
    if row.withdrawn_at is not None:
        raise AlreadyWithdrawn
    row.withdrawn_at, row.withdrawn_by_id = clock.now, actor.user_id
    row.save(update_fields=["withdrawn_at", "withdrawn_by_id"])
    _record("publication.withdraw", row, actor, clock)
    return row


def shown_publications() -> QuerySet[Publication]:
    """What is published and not withdrawn, with the issuers."""
    return Publication.objects.filter(withdrawn_at__isnull=True).select_related("office", "agency")


def publications_for(*, region: Region | None = None, limit: int = 20) -> list[Publication]:
    """What is published and not withdrawn, newest first, with the issuers; one query.

    With a region: of the issuers of the region itself, of those above it and of the nation.
    """
    rows = shown_publications()
    if region is not None:
        codes = region.lineage
        national = Q(office__region__isnull=True, agency__region__isnull=True)
        here = Q(office__region__code__in=codes) | Q(agency__region__code__in=codes)
        rows = rows.filter(here | national)
    return list(rows.order_by("-dated_on", "-id")[:limit])


def media_type_of(file: IO[bytes]) -> tuple[str, str]:
    """The ending and the media type by what the file begins with; the file is at its start after.

    Raises:
        NotPublishable: It begins as nothing that is published.
    """
    file.seek(0)
    head = file.read(16)
    file.seek(0)
    for beginning, known in _BEGINNINGS.items():
        if head.startswith(beginning):
            return known
    raise NotPublishable(_("Berkas harus PDF, PNG, atau JPEG."))


def _keep(file: IO[bytes], row: Publication) -> None:
    """Store the file in a place that only its row knows."""
    ending, row.media_type = media_type_of(file)
    row.sha256, row.size = _measure(file)
    name = f"publications/{row.published_at:%Y}/{row.public_id}{ending}"
    row.file = default_storage.save(name, File(file, name=name))


def _measure(file: IO[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while piece := file.read(_PIECE):
        digest.update(piece)
        size += len(piece)
    file.seek(0)
    if size > LARGEST:
        raise NotPublishable(_("Berkas lebih besar dari 20 MB."))
    return digest.hexdigest(), size


def _record(what: str, row: Publication, actor: Actor, clock: Clock, **data: Any) -> None:  # noqa: ANN401
    issuer = row.office or row.agency
    record(
        what=what,
        subject=SubjectRef("publication", row.pk),
        actor=actor,
        clock=clock,
        organisation=issuer.ref() if issuer else None,
        data=data,
    )
