"""The cache in Redis: a client that is kept, and counters that open their own window."""

from functools import cached_property
from typing import Any, cast

from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import Redis

_Key = str | bytes | memoryview | None


class KeptClient(RedisCacheClient):
    """Django's client, which would otherwise make one of Redis for each command."""

    @cached_property
    def _one(self) -> Redis:
        """The client of the one server; its pool may be used by threads."""
        return super().get_client(write=True)

    def get_client(self, key: _Key = None, *, write: bool = False) -> Redis:  # noqa: ARG002
        """Return the client, whatever the key and what is done with it."""
        return self._one

    def count_up(self, key: str, seconds: int) -> int:
        """Add one in one round trip; the first opens a window of so many seconds."""
        with self.get_client(key, write=True).pipeline(transaction=True) as both:
            both.set(key, 0, ex=seconds, nx=True)
            both.incr(key)
            return int(both.execute()[1])


class Cache(RedisCache):
    """Django's cache in Redis, with `count_up`."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        """Take what Django gives."""
        super().__init__(server, params)
        self._class = KeptClient

    def count_up(self, key: str, seconds: int) -> int:
        """Add one and return how many there are; the first opens a window of so many seconds."""
        client = cast("KeptClient", self._cache)
        return client.count_up(self.make_and_validate_key(key), seconds)


def count_up(key: str, seconds: int) -> int:
    """Add one under this key of the one cache; see `Cache.count_up`."""
    return cast("Cache", cache).count_up(key, seconds)
