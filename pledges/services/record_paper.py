"""A signature on paper: the scan is sealed, an operator records it, another verifies it."""

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
    blob = seal_blob(data=scan, clock=clock)
    step = apply_within(
        workflow=OBLIGATION,
        action=ObligationAction.RECORD_PAPER,
        subject_id=obligation.pk,
        actor=actor,
        clock=clock,
        context=StepContext(
            occurred_at=signed_at,
            expected_version=version,
            acting_party=obligation.person.name,
            source=sheet,
            data={
                "text_sha256": obligation.round.text.sha256,
                "evidence_sha256": blob.sha256,
                "scan_id": blob.pk,
            },
        ),
    )
    return Signature.objects.get(step=step)
