"""How often somebody may do something, counted in Redis under keyed hashes that name nobody.

A count lives as long as its window and holds no address: what is kept is a hash under a key of
ours. The numbers stand in `settings.RATE_LIMITS`, as times and seconds.
"""

import ipaddress
from enum import StrEnum
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from neutrality.vault.services import keyed_hash

# Whoever has one IPv6 address has all of its network.
_NETWORK_BITS: Final = 64


class Limited(StrEnum):
    """What is limited; each has a row in `settings.RATE_LIMITS`."""

    WRONG_CODES = "wrong_codes"
    NEW_DRAFTS = "new_drafts"
    NEW_DRAFTS_OF_ALL = "new_drafts_of_all"
    NEW_DRAFTS_AT_MOST = "new_drafts_at_most"
    WAITED = "waited"
    ANSWERS = "answers"
    UPLOADS = "uploads"
    MESSAGES = "messages"


class Count:
    """How often one visitor, or the holder of one code, has done one thing in this window."""

    def __init__(self, what: Limited, *, who: str) -> None:
        """Count `what` for `who`: only a keyed hash of it leaves this process."""
        self.most, self.seconds = settings.RATE_LIMITS[what]
        self._key = f"limit:{what}:{keyed_hash(purpose=f'limit:{what}', value=who).hex()}"

    def reached(self) -> bool:
        """Whether there have been as many as may be."""
        return int(cache.get(self._key, 0)) >= self.most

    def add(self) -> int:
        """Count one more and return how many there are; the first opens the window."""
        try:
            return cache.incr(self._key)
        except ValueError:
            cache.add(self._key, 0, self.seconds)
            return cache.incr(self._key)

    def forget(self) -> None:
        """Start again."""
        cache.delete(self._key)


def visitor_count(request: HttpRequest, what: Limited) -> Count:
    """Return the count of whoever asks, by the address."""
    return Count(what, who=network_of(address_of(request)))


def visitor_over(request: HttpRequest, what: Limited) -> bool:
    """Count one more of `what` for this visitor; whether that is more than may be."""
    count = visitor_count(request, what)
    return count.add() > count.most


def holder_over(holder: str, what: Limited) -> bool:
    """Count one more of `what` for the holder of a code or a draft; whether it is too many.

    `holder` names the code's row or the draft, never the code itself.
    """
    count = Count(what, who=holder)
    return count.add() > count.most


class CodeAttempts:
    """The wrong codes of one visitor."""

    def __init__(self, request: HttpRequest) -> None:
        """Name the visitor by a keyed hash of the address."""
        self._count = visitor_count(request, Limited.WRONG_CODES)

    def exhausted(self) -> bool:
        """Whether this visitor has tried too often."""
        return self._count.reached()

    def failed(self) -> None:
        """Count a wrong code."""
        self._count.add()

    def forget(self) -> None:
        """Start again after a right one."""
        self._count.forget()


def address_of(request: HttpRequest) -> str:
    """Return the visitor's address as the outermost proxy of ours saw it.

    Behind a proxy every connection comes from the proxy: counted by it, one visitor's mistakes
    would lock everybody out. What stands further left in the header anybody can invent.
    """
    proxies: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    seen = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",")]
    if proxies and len(seen) >= proxies and seen[-proxies]:
        return seen[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def network_of(address: str) -> str:
    """Return what one visitor has: an IPv4 address, or the network of an IPv6 address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return address
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, _NETWORK_BITS), strict=False))
