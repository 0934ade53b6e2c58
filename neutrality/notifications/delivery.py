"""Sending what waits in the outbox: claimed in a batch, sent outside any transaction."""

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F

from neutrality.law.clock import Clock
from neutrality.notifications.channels import NotSent, Parcel, Transports, is_available
from neutrality.notifications.consent import NotWanted, Reached, consented
from neutrality.notifications.kinds import Consent, UnknownKind, kind_of
from neutrality.notifications.models import Attempt, Channel, Outbox, OutboxStatus
from neutrality.notifications.wording import words_of
from neutrality.vault.services import IdentityErased, open_contact
from neutrality.vault.services.identities import Channel as ContactChannel

# The wait after the first, second, … failed attempt; after the last there is no other.
BACK_OFF: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)
MAX_ATTEMPTS: Final = len(BACK_OFF) + 1
# Longer than a task may live: who has lost the claim is certainly dead.
LEASE: Final = timedelta(minutes=15)
# No new message is begun after this; the rest of the batch is given back.
BATCH_BUDGET_SECONDS: Final = 240.0
_CONTACTS: Final[Mapping[Channel, ContactChannel]] = MappingProxyType(
    {Channel.EMAIL: "email", Channel.WHATSAPP: "whatsapp", Channel.SMS: "sms"}
)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of one batch."""

    claimed: int = 0
    sent: int = 0
    failed: int = 0
    gave_up: int = 0
    unwanted: int = 0


@dataclass(frozen=True, slots=True)
class _Outcome:
    channel: Channel | None
    code: str
    sent: bool
    permanent: bool
    took: timedelta
    unwanted: bool = False


class _Watch:
    """The clock of the batch, running on: each attempt has its own time."""

    def __init__(self, clock: Clock) -> None:
        self._read = clock.now
        self._started = time.monotonic()

    @property
    def now(self) -> datetime:
        return self._read + timedelta(seconds=self.elapsed)

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self._started


def deliver_batch(*, clock: Clock, limit: int = 50) -> Delivered:
    """Send up to `limit` messages that are due, one after the other.

    Each message belongs to one worker for the length of the lease. If the process dies between
    sending and marking, the message is sent again after the lease under the same Message-ID.
    """
    watch = _Watch(clock)
    messages = _claim(clock=clock, limit=limit)
    results: list[OutboxStatus] = []
    with Transports() as transports:
        for place, message in enumerate(messages):
            if watch.elapsed > BATCH_BUDGET_SECONDS:
                _give_back(messages[place:], watch)
                break
            outcome = _attempt(message, transports, clock)
            results.append(_mark(message, outcome, watch))
    return Delivered(
        claimed=len(messages),
        sent=results.count(OutboxStatus.SENT),
        failed=results.count(OutboxStatus.WAITING),
        gave_up=results.count(OutboxStatus.GAVE_UP),
        unwanted=results.count(OutboxStatus.UNWANTED),
    )


@transaction.atomic
def _claim(*, clock: Clock, limit: int) -> list[Outbox]:
    due = Outbox.objects.filter(
        # A claimed row is due again when its lease has ended.
        status__in=(OutboxStatus.WAITING, OutboxStatus.SENDING),
        next_attempt_at__lte=clock.now,
    ).order_by("next_attempt_at", "id")
    messages = list(due.select_for_update(skip_locked=True)[:limit])
    claim, until = uuid.uuid4(), clock.now + LEASE
    Outbox.objects.filter(pk__in=[message.pk for message in messages]).update(
        status=OutboxStatus.SENDING,
        claim=claim,
        claimed_until=until,
        next_attempt_at=until,
        attempts_made=F("attempts_made") + 1,
    )
    for message in messages:
        message.claim = claim
        message.attempts_made += 1
    return messages


def _give_back(messages: list[Outbox], watch: _Watch) -> None:
    mine = Outbox.objects.filter(
        pk__in=[message.pk for message in messages], claim=messages[0].claim
    )
    mine.update(
        status=OutboxStatus.WAITING,
        claim=None,
        claimed_until=None,
        next_attempt_at=watch.now,
        attempts_made=F("attempts_made") - 1,
    )


def _attempt(message: Outbox, transports: Transports, clock: Clock) -> _Outcome:
    started = time.monotonic()
    channel: Channel | None = None
    code, permanent, unwanted = "sent", False, False
    try:
        reached = _reach(message, clock)
        channel = reached.channel
        transports.of(channel).send(_parcel(message, reached))
    except NotWanted:
        code, unwanted = "not_wanted", True
    except NotSent as failure:
        code, permanent = failure.code, failure.permanent
    took = timedelta(seconds=time.monotonic() - started)
    return _Outcome(channel, code, code == "sent", permanent, took, unwanted)


def _parcel(message: Outbox, reached: Reached) -> Parcel:
    wording = words_of(
        kind=message.kind,
        language=message.language,
        context={**message.context, **reached.made},
        stop_url=reached.stop_url,
    )
    key = str(message.message_key)
    return Parcel(key=key, to=reached.address, wording=wording, stop_url=reached.stop_url)


def _reach(message: Outbox, clock: Clock) -> Reached:
    """Return the first channel of the kind at which the recipient can and may be reached."""
    if message.attempts_made > MAX_ATTEMPTS:
        raise NotSent("worker_lost", permanent=True)
    try:
        kind = kind_of(message.kind)
    except UnknownKind as error:
        raise NotSent("unknown_kind", permanent=False) from error

    def address(channel: Channel) -> str:
        return _contact(message, channel, clock)

    if message.identity_id is not None and kind.consent is not Consent.NOT_NEEDED:
        return consented(message=message, kind=kind, address=address, clock=clock)
    for channel in filter(is_available, kind.channels):
        if found := address(channel):
            return Reached(channel, found)
    raise NotSent("no_contact", permanent=True)


def _contact(message: Outbox, channel: Channel, clock: Clock) -> str:
    if message.identity_id is not None:
        try:
            return open_contact(
                identity_id=message.identity_id, channel=_CONTACTS[channel], clock=clock
            )
        except IdentityErased as error:
            raise NotSent("identity_erased", permanent=True) from error
    if channel != Channel.EMAIL:
        return ""
    if message.user_id is not None:
        return _address_of_user(message.user_id)
    return message.address


def _address_of_user(user_id: int) -> str:
    users = get_user_model().objects.filter(pk=user_id, is_active=True)
    return str(users.values_list("email", flat=True).first() or "")


@transaction.atomic
def _mark(message: Outbox, outcome: _Outcome, watch: _Watch) -> OutboxStatus:
    """Write the attempt and, if the claim is still ours, what became of the message."""
    now = watch.now
    status = _status_after(message, outcome)
    Attempt.objects.create(
        outbox=message,
        at=now,
        channel=outcome.channel or "",
        succeeded=outcome.sent,
        outcome=outcome.code,
        took_ms=round(outcome.took.total_seconds() * 1000),
    )
    changes: dict[str, object] = {"status": status, "claim": None, "claimed_until": None}
    if status == OutboxStatus.SENT:
        # What was said is not needed any more; it may hold a code.
        changes |= {"sent_at": now, "channel": outcome.channel, "context": {}}
    elif status == OutboxStatus.UNWANTED:
        changes |= {"context": {}}
    elif status == OutboxStatus.GAVE_UP:
        changes |= {"gave_up_at": now, "channel": outcome.channel or ""}
    else:
        changes |= {"next_attempt_at": now + BACK_OFF[message.attempts_made - 1]}
    Outbox.objects.filter(pk=message.pk, claim=message.claim).update(**changes)
    return status


def _status_after(message: Outbox, outcome: _Outcome) -> OutboxStatus:
    if outcome.sent:
        return OutboxStatus.SENT
    if outcome.unwanted:
        return OutboxStatus.UNWANTED
    if outcome.permanent or message.attempts_made >= MAX_ATTEMPTS:
        return OutboxStatus.GAVE_UP
    return OutboxStatus.WAITING
