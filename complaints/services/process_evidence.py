"""Examine a file that arrived: scan it, make its copies, and say in a sentence what came of it."""

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_noop

from complaints.codes import CustodyAct, EvidenceState
from complaints.models import Derivative, Evidence
from complaints.services.clean_copy import (
    NOTHING,
    SENTENCES,
    Copy,
    CopyRefused,
    Decoded,
    clean_copies,
)
from complaints.services.custody import note_custody
from complaints.services.media_types import FileRefused, checked_type
from complaints.services.scan import UNSCANNED, Scan, ScannerUnavailable, scan_file
from neutrality.audit.actor import SYSTEM
from neutrality.audit.record import SubjectRef, record
from neutrality.law.clock import Clock
from neutrality.vault.sealing import SealBroken
from neutrality.vault.services import BlobErased, open_stream, seal_stream

# Longer than a task may live, so that a claim ends only after its worker has.
LEASE: Final = timedelta(minutes=15)
RETRY_AFTER: Final = timedelta(minutes=1)
MOST_ATTEMPTS: Final = 3
REASON: Final = "Pemeriksaan otomatis"
_PIECE: Final = 64 * 1024

MALICIOUS: Final = gettext_noop(
    "Pemindai menemukan program berbahaya. Berkas ini dikarantina dan tidak dapat dibuka."
)
ALTERED: Final = gettext_noop("Berkas yang disimpan tidak lagi sama dengan yang diterima.")
INTERRUPTED: Final = gettext_noop("Pemeriksaan terputus dan diulang otomatis.")


class _Altered(Exception):
    """What was unsealed is not what arrived."""


@dataclass(frozen=True, slots=True)
class _Finding:
    """What the examination found; pending when it has to be repeated."""

    state: EvidenceState
    media_type: str = ""
    sentence: str = ""
    scan: Scan = UNSCANNED
    decoded: Decoded = NOTHING


def process_evidence(*, evidence_id: int, clock: Clock) -> EvidenceState | None:
    """Examine one pending file and return its new state; None when there is nothing to do.

    Two workers never examine the same file: it is claimed by a conditional update, and only the
    holder of the claim writes. An unreachable scanner or a fault of ours leaves it pending, with
    a sentence, to be tried again; a file that has ended its worker three times is refused.
    """
    evidence = _claimed(evidence_id, clock)
    if evidence is None:
        return None
    try:
        with tempfile.TemporaryDirectory(prefix="bukti-") as folder:
            return _finish(evidence, _examined(evidence, Path(folder), clock), clock)
    except Exception:
        _hold(evidence, INTERRUPTED, clock)
        raise


def pending_evidence(*, clock: Clock, limit: int) -> list[int]:
    """Return files that wait and that nobody examines now, oldest first."""
    rows = Evidence.objects.filter(_free(clock.now)).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def _free(now: datetime) -> Q:
    free = Q(busy_until__isnull=True) | Q(busy_until__lte=now)
    return free & Q(state=EvidenceState.PENDING) & ~Q(stored_as="")


def _claimed(evidence_id: int, clock: Clock) -> Evidence | None:
    until = clock.now + LEASE
    mine = Evidence.objects.filter(_free(clock.now), pk=evidence_id).update(
        busy_until=until, attempts=F("attempts") + 1
    )
    return Evidence.objects.filter(pk=evidence_id, busy_until=until).first() if mine else None


def _examined(evidence: Evidence, folder: Path, clock: Clock) -> _Finding:
    if evidence.attempts > MOST_ATTEMPTS:
        return _Finding(EvidenceState.REFUSED, sentence=SENTENCES["FAILED"])
    original = folder / "original"
    try:
        _unseal(evidence, original, clock)
        scan = scan_file(path=original)
    except ScannerUnavailable as error:
        return _Finding(EvidenceState.PENDING, sentence=error.sentence)
    except (SealBroken, BlobErased, _Altered):
        return _Finding(EvidenceState.REFUSED, sentence=ALTERED)
    if scan.found:
        return _Finding(EvidenceState.QUARANTINED, sentence=MALICIOUS, scan=scan)
    return _copied(evidence, original, scan)


