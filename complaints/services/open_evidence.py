"""Open a copy to look at it, or the original to take it along; each leaves who, when and why."""

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.db import transaction

from complaints.codes import CustodyAct, DerivativeKind, EvidenceState
from complaints.models import Derivative, Evidence
from complaints.services import evidence_refusals as refusals
from complaints.services.clean_copy import page_picture
from complaints.services.custody import note_custody, note_view
from neutrality.accounts.roles import OFFICE_ROLES, Role
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.law.clock import Clock
from neutrality.vault.services import Erased, open_reader, open_stream

VIEWERS: Final = tuple(sorted(OFFICE_ROLES))
IDENTITY_VIEWERS: Final = (Role.INTAKE, Role.HANDLER)
TAKERS: Final = (Role.HANDLER, Role.COMMISSIONER)
OPENED_STATES: Final = frozenset({EvidenceState.CLEAN, EvidenceState.REFUSED})
LOOKED_AT: Final = "Melihat salinan bersih"
_PIECE: Final = 64 * 1024
Reader = io.RawIOBase | io.BytesIO


@transaction.atomic(durable=True)
def open_copy(
    *, derivative: Derivative, actor: Actor, clock: Clock, reason: str = ""
) -> Iterator[bytes]:
    """Open a copy piece by piece, for those who may see the file.

    The copy of an identity card opens only for intake and handler, and with a reason. `derivative`
    comes with its evidence, matter and office joined.

    Raises:
        Refused: not theirs, no reason for an identity, or erased.
    """
    is_identity = derivative.evidence.is_identity
    role = _role(derivative.evidence, IDENTITY_VIEWERS if is_identity else VIEWERS, actor)
    if is_identity and not reason.strip():
        raise Refused(refusals.REASON_NEEDED)
    said = reason.strip() or LOOKED_AT
    stream = _opened(derivative.stored_as, derivative.evidence, said, role, actor, clock)
    if derivative.kind != DerivativeKind.THUMBNAIL:
        note_view(derivative=derivative, reason=reason.strip(), actor=actor, clock=clock)
    return stream


@transaction.atomic(durable=True)
def read_copy(*, derivative: Derivative, actor: Actor, clock: Clock) -> Reader:
    """Open a copy to be read from any place, as players and `page_of_copy` need it.

    `derivative` comes with its evidence, matter and office joined.

    Raises:
        Refused: not theirs, an identity, or erased.
    """
    evidence = derivative.evidence
    role = _role(evidence, VIEWERS, actor)
    if evidence.is_identity or evidence.matter is None:
        raise refuse(RefusalCode.NOT_YOURS)
    try:
        reader = open_reader(
            blob_id=int(derivative.stored_as),
            reason=LOOKED_AT,
            subject=evidence.matter.ref(),
            actor=actor,
            clock=clock,
            role=role,
            organisation=evidence.matter.office.ref(),
        )
    except Erased:
        raise Refused(refusals.ERASED) from None
    note_view(derivative=derivative, reason="", actor=actor, clock=clock)
    return reader


def page_of_copy(*, derivative: Derivative, number: int, actor: Actor, clock: Clock) -> bytes:
    """Return one page of a paper's copy as a JPEG, drawn by the decoder; counted from 1.

    Raises:
        Refused: As `read_copy`.
        CopyRefused: There is no such page, or it cannot be drawn.
    """
    with (
        read_copy(derivative=derivative, actor=actor, clock=clock) as paper,
        tempfile.TemporaryDirectory(prefix="bukti-") as name,
    ):
        folder = Path(name)
        source = folder / "source"
        with source.open("xb") as file:
            while piece := paper.read(_PIECE):
                file.write(piece)
        return page_picture(path=source, number=number, folder=folder).path.read_bytes()


@transaction.atomic(durable=True)
def open_original(
    *, evidence: Evidence, reason: str, actor: Actor, clock: Clock
) -> Iterator[bytes]:
    """Open the original piece by piece, for handler and commissioner with a reason.

    `evidence` comes with its matter and office joined.

    Raises:
        Refused: not theirs, no reason, no file, not examined yet, quarantined, or erased.
    """
    role = _role(evidence, TAKERS, actor)
    if not reason.strip():
        raise Refused(refusals.REASON_NEEDED)
    _ask_whether_it_opens(evidence)
    said = reason.strip()
    stream = _opened(evidence.stored_as, evidence, said, role, actor, clock)
    note_custody(
        act=CustodyAct.DOWNLOADED, evidence=evidence, actor=actor, clock=clock, reason=said
    )
    return stream


def may_take(*, evidence: Evidence, actor: Actor) -> bool:
    """Whether this actor may ask for the original, and it is there to be had."""
    if evidence.matter is None or evidence.state not in OPENED_STATES or not evidence.stored_as:
        return False
    return actor.role_at(TAKERS, evidence.matter.office.ref()) is not None


def may_see_identity(*, evidence: Evidence, actor: Actor) -> bool:
    """Whether this actor may see pictures of identity cards of this file."""
    if evidence.matter is None:
        return False
    return actor.role_at(IDENTITY_VIEWERS, evidence.matter.office.ref()) is not None


def _role(evidence: Evidence, roles: tuple[str, ...], actor: Actor) -> str:
    office = evidence.matter.office.ref() if evidence.matter else None
    role = actor.role_at(roles, office) if office else None
    if role is None:
        raise refuse(RefusalCode.NOT_YOURS)
    return role


def _ask_whether_it_opens(evidence: Evidence) -> None:
    if not evidence.stored_as:
        raise Refused(refusals.NO_FILE)
    if evidence.state == EvidenceState.QUARANTINED:
        raise Refused(refusals.QUARANTINED)
    if evidence.state not in OPENED_STATES:
        raise Refused(refusals.NOT_EXAMINED)


def _opened(
    stored_as: str, evidence: Evidence, reason: str, role: str, actor: Actor, clock: Clock
) -> Iterator[bytes]:
    if evidence.matter is None:
        raise refuse(RefusalCode.NOT_YOURS)
    try:
        return open_stream(
            blob_id=int(stored_as),
            reason=reason,
            subject=evidence.matter.ref(),
            actor=actor,
            clock=clock,
            role=role,
            organisation=evidence.matter.office.ref(),
        )
    except Erased:
        raise Refused(refusals.ERASED) from None
