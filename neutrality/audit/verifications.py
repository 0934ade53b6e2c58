"""Proofs on demand: asked for on a page, made by a worker, kept as rows."""

from datetime import timedelta
from functools import partial
from importlib import import_module
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from neutrality.audit.actor import Actor
from neutrality.audit.models import Stream, Verification
from neutrality.audit.record import SubjectRef, record
from neutrality.audit.signing import public_keys
from neutrality.audit.verify import Verdict, verify_stream
from neutrality.law.clock import Clock

# A worker that died leaves its row unfinished; it no longer counts as running then.
GIVEN_UP_AFTER: Final = timedelta(minutes=15)
_GIVEN_UP: Final = "It did not finish."


@transaction.atomic(durable=True)
def request_verification(*, actor: Actor, clock: Clock) -> list[Verification]:
    """Ask a worker to prove both streams; return what was asked for now.

    A stream whose proof is running already is left alone.
    """
    _give_up_old_ones(clock)
    wanted = [
        Verification(stream=stream, requested_at=clock.now, requested_by_id=actor.user_id)
        for stream in Stream
    ]
    before = set(_running().values_list("stream", flat=True))
    Verification.objects.bulk_create(wanted, ignore_conflicts=True)
    made = list(_running().exclude(stream__in=before).order_by("pk"))
    for row in made:
        subject = SubjectRef("verification", row.pk)
        record(what="audit.verification_requested", subject=subject, actor=actor, clock=clock)
    if made:
        transaction.on_commit(partial(_nudge, [row.pk for row in made]))
    return made


def verify_requested(*, verification_id: int, clock: Clock) -> Verification | None:
    """Prove what one row asks for and keep the answer; None when it is finished already."""
    row = _running().filter(pk=verification_id).first()
    if row is None:
        return None
    verdict = verify_stream(stream=Stream(row.stream), keys=public_keys())
    return _keep(row, verdict, clock)


def newest_verifications() -> dict[str, Verification]:
    """The newest finished proof of each stream; one query."""
    rows = Verification.objects.filter(finished_at__isnull=False)
    newest = rows.order_by("stream", "-id").distinct("stream")
    return {row.stream: row for row in newest}


def is_running(*, clock: Clock) -> bool:
    """Whether a proof is asked for and not finished yet; one query."""
    return _running().filter(requested_at__gt=clock.now - GIVEN_UP_AFTER).exists()


def _keep(row: Verification, verdict: Verdict, clock: Clock) -> Verification:
    row.finished_at = clock.now
    row.rows, row.sealed_rows, row.last_seal = verdict.rows, verdict.sealed_rows, verdict.seals
    if verdict.failure:
        row.failure = str(verdict.failure)[:300]
        row.failed_row, row.failed_seal = verdict.failure.row_id, verdict.failure.seal_number
    row.save()
    return row


def _give_up_old_ones(clock: Clock) -> None:
    old = _running().filter(requested_at__lte=clock.now - GIVEN_UP_AFTER)
    old.update(finished_at=clock.now, failure=_GIVEN_UP)


def _running() -> QuerySet[Verification]:
    return Verification.objects.filter(finished_at__isnull=True)


def _nudge(ids: list[int]) -> None:
    tasks = import_module("neutrality.audit.tasks")
    for pk in ids:
        tasks.verify_on_demand.delay(pk)