def _copied(evidence: Evidence, original: Path, scan: Scan) -> _Finding:
    """Look at the content again: neither the name nor what was said on arrival decides."""
    try:
        with original.open("rb") as content:
            media_type = checked_type(file=content, size=evidence.size)
    except FileRefused as refused:
        return _Finding(EvidenceState.REFUSED, sentence=str(refused.sentence), scan=scan)
    try:
        decoded = clean_copies(path=original, media_type=media_type, folder=original.parent)
    except CopyRefused as refused:
        return _Finding(EvidenceState.REFUSED, media_type, refused.sentence, scan)
    return _Finding(EvidenceState.CLEAN, media_type, scan=scan, decoded=decoded)


def _unseal(evidence: Evidence, target: Path, clock: Clock) -> None:
    pieces = open_stream(
        blob_id=int(evidence.stored_as),
        reason=REASON,
        subject=SubjectRef("evidence", evidence.pk),
        actor=SYSTEM,
        clock=clock,
    )
    digest = hashlib.sha256()
    with target.open("xb") as file:
        for piece in pieces:
            digest.update(piece)
            file.write(piece)
    if digest.hexdigest() != evidence.sha256:
        raise _Altered


@transaction.atomic(durable=True)
def _finish(evidence: Evidence, finding: _Finding, clock: Clock) -> EvidenceState | None:
    """Write what was found, unless the claim was lost or the sender took the file back."""
    if finding.state == EvidenceState.PENDING:
        _hold(evidence, finding.sentence, clock)
        return finding.state
    held = _mine(evidence).select_for_update(of=("self",)).first()
    if held is None:
        return None
    _note_scan(held, finding.scan, clock)
    for copy in finding.decoded.copies:
        _store(held, copy, clock)
    _close(held, finding, clock)
    return finding.state


def _mine(evidence: Evidence) -> QuerySet[Evidence]:
    return Evidence.objects.filter(
        pk=evidence.pk, state=EvidenceState.PENDING, busy_until=evidence.busy_until
    )


def _hold(evidence: Evidence, sentence: str, clock: Clock) -> None:
    """Let it wait with a sentence; waiting is no failed attempt."""
    _mine(evidence).update(busy_until=clock.now + RETRY_AFTER, attempts=0, waits_for=sentence)


def _note_scan(evidence: Evidence, scan: Scan, clock: Clock) -> None:
    if scan.looked:
        note_custody(
            act=CustodyAct.SCANNED,
            evidence=evidence,
            actor=SYSTEM,
            clock=clock,
            reason=scan.found[:300],
        )


def _store(evidence: Evidence, copy: Copy, clock: Clock) -> None:
    """Seal a copy: even a cleaned one may name the reporter; that of a card goes with its owner."""
    owner = evidence.party.identity_id if evidence.is_identity and evidence.party else None
    blob = seal_stream(source=_pieces(copy.path), clock=clock, identity_id=owner)
    Derivative.objects.create(
        evidence=evidence,
        kind=copy.kind,
        stored_as=str(blob.pk),
        media_type=copy.media_type,
        size=blob.size,
        sha256=blob.sha256,
        parent_sha256=evidence.sha256,
        width=copy.width,
        height=copy.height,
        pages=copy.pages,
        seconds=copy.seconds,
        made_at=clock.now,
    )


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _close(evidence: Evidence, finding: _Finding, clock: Clock) -> None:
    evidence.state = finding.state
    evidence.refusal = finding.sentence
    evidence.media_type = finding.media_type or evidence.media_type
    evidence.carries = list(finding.decoded.carries)
    evidence.busy_until, evidence.waits_for = None, ""
    evidence.save(
        update_fields=["state", "refusal", "media_type", "carries", "busy_until", "waits_for"]
    )
    note_custody(
        act=_act(finding),
        evidence=evidence,
        actor=SYSTEM,
        clock=clock,
        reason=finding.sentence,
    )
    record(
        what="evidence.examine",
        subject=SubjectRef("evidence", evidence.pk),
        actor=SYSTEM,
        clock=clock,
        before=EvidenceState.PENDING,
        after=finding.state,
        data={"sha256": evidence.sha256, "copies": len(finding.decoded.copies)},
    )


def _act(finding: _Finding) -> CustodyAct:
    if finding.state == EvidenceState.CLEAN:
        return CustodyAct.CLEANED if finding.decoded.copies else CustodyAct.KEPT
    return CustodyAct(finding.state.value)
