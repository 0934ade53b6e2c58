"""Addresses that people confirm by a code before anything else is sent there, and can stop."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from neutrality.law.clock import Clock
from neutrality.notifications.channels import is_available
from neutrality.notifications.kinds import Consent, MessageKind
from neutrality.notifications.models import Channel, ContactPoint
from neutrality.notifications.services import Recipient, enqueue
from neutrality.vault.services import Contacts, blind_index, keyed_hash

CONTACT_CODE: Final = MessageKind(
    code="contact_code", label=_("Kode konfirmasi alamat"), consent=Consent.ASKED_FOR
)
CODE_LIFE: Final = timedelta(days=3)
ASK_AGAIN_AFTER: Final = timedelta(minutes=5)
MOST_TRIES: Final = 5
_DIGITS: Final = 6
_SALT: Final = "stop-messages"


class NotAsked(ValueError):
    """No code is sent: no address, stopped by its owner, or asked for a moment ago."""


@dataclass(frozen=True, slots=True)
class ContactState:
    """One channel of a person: where it leads, and whether messages go there."""

    channel: Channel
    masked: str
    is_asked: bool
    is_confirmed: bool
    is_stopped: bool


def contact_states(*, identity_id: int, contacts: Contacts) -> tuple[ContactState, ...]:
    """Return the channels at which this person could be reached, in one query."""
    points = {row.channel: row for row in ContactPoint.objects.filter(identity_id=identity_id)}
    return tuple(
        _state(channel, address, points.get(channel))
        for channel in Channel
        if (address := address_on(channel, contacts)) and is_available(channel)
    )


@transaction.atomic(durable=True)
def ask_contact(*, identity_id: int, channel: Channel, contacts: Contacts, clock: Clock) -> None:
    """Send a code to the address of a channel, which confirms it when it is typed.

    Raises:
        NotAsked: There is no such address, whoever reads it wants nothing, or one was just sent.
    """
    address = address_on(channel, contacts)
    if not address or not is_available(channel):
        raise NotAsked
    digest = digest_of(channel, address)
    rows = ContactPoint.objects.select_for_update(of=("self",))
    point, is_new = rows.get_or_create(
        identity_id=identity_id,
        channel=channel,
        defaults={"address_digest": digest, "asked_at": clock.now},
    )
    if not is_new and bytes(point.address_digest) == digest:
        _check_may_ask(point, clock)
    point.address_digest, point.asked_at = digest, clock.now
    point.code_digest = point.code_expires_at = point.confirmed_at = point.stopped_at = None
    point.save()
    enqueue(
        kind=CONTACT_CODE.code,
        recipient=Recipient(identity_id=identity_id),
        clock=clock,
        dedupe_key=f"contact:{point.pk}:{clock.now.isoformat()}",
        context={},
    )


@transaction.atomic(durable=True)
def confirm_contact(*, identity_id: int, channel: Channel, code: str, clock: Clock) -> bool:
    """Confirm a channel by the code that came there; whether it was the right one.

    Five wrong ones, or three days, and a new code must be asked for.
    """
    rows = ContactPoint.objects.select_for_update(of=("self",))
    point = rows.filter(identity_id=identity_id, channel=channel, code_digest__isnull=False).first()
    if point is None or not _is_open(point, clock):
        return False
    typed = "".join(each for each in code if each.isdecimal())
    if typed_digest(point.pk, typed) != bytes(point.code_digest or b""):
        ContactPoint.objects.filter(pk=point.pk).update(tries=point.tries + 1)
        return False
    ContactPoint.objects.filter(pk=point.pk).update(
        code_digest=None, code_expires_at=None, tries=0, confirmed_at=clock.now, stopped_at=None
    )
    return True


def stop_contact(*, contact_id: int, clock: Clock) -> None:
    """Send nothing more to this address; said twice, it was said once."""
    ContactPoint.objects.filter(pk=contact_id, stopped_at__isnull=True).update(
        stopped_at=clock.now, code_digest=None, code_expires_at=None
    )


def stop_channel(*, identity_id: int, channel: Channel, clock: Clock) -> None:
    """Send nothing more on this channel, at the person's own wish on the page."""
    for pk in ContactPoint.objects.filter(identity_id=identity_id, channel=channel).values_list(
        "pk", flat=True
    ):
        stop_contact(contact_id=pk, clock=clock)


