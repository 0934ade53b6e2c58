"""How often somebody may try codes, counted in Redis under keyed hashes that name nobody."""

from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from neutrality.vault.services import keyed_hash

PER_VISITOR: Final = 10
WINDOW_SECONDS: Final = 15 * 60


class CodeAttempts:
    """The wrong codes of one visitor; the address stays in this process, only its hash is kept."""

    def __init__(self, request: HttpRequest) -> None:
        """Name the visitor by a keyed hash of the address."""
        digest = keyed_hash(purpose="code-attempts", value=address_of(request)).hex()
        self._key = f"code-attempts:{digest}"

    def exhausted(self) -> bool:
        """Whether this visitor has tried too often."""
        return int(cache.get(self._key, 0)) >= PER_VISITOR

    def failed(self) -> None:
        """Count a wrong code."""
        cache.add(self._key, 0, WINDOW_SECONDS)
        try:
            cache.incr(self._key)
        except ValueError:
            cache.set(self._key, 1, WINDOW_SECONDS)

    def forget(self) -> None:
        """Start again after a right one."""
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
