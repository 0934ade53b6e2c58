"""Unsent reports end after their time: answers, files and keys go."""

from typing import Final

from django.db import transaction

from complaints.codes import DraftState
from complaints.models import Draft, Evidence
from complaints.services.evidence_intake import discard_evidence
from neutrality.audit.actor import SYSTEM
from neutrality.law.clock import Clock

REASON: Final = "Draf kedaluwarsa"


@transaction.atomic(durable=True)
def expire_drafts(*, clock: Clock, limit: int = 100) -> int:
    """End up to `limit` drafts whose time is over (law: DRAFT_LIFE); return how many.

    Drafts that another worker ends at this moment are left to it.
    """
    over = Draft.objects.filter(state=DraftState.OPEN, expires_at__lte=clock.now)
    locked = over.select_for_update(skip_locked=True).order_by("expires_at")
    ended = list(locked.values_list("pk", flat=True)[:limit])
    evidence = Evidence.objects.filter(draft_id__in=ended)
    discard_evidence(rows=evidence, reason=REASON, actor=SYSTEM, clock=clock)
    Draft.objects.filter(pk__in=ended).update(
        state=DraftState.EXPIRED, answers=b"", ended_at=clock.now
    )
    return len(ended)
