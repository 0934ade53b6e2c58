"""Links of the chain of custody."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from complaints.codes import CustodyAct
from complaints.models import Custody, Derivative, Evidence
from neutrality.audit.actor import Actor
from neutrality.law.clock import Clock

SAME_VIEW: Final = timedelta(minutes=15)


def note_custody(
    *,
    act: CustodyAct,
    evidence: Evidence,
    actor: Actor,
    clock: Clock,
    derivative: Derivative | None = None,
    reason: str = "",
) -> None:
    """Write one link in the caller's transaction."""
    Custody.objects.create(
        evidence=evidence,
        derivative=derivative,
        act=act,
        reason=reason,
        who=actor.label,
        happened_at=clock.now,
    )


def note_sent(*, derivatives: Iterable[Derivative], to: str, actor: Actor, clock: Clock) -> None:
    """Write that these copies left the house, in one statement and in the caller's transaction."""
    Custody.objects.bulk_create(
        Custody(
            evidence_id=copy.evidence_id,
            derivative=copy,
            act=CustodyAct.SENT,
            reason=to,
            who=actor.label,
            happened_at=clock.now,
        )
        for copy in derivatives
    )


def note_view(*, derivative: Derivative, reason: str, actor: Actor, clock: Clock) -> None:
    """Write that somebody looked; looking again within a quarter of an hour is the same view.

    Each single opening is in the audit anyway.
    """
    seen = Custody.objects.filter(
        derivative=derivative,
        act=CustodyAct.VIEWED,
        who=actor.label,
        reason=reason,
        happened_at__gt=clock.now - SAME_VIEW,
    )
    if not seen.exists():
        note_custody(
            act=CustodyAct.VIEWED,
            evidence=derivative.evidence,
            derivative=derivative,
            reason=reason,
            actor=actor,
            clock=clock,
        )
