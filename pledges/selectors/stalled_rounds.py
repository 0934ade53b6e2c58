"""Background work of rounds that stands still: a worker was killed, or its nudge was lost."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef

from neutrality.law.clock import Clock
from pledges.codes import ObligationState, PageOutcome, RoundChangeKind
from pledges.models import (
    CertificateArchive,
    Obligation,
    Round,
    RoundChange,
    ScanBatch,
    ScannedPage,
)
from pledges.selectors.text_changes import behind_the_text

# Longer than such a task may run, and how long it is worth while to try again.
STILL: Final = timedelta(minutes=15)
PACKING: Final = timedelta(minutes=70)
_LOOKED_FOR: Final = timedelta(days=2)


def unread_scans(*, clock: Clock) -> Iterable[int]:
    """Return the scans of which a page still waits to be read."""
    waiting = ScannedPage.objects.filter(batch=OuterRef("pk"), outcome=PageOutcome.WAITING)
    rows = ScanBatch.objects.filter(Exists(waiting), uploaded_at__range=_lately(clock))
    return list(rows.values_list("pk", flat=True))


def rounds_to_lapse(*, clock: Clock) -> Iterable[int]:
    """Return the closed rounds in which an invitation is still open."""
    invited = Obligation.objects.filter(round=OuterRef("pk"), state=ObligationState.INVITED)
    rows = Round.objects.filter(Exists(invited), closed_at__range=_lately(clock))
    return list(rows.values_list("pk", flat=True))


def rounds_to_ask_again(*, clock: Clock) -> Iterable[int]:
    """Return the open rounds in which somebody stands as signed under another text only.

    Or stands as unsigned, and signed the text when the round had it before.
    """
    changed = RoundChange.objects.filter(
        round=OuterRef("pk"), kind=RoundChangeKind.TEXT, changed_at__range=_lately(clock)
    )
    behind = Exists(behind_the_text(OuterRef("pk")))
    rows = Round.objects.filter(behind, Exists(changed), closed_at__isnull=True)
    return list(rows.values_list("pk", flat=True))


def archives_to_pack(*, clock: Clock) -> Iterable[int]:
    """Return the archives that nobody has made or given up."""
    rows = CertificateArchive.objects.filter(
        done_at__isnull=True, failed_at__isnull=True, asked_at__range=_lately(clock, PACKING)
    )
    return list(rows.values_list("pk", flat=True))


def _lately(clock: Clock, still: timedelta = STILL) -> tuple[datetime, datetime]:
    return clock.now - _LOOKED_FOR, clock.now - still
