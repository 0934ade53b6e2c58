"""A signature on paper: the scan is sealed, an operator records it, another verifies it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from neutrality.audit.actor import Actor
from neutrality.casework.engine import apply_within
from neutrality.casework.workflow import SourceDocument, StepContext
from neutrality.law.clock import Clock
from neutrality.vault.services import seal_blob
from pledges.models import Obligation, Signature
from pledges.workflow.actions import ObligationAction
from pledges.workflow.obligation import OBLIGATION

MAX_SCAN: Final = 10 * 1024 * 1024
SCAN_BEGINNINGS: Final = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A signed sheet.

    Attributes:
        obligation: Whose, with person and round.
        scan: The bytes of its scan.
        sheet: Under which number it is filed, and its date.
        signed_at: The time of the ceremony.
        text_sha256: The text that is printed on it.
        version: The version of the obligation that the page showed; None for no page.
        reason: Why it is recorded late, where it is.
        second: Who confirms a time too far back to be recorded alone.
        ceremony_id: Where it was signed.
    """

    obligation: Obligation
    scan: bytes
    sheet: SourceDocument
    signed_at: datetime
    text_sha256: str
    version: int | None = None
    reason: str = ""
    second: Actor | None = None
    ceremony_id: int | None = None


def is_scan(data: bytes) -> bool:
    """Whether these bytes can be the scan of a sheet: PDF, JPEG or PNG of at most 10 MiB."""
    return len(data) <= MAX_SCAN and data.startswith(SCAN_BEGINNINGS)


@transaction.atomic(durable=True)
def record_paper(
    *,
    obligation: Obligation,
    scan: bytes,
    sheet: SourceDocument,
    signed_at: datetime,
    version: int | None,
    actor: Actor,
    clock: Clock,
) -> Signature:
    """Record that the person signed a printed sheet; `signed_at` is the time of the ceremony.

    Raises:
        Refused: When the person cannot sign now, or the time is too far back to be recorded alone.
    """
    paper = Paper(
        obligation=obligation,
        scan=scan,
        sheet=sheet,
        signed_at=signed_at,
        text_sha256=obligation.round.text.sha256,
        version=version,
    )
    return record_within(paper=paper, actor=actor, clock=clock)


def record_within(*, paper: Paper, actor: Actor, clock: Clock) -> Signature:
    """Record a sheet in the caller's transaction.

    Raises:
        Refused: As `record_paper`; or the sheet bears another text than the round asks for.
    """
    blob = seal_blob(data=paper.scan, clock=clock)
    step = apply_within(
        workflow=OBLIGATION,
        action=ObligationAction.RECORD_PAPER,
        subject_id=paper.obligation.pk,
        actor=actor,
        clock=clock,
        context=StepContext(
            occurred_at=paper.signed_at,
            expected_version=paper.version,
            acting_party=paper.obligation.person.name,
            source=paper.sheet,
            reason=paper.reason,
            second_person=paper.second,
            data={
                "text_sha256": paper.text_sha256,
                "evidence_sha256": blob.sha256,
                "scan_id": blob.pk,
                "ceremony_id": paper.ceremony_id,
            },
        ),
    )
    return Signature.objects.get(step=step)
