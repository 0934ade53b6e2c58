"""Make the redacted copies that were wished for: papers and films, which take a worker minutes."""

import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.db import transaction
from django.db.models import F, Q, QuerySet

from complaints.codes import RedactionState
from complaints.models import Redaction
from complaints.services.clean_copy import SENTENCES, Copy, CopyRefused
from complaints.services.redact_copy import decoded_redaction, store_redaction
from neutrality.audit.actor import SYSTEM, Actor, ActorKind
from neutrality.audit.record import record
from neutrality.law.clock import Clock

# Longer than a task may live, so that a claim ends only after its worker has.
LEASE: Final = timedelta(minutes=15)
MOST_ATTEMPTS: Final = 2


def make_redaction(*, redaction_id: int, clock: Clock) -> RedactionState | None:
    """Make one copy that was wished for and return how it ended; None when another is at it.

    A wish that has ended its worker twice is refused, with a sentence.
    """
    wish = _claimed(redaction_id, clock)
    if wish is None:
        return None
    if wish.attempts > MOST_ATTEMPTS:
        return _refuse(wish, SENTENCES["FAILED"])
    with tempfile.TemporaryDirectory(prefix="bukti-") as folder:
        try:
            made = decoded_redaction(
                wish.source, wish.marks, Path(folder), actor=SYSTEM, clock=clock
            )
        except CopyRefused as refused:
            return _refuse(wish, refused.sentence)
        return _finish(wish, made, clock)


def waiting_redactions(*, clock: Clock, limit: int) -> list[int]:
    """Return wishes that nobody works at now, oldest first."""
    rows = Redaction.objects.filter(_free(clock.now)).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def _free(now: datetime) -> Q:
    free = Q(busy_until__isnull=True) | Q(busy_until__lte=now)
    return free & Q(state=RedactionState.WAITING)


def _claimed(redaction_id: int, clock: Clock) -> Redaction | None:
    until = clock.now + LEASE
    mine = Redaction.objects.filter(_free(clock.now), pk=redaction_id).update(
        busy_until=until, attempts=F("attempts") + 1
    )
    rows = Redaction.objects.select_related("source__evidence__matter__office__region", "asked_by")
    return rows.filter(pk=redaction_id, busy_until=until).first() if mine else None


def _mine(wish: Redaction) -> QuerySet[Redaction]:
    return Redaction.objects.filter(
        pk=wish.pk, state=RedactionState.WAITING, busy_until=wish.busy_until
    )


def _refuse(wish: Redaction, sentence: str) -> RedactionState | None:
    refused = _mine(wish).update(state=RedactionState.REFUSED, refusal=sentence)
    return RedactionState.REFUSED if refused else None


@transaction.atomic(durable=True)
def _finish(wish: Redaction, made: Copy, clock: Clock) -> RedactionState | None:
    held = _mine(wish).select_for_update(of=("self",)).first()
    if held is None:
        return None
    matter = wish.source.evidence.matter
    asker = Actor(kind=ActorKind.USER, label=str(wish.asked_by), user_id=wish.asked_by_id)
    copy = store_redaction(wish.source, made, wish.marks, actor=asker, clock=clock)
    held.state, held.made = RedactionState.DONE, copy
    held.save(update_fields=["state", "made"])
    if matter is not None:
        record(
            what="evidence.redact",
            subject=matter.ref(),
            actor=SYSTEM,
            clock=clock,
            organisation=matter.office.ref(),
            after=copy.audience,
            data={"derivative": copy.pk, "sha256": copy.sha256},
        )
    return RedactionState.DONE
