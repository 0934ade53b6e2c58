"""How often somebody may try codes, counted in Redis under keyed hashes that name nobody."""

from typing import Final

from django.core.cache import cache
from django.http import HttpRequest

from neutrality.vault.services import keyed_hash

PER_VISITOR: Final = 10
WINDOW_SECONDS: Final = 15 * 60


class CodeAttempts:
    """The wrong codes of one visitor; the address stays in this process, only its hash is kept."""

    def __init__(self, request: HttpRequest) -> None:
        """Name the visitor by a keyed hash of the address."""
        address = request.META.get("REMOTE_ADDR", "")
        digest = keyed_hash(purpose="code-attempts", value=address).hex()
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
