"""Redact a picture: a new copy in which areas are black, for good."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from django.db import transaction

from complaints.codes import Audience, CustodyAct, DerivativeKind
from complaints.models import Derivative
from complaints.services import evidence_refusals as refusals
from complaints.services.clean_copy import Area, Copy, CopyRefused, redacted_copy
from complaints.services.custody import note_custody
from complaints.services.derivative_rows import ask_for_role, locked_copy, note_act
from complaints.services.prepare_derivative import PREPARERS, WORKING_KINDS
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import Refusal, Refused
from neutrality.law.clock import Clock
from neutrality.vault.services import open_blob, seal_blob

REASON: Final = "Menyamarkan bagian gambar"


@transaction.atomic(durable=True)
def redact_copy(
    *, derivative_id: int, areas: Sequence[Area], actor: Actor, clock: Clock
) -> Derivative:
    """Make a redacted copy of a cleaned or already redacted picture, for the staff.

    The black is in the pixels; what it covers is not in the new file. Its row keeps the areas,
    those of its parent included.

    Raises:
        Refused: not theirs, an identity, no picture, no area, or it could not be made.
    """
    source = locked_copy(derivative_id)
    role = ask_for_role(copy=source, roles=PREPARERS, actor=actor)
    _ask_whether_it_can_be(source, areas)
    with tempfile.TemporaryDirectory(prefix="bukti-") as folder:
        made = _made(_opened(source, role, actor, clock), areas, Path(folder))
        copy = _store(source, made, areas, actor, clock)
    note_custody(
        act=CustodyAct.REDACTED,
        evidence=source.evidence,
        derivative=copy,
        actor=actor,
        clock=clock,
    )
    note_act(what="evidence.redact", copy=copy, role=role, actor=actor, clock=clock)
    return copy


def _ask_whether_it_can_be(source: Derivative, areas: Sequence[Area]) -> None:
    if source.evidence.is_identity:
        raise Refused(refusals.STAYS_IN_HOUSE)
    working = source.kind in WORKING_KINDS and source.audience == Audience.STAFF
    if not working or not source.media_type.startswith("image/"):
        raise Refused(refusals.NOT_A_PICTURE)
    if not areas:
        raise Refused(refusals.NO_AREA)


def _opened(source: Derivative, role: str, actor: Actor, clock: Clock) -> bytes:
    return open_blob(
        blob_id=int(source.stored_as),
        reason=REASON,
        subject=source.evidence.matter.ref(),  # type: ignore[union-attr]  # asked for the role
        actor=actor,
        clock=clock,
        role=role,
    )


def _made(data: bytes, areas: Sequence[Area], folder: Path) -> Copy:
    path = folder / "source"
    path.write_bytes(data)
    try:
        return redacted_copy(path=path, areas=areas, folder=folder)
    except CopyRefused as refused:
        raise Refused(Refusal("copy_failed", refused.sentence)) from refused


def _store(
    source: Derivative, made: Copy, areas: Sequence[Area], actor: Actor, clock: Clock
) -> Derivative:
    blob = seal_blob(data=made.path.read_bytes(), clock=clock)
    return Derivative.objects.create(
        evidence=source.evidence,
        parent=source,
        kind=DerivativeKind.REDACTED,
        stored_as=str(blob.pk),
        media_type=made.media_type,
        size=blob.size,
        sha256=blob.sha256,
        parent_sha256=source.sha256,
        width=made.width,
        height=made.height,
        redactions=[*source.redactions, *(area.as_json() for area in areas)],
        made_at=clock.now,
        made_by_id=actor.user_id,
    )
