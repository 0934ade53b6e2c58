"""A ceremony on its day: planned with its hours and units, its people, pictures and minutes."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import IO, Final
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.documents.models import PublicationKind
from neutrality.documents.publications import PublicationGiven, publish
from neutrality.law.clock import Clock
from neutrality.organisations.models import Agency, Unit
from pledges.codes import CeremonyKind, CeremonyPart
from pledges.locks import agency_to_add_to
from pledges.models import Ceremony, CeremonyPhoto, CeremonyRole, Round
from pledges.workflow.refusals import AlreadyThere, PledgeRefusal

LONGEST_SIDE: Final = 2000
MOST_PIXELS: Final = 60_000_000


class NoPhoto(ValueError):
    """The file is no JPEG or PNG that can be shown, or is there already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A ceremony as it is planned; `round` is None for a meeting that belongs to none."""

    kind: CeremonyKind
    title: str
    held_on: date
    begins_at: datetime
    ends_at: datetime
    place: str
    round: Round | None = None
    units: Sequence[Unit] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What somebody does at a ceremony, and what a speaker speaks about."""

    part: CeremonyPart
    name: str
    position: str = ""
    institution: str = ""
    topic: str = ""


@transaction.atomic(durable=True)
def plan_ceremony(*, agency: Agency, plan: Plan, actor: Actor, clock: Clock) -> Ceremony:
    """Write a ceremony of the agency down; it may lie ahead or be over.

    Raises:
        AlreadyThere: When it is written down already.
    """
    agency_to_add_to(agency_id=agency.pk)
    for same in Ceremony.objects.filter(
        agency=agency,
        round=plan.round,
        kind=plan.kind,
        title=plan.title,
        held_on=plan.held_on,
        begins_at=plan.begins_at,
        ends_at=plan.ends_at,
        place=plan.place,
    ):
        if {unit.pk for unit in plan.units} == set(same.units.values_list("pk", flat=True)):
            raise AlreadyThere(PledgeRefusal.CEREMONY_THERE, same.public_id)
    ceremony = Ceremony.objects.create(
        agency=agency,
        round=plan.round,
        kind=plan.kind,
        title=plan.title,
        held_on=plan.held_on,
        begins_at=plan.begins_at,
        ends_at=plan.ends_at,
        place=plan.place,
        recorded_at=clock.now,
        recorded_by_id=actor.user_id,
    )
    ceremony.units.set(plan.units)
    _record("ceremony.planned", ceremony, actor, clock, round=plan.round.pk if plan.round else 0)
    return ceremony


@transaction.atomic(durable=True)
def add_part(
    *, ceremony: Ceremony, part: Part, material: IO[bytes] | None, actor: Actor, clock: Clock
) -> CeremonyRole:
    """Note who led, guided, witnessed or spoke; a speaker's material is published.

    The same part of the same person is noted once.

    Raises:
        NotPublishable: The file is no PDF, PNG or JPEG, or larger than 20 MB.
    """
    # Who notes it at this moment too waits, and finds it noted.
    Ceremony.objects.select_for_update(of=("self",), no_key=True).get(pk=ceremony.pk)
    known = CeremonyRole.objects.filter(ceremony=ceremony, **asdict(part)).first()
    if known is not None and (known.material_id or not material):
        return known
    given = PublicationGiven(
        kind=PublicationKind.OUTREACH,
        office=None,
        agency=ceremony.agency,
        title=(part.topic or ceremony.title)[:200],
        number="",
        dated_on=ceremony.held_on,
    )
    published = publish(given=given, file=material, actor=actor, clock=clock) if material else None
    role = CeremonyRole.objects.create(
        ceremony=ceremony,
        part=part.part,
        name=part.name,
        position=part.position,
        institution=part.institution,
        topic=part.topic,
        material=published,
    )
    _record("ceremony.part_added", ceremony, actor, clock, role=role.pk)
    return role


@transaction.atomic(durable=True)
def add_photo(
    *, ceremony: Ceremony, file: IO[bytes], caption: str, actor: Actor, clock: Clock
) -> CeremonyPhoto:
    """Keep a smaller copy of a photograph, without place and camera; the original is not kept.

    Raises:
        NoPhoto: It is no JPEG or PNG, is too large to be opened, or was added before.
    """
    original = file.read()
    picture = _cleaned(original)
    name = default_storage.save(f"ceremonies/{clock.now:%Y}/{uuid4()}.jpg", ContentFile(picture))
    try:
        with transaction.atomic():
            photo = CeremonyPhoto.objects.create(
                ceremony=ceremony,
                caption=caption,
                file=name,
                original_sha256=hashlib.sha256(original).hexdigest(),
                added_at=clock.now,
                added_by_id=actor.user_id,
            )
    except IntegrityError as twice:
        default_storage.delete(name)
        raise NoPhoto("It is there already.") from twice
    _record("ceremony.photo_added", ceremony, actor, clock, photo=photo.pk)
    return photo


def _cleaned(original: bytes) -> bytes:
    """Return the picture as JPEG, turned as it was held, with nothing but the picture."""
    try:
        with Image.open(io.BytesIO(original), formats=("JPEG", "PNG")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise NoPhoto("Too many pixels.")
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError) as broken:
        raise NoPhoto("No picture.") from broken
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    kept = io.BytesIO()
    bare.save(kept, "JPEG", quality=85)
    return kept.getvalue()


def _record(what: str, ceremony: Ceremony, actor: Actor, clock: Clock, **data: int) -> None:
    record(
        what=what,
        subject=ceremony.ref(),
        actor=actor,
        clock=clock,
        organisation=ceremony.agency.ref(),
        data=data,
    )
