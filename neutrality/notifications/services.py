"""Putting messages into the outbox, inside the transaction that is their cause."""

import logging
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from kombu.exceptions import OperationalError

from neutrality.audit.record import OutsideTransaction
from neutrality.law.clock import Clock
from neutrality.notifications.kinds import MAX_VALUE, kind_of
from neutrality.notifications.models import Outbox, OutboxStatus
from neutrality.rows import insert

log = logging.getLogger(__name__)

DELIVERY_TASK: Final = "neutrality.notifications.tasks.deliver_outbox"
# The task starts a second after its nudge, so it also sees what is committed in that second.
NUDGE_EVERY_SECONDS: Final = 1.0


class UnsafeContext(ValueError):
    """The placeholders are not exactly those of the kind, or hold more than a short line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Exactly one of: a user, a sealed identity, the mail address of an organisation.

    Raises:
        ValueError: When none or several are given.
    """

    user_id: int | None = None
    identity_id: int | None = None
    address: str = ""

    def __post_init__(self) -> None:
        """Refuse a message to nobody, or to two."""
        given = (self.user_id is not None, self.identity_id is not None, bool(self.address))
        if sum(given) != 1:
            raise ValueError("A message has exactly one recipient.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to put into the outbox.

    `dedupe_key` names the cause (`step:17:report_received:0`): the same key is sent once, ever.
    """

    kind: str
    recipient: Recipient
    dedupe_key: str
    context: Mapping[str, str] = field(default_factory=dict)
    language: str = "id"


def enqueue(
    *,
    kind: str,
    recipient: Recipient,
    clock: Clock,
    dedupe_key: str,
    context: Mapping[str, str],
    language: str = "id",
) -> None:
    """Put one message into the outbox; see `enqueue_many`."""
    message = Message(
        kind=kind, recipient=recipient, dedupe_key=dedupe_key, context=context, language=language
    )
    enqueue_many(messages=[message], clock=clock)


def enqueue_many(*, messages: Sequence[Message], clock: Clock) -> None:
    """Put messages into the outbox in one statement, and nudge the delivery on commit.

    A message whose `dedupe_key` is known already is left out.

    Raises:
        OutsideTransaction: When no transaction is open.
        UnknownKind: When a kind is not registered.
        UnsafeContext: When a context has other keys than its kind, or long values.
        ValueError: When a language is not one of the site.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction("A message is put out in the transaction that is its cause.")
    rows = [_row(message, clock) for message in messages]
    if rows:
        insert(rows, or_leave=True)
        transaction.on_commit(_nudge, robust=True)


@transaction.atomic
def retry_given_up(*, outbox_ids: Collection[int], clock: Clock) -> int:
    """Let messages that were given up start over; returns how many there were."""
    again = Outbox.objects.filter(pk__in=outbox_ids, status=OutboxStatus.GAVE_UP).update(
        status=OutboxStatus.WAITING, gave_up_at=None, attempts_made=0, next_attempt_at=clock.now
    )
    if again:
        transaction.on_commit(_nudge, robust=True)
    return again


def _row(message: Message, clock: Clock) -> Outbox:
    kind = kind_of(message.kind)
    _check_context(message, kind.context_keys)
    if message.language not in dict(settings.LANGUAGES):
        raise ValueError(f"The site does not speak {message.language!r}.")
    return Outbox(
        dedupe_key=message.dedupe_key,
        kind=kind.code,
        language=message.language,
        user_id=message.recipient.user_id,
        identity_id=message.recipient.identity_id,
        address=message.recipient.address,
        context=dict(message.context),
        next_attempt_at=clock.now,
        created_at=clock.now,
    )


def _check_context(message: Message, keys: frozenset[str]) -> None:
    if message.context.keys() != keys:
        named = ", ".join(sorted(keys)) or "nothing"
        raise UnsafeContext(f"A message of the kind {message.kind} says {named}.")
    for key, value in message.context.items():
        if len(value) > MAX_VALUE or not value.isprintable():
            raise UnsafeContext(f"{key} of a {message.kind} is not one short line.")


class _Throttle:
    """Lets one call through per interval and process."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._lock = Lock()
        self._next = 0.0

    def passes(self) -> bool:
        now = time.monotonic()
        with self._lock:
            if now < self._next:
                return False
            self._next = now + self._seconds
            return True


_throttle = _Throttle(NUDGE_EVERY_SECONDS)


def _nudge() -> None:
    if not _throttle.passes():
        return
    try:
        current_app.send_task(
            DELIVERY_TASK, countdown=NUDGE_EVERY_SECONDS, retry=False, ignore_result=True
        )
    except OperationalError:
        # The periodic task delivers what a lost nudge leaves behind.
        log.warning("The broker took no nudge; the outbox waits for the periodic delivery.")
