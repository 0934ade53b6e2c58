"""Redact a copy: a new one in which areas are black or stretches dark and silent, for good.

A picture is redacted at once. Papers and films take a worker minutes: they are wished for here and
made by `make_redaction`.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from celery import current_app
from django.db import transaction

from complaints.codes import Audience, CustodyAct, DerivativeKind
from complaints.models import Derivative, Redaction
from complaints.services import evidence_refusals as refusals
from complaints.services.clean_copy import (
    FILM,
    IMAGE_TYPES,
    PDF_TYPE,
    SOUND,
    Area,
    Copy,
    CopyRefused,
    Span,
    redacted_copy,
)
from complaints.services.custody import note_custody
from complaints.services.derivative_rows import ask_for_role, locked_copy, note_act
from complaints.services.prepare_derivative import PREPARERS, WORKING_KINDS
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import Refusal, Refused
from neutrality.law.clock import Clock
from neutrality.vault.services import open_stream, seal_stream

REASON: Final = "Menyamarkan bagian salinan"
TASK: Final = "complaints.tasks.make_redaction"
_PIECE: Final = 64 * 1024


def has_stretches(media_type: str) -> bool:
    """Whether stretches of copies of this type can be made dark and silent."""
    return media_type.startswith((FILM, SOUND))


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
    _ask_whether_it_can_be(source, can=source.media_type in IMAGE_TYPES)
    if not areas:
        raise Refused(refusals.NO_AREA)
    marks = [area.as_json() for area in areas]
    try:
        with tempfile.TemporaryDirectory(prefix="bukti-") as folder:
            made = decoded_redaction(
                source, marks, Path(folder), actor=actor, clock=clock, role=role
            )
            copy = store_redaction(source, made, marks, actor=actor, clock=clock)
    except CopyRefused as refused:
        raise Refused(Refusal("copy_failed", refused.sentence)) from refused
    note_act(what="evidence.redact", copy=copy, role=role, actor=actor, clock=clock)
    return copy


@transaction.atomic(durable=True)
def wish_redaction(
    *, derivative_id: int, marks: Sequence[Area] | Sequence[Span], actor: Actor, clock: Clock
) -> Redaction:
    """Ask for a redacted copy of a paper (areas of pages) or a film or sound (stretches).

    A worker makes it after the commit; who asked stands as its maker.

    Raises:
        Refused: not theirs, an identity, of a kind that cannot be, nothing marked, or a mark that
            lies outside.
    """
    source = locked_copy(derivative_id)
    role = ask_for_role(copy=source, roles=PREPARERS, actor=actor)
    kinds = {type(mark) for mark in marks}
    can = (kinds <= {Area} and source.media_type == PDF_TYPE) or (
        kinds <= {Span} and has_stretches(source.media_type)
    )
    _ask_whether_it_can_be(source, can=can)
    if not marks:
        raise Refused(refusals.NO_AREA)
    if any(_outside(source, mark) for mark in marks):
        raise Refused(refusals.MARK_OUTSIDE)
    wish = Redaction.objects.create(
        source=source,
        marks=[mark.as_json() for mark in marks],
        asked_at=clock.now,
        asked_by_id=actor.user_id,
    )
    note_act(what="evidence.wish_redaction", copy=source, role=role, actor=actor, clock=clock)
    transaction.on_commit(lambda: _nudge(wish.pk), robust=True)
    return wish


def decoded_redaction(
    source: Derivative,
    marks: Sequence[Mapping[str, Any]],
    folder: Path,
    *,
    actor: Actor,
    clock: Clock,
    role: str = "",
) -> Copy:
    """Open the source and make the redacted copy in the folder; raises `CopyRefused`."""
    path = folder / "source"
    pieces = open_stream(
        blob_id=int(source.stored_as),
        reason=REASON,
        subject=source.evidence.matter.ref(),  # type: ignore[union-attr]  # asked for the role
        actor=actor,
        clock=clock,
        role=role,
    )
    with path.open("xb") as file:
        for piece in pieces:
            file.write(piece)
    return redacted_copy(path=path, media_type=source.media_type, marks=marks, folder=folder)


def store_redaction(
    source: Derivative,
    made: Copy,
    marks: Sequence[Mapping[str, Any]],
    *,
    actor: Actor,
    clock: Clock,
) -> Derivative:
    """Seal the redacted copy and write its row and its link, in the caller's transaction."""
    blob = seal_stream(source=_pieces(made.path), clock=clock)
    copy = Derivative.objects.create(
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
        pages=made.pages,
        seconds=made.seconds,
        redactions=[*source.redactions, *marks],
        made_at=clock.now,
        made_by_id=actor.user_id,
    )
    note_custody(
        act=CustodyAct.REDACTED,
        evidence=source.evidence,
        derivative=copy,
        actor=actor,
        clock=clock,
    )
    return copy


def _ask_whether_it_can_be(source: Derivative, *, can: bool) -> None:
    if source.evidence.is_identity:
        raise Refused(refusals.STAYS_IN_HOUSE)
    working = source.kind in WORKING_KINDS and source.audience == Audience.STAFF
    if not (working and can):
        raise Refused(refusals.NOT_REDACTABLE)


def _outside(source: Derivative, mark: Area | Span) -> bool:
    if isinstance(mark, Area):
        return not 1 <= mark.page <= (source.pages or 0)
    return not 0 <= mark.begin < mark.end or mark.begin > (source.seconds or 0)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _nudge(wish_id: int) -> None:
    current_app.send_task(TASK, args=[wish_id], ignore_result=True)