def resume_channel(*, identity_id: int, channel: Channel) -> bool:
    """Send again to an address that was confirmed and stopped; whether there was one."""
    return bool(
        ContactPoint.objects.filter(
            identity_id=identity_id,
            channel=channel,
            confirmed_at__isnull=False,
            stopped_at__isnull=False,
        ).update(stopped_at=None)
    )


def forget_contacts(*, identity_ids: Iterable[int]) -> None:
    """Forget what these persons confirmed: their addresses are gone."""
    ContactPoint.objects.filter(identity_id__in=list(identity_ids)).delete()


def stop_url(contact_id: int) -> str:
    """Return the address in a message by which its reader stops them all; it names nobody."""
    token = signing.dumps(contact_id, salt=_SALT, compress=True)
    return settings.SITE_URL.rstrip("/") + reverse("stop_messages", args=[token])


def contact_of(token: str) -> ContactPoint | None:
    """Return the contact point of a stop address, or None for an invented one."""
    try:
        contact_id = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return ContactPoint.objects.filter(pk=contact_id).first()


def digest_of(channel: Channel, address: str) -> bytes:
    """Return the keyed digest by which an address is recognised."""
    return blind_index(purpose="email" if channel == Channel.EMAIL else "phone", value=address)


def code_of(message_key: str) -> str:
    """Return the code that a message brings: the same when it is sent again after a crash."""
    number = int.from_bytes(keyed_hash(purpose="contact-code", value=message_key), "big")
    return f"{number % 10**_DIGITS:0{_DIGITS}d}"


def typed_digest(contact_id: int, code: str) -> bytes:
    """Return under what a code is kept: it opens one contact point only."""
    return keyed_hash(purpose="contact-code-typed", value=f"{contact_id}:{code}")


def address_on(channel: Channel, contacts: Contacts) -> str:
    """Return where a channel leads."""
    return contacts.email if channel == Channel.EMAIL else contacts.phone


def masked(channel: Channel, address: str) -> str:
    """Return enough of an address for its owner to know it again."""
    if channel == Channel.EMAIL:
        name, _at, host = address.partition("@")
        return f"{name[:1]}•••@{host[:1]}•••{host[host.rfind('.') :]}"
    return f"•••{address[-4:]}"


def _state(channel: Channel, address: str, point: ContactPoint | None) -> ContactState:
    same = point is not None and bytes(point.address_digest) == digest_of(channel, address)
    known = point if same else None
    return ContactState(
        channel=channel,
        masked=masked(channel, address),
        is_asked=bool(known and not known.confirmed_at and not known.stopped_at),
        is_confirmed=bool(known and known.confirmed_at and not known.stopped_at),
        is_stopped=bool(known and known.stopped_at),
    )


def _check_may_ask(point: ContactPoint, clock: Clock) -> None:
    refused_by_reader = point.stopped_at is not None and point.confirmed_at is None
    if refused_by_reader or point.asked_at > clock.now - ASK_AGAIN_AFTER:
        raise NotAsked


def _is_open(point: ContactPoint, clock: Clock) -> bool:
    ends: datetime | None = point.code_expires_at
    return point.tries < MOST_TRIES and ends is not None and ends > clock.now


def open_points(identity_id: int) -> Mapping[str, ContactPoint]:
    """Return the confirmed contact points of a person that were not stopped, by channel."""
    rows = ContactPoint.objects.filter(
        identity_id=identity_id, confirmed_at__isnull=False, stopped_at__isnull=True
    )
    return {row.channel: row for row in rows}
