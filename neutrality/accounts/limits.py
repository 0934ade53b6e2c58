"""How often somebody may do something, counted in Redis under keyed hashes that name nobody.

A count lives as long as its window and holds no address: what is kept is a hash under a key of
ours. The numbers stand in `settings.RATE_LIMITS`, as times and seconds.
"""

import ipaddress
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from neutrality.cache import count_up
from neutrality.vault.services import keyed_hash

# Whoever has one IPv6 address has all of its network.
_NETWORK_BITS: Final = 64


class Count:
    """How often one visitor, or the holder of one code, has done one thing in this window."""

    def __init__(self, what: str, *, who: str) -> None:
        """Count `what` for `who`: only a keyed hash of it leaves this process."""
        self.most, self.seconds = settings.RATE_LIMITS[what]
        self._key = f"limit:{what}:{keyed_hash(purpose=f'limit:{what}', value=who).hex()}"

    def reached(self) -> bool:
        """Whether there have been as many as may be."""
        return int(cache.get(self._key, 0)) >= self.most

    def add(self) -> int:
        """Count one more and return how many there are; the first opens the window."""
        return count_up(self._key, self.seconds)

    def forget(self) -> None:
        """Start again."""
        cache.delete(self._key)


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
