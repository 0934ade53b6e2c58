"""Where a message may go to a person: only to an address that was confirmed, or to ask for that."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from neutrality.law.clock import Clock
from neutrality.notifications.channels import is_available
from neutrality.notifications.contacts import (
    CODE_LIFE,
    code_of,
    digest_of,
    open_points,
    stop_url,
    typed_digest,
)
from neutrality.notifications.kinds import Consent, MessageKind
from neutrality.notifications.models import Channel, ContactPoint, Outbox

Address = Callable[[Channel], str]


class NotWanted(Exception):
    """The person has confirmed no address, or wants nothing there: nothing is sent, nothing failed."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Where a message goes, how it is stopped, and what only this message says."""

    channel: Channel
    address: str
    stop_url: str = ""
    made: Mapping[str, str] = field(default_factory=dict)


def consented(*, message: Outbox, kind: MessageKind, address: Address, clock: Clock) -> Reached:
    """Return where a message to a person may go; raises `NotWanted`."""
    if kind.consent is Consent.ASKED_FOR:
        return _to_ask(message, kind, address, clock)
    points = open_points(message.identity_id or 0)
    for channel in kind.channels:
        point = points.get(channel)
        if point is None or not is_available(channel):
            continue
        found = address(channel)
        if found and digest_of(channel, found) == bytes(point.address_digest):
            return Reached(channel, found, stop_url(point.pk))
    raise NotWanted


def _to_ask(message: Outbox, kind: MessageKind, address: Address, clock: Clock) -> Reached:
    """Give the contact point that waits for its code this message's code."""
    code = code_of(str(message.message_key))
    known = list(
        ContactPoint.objects.filter(identity_id=message.identity_id or 0).order_by("-asked_at")
    )
    point = next((row for row in known if _waits(row, code)), None)
    if point is None and not known:
        point = _first_point(message, kind, address, clock)
    if point is None:
        raise NotWanted
    channel = Channel(point.channel)
    found = address(channel)
    if not found or digest_of(channel, found) != bytes(point.address_digest):
        raise NotWanted
    ContactPoint.objects.filter(pk=point.pk).update(
        code_digest=typed_digest(point.pk, code), code_expires_at=clock.now + CODE_LIFE, tries=0
    )
    return Reached(channel, found, stop_url(point.pk), {"code": code})


def _waits(point: ContactPoint, code: str) -> bool:
    if point.confirmed_at or point.stopped_at:
        return False
    return point.code_digest is None or bytes(point.code_digest) == typed_digest(point.pk, code)


def _first_point(
    message: Outbox, kind: MessageKind, address: Address, clock: Clock
) -> ContactPoint | None:
    """Ask on the first channel that there is; two workers at once make one point."""
    for channel in filter(is_available, kind.channels):
        if found := address(channel):
            point, _created = ContactPoint.objects.get_or_create(
                identity_id=message.identity_id or 0,
                channel=channel,
                defaults={"address_digest": digest_of(channel, found), "asked_at": clock.now},
            )
            return point
    return None
