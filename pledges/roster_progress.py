"""How far the reading of a roster has come: told in the cache, lost without harm."""

from typing import Final

from django.core.cache import cache

_KEPT_SECONDS: Final = 3600


def tell_progress(import_id: int, rows: int) -> None:
    """Say how many rows have been read."""
    cache.set(_key(import_id), rows, _KEPT_SECONDS)


def progress_of(import_id: int) -> int:
    """How many rows have been read, as far as was told."""
    return int(cache.get(_key(import_id)) or 0)


def _key(import_id: int) -> str:
    return f"roster-progress:{import_id}"
