"""Keys: master keys by id from VAULT_KEYS, and the keys of indexes derived from VAULT_INDEX_KEY.

Master keys wrap data keys and are changed by `rotate_keys`. The index key is another secret that
stays when master keys change, so that what was indexed is found again.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_ENTRY: Final = re.compile(r"([A-Za-z0-9_-]{1,32}):(.+)")


class UnknownKey(LookupError):
    """A row is sealed under a master key that VAULT_KEYS does not hold."""

    def __init__(self, key_id: str) -> None:
        super().__init__(f"VAULT_KEYS does not hold the master key {key_id!r}.")
        self.key_id = key_id


@dataclass(frozen=True, slots=True)
class MasterKeys:
    """The master keys by id; new rows are sealed under the current one."""

    current: str
    by_id: Mapping[str, bytes]

    def get(self, key_id: str) -> bytes:
        """The key of that id, 32 bytes.

        Raises:
            UnknownKey: VAULT_KEYS does not hold it.
        """
        try:
            return self.by_id[key_id]
        except KeyError:
            raise UnknownKey(key_id) from None


def master_keys() -> MasterKeys:
    """The keys of VAULT_KEYS ("id:base64,id2:base64"); the first is current.

    Raises:
        ImproperlyConfigured: it is missing, empty or malformed; the sentence says where.
    """
    return _read_master_keys(_setting("VAULT_KEYS"))


def derived_key(*, use: str, purpose: str) -> bytes:
    """The key for one use ("index", "hash") and purpose ("nik", "access code"), 32 bytes.

    Raises:
        ImproperlyConfigured: VAULT_INDEX_KEY is missing or malformed.
    """
    return _derive(_setting("VAULT_INDEX_KEY"), use, purpose)


def _setting(name: str) -> str:
    value = getattr(settings, name, "")
    if not isinstance(value, str) or not value.strip():
        raise ImproperlyConfigured(f"Set {name}; the vault cannot work without it.")
    return value


@cache
def _read_master_keys(text: str) -> MasterKeys:
    by_id: dict[str, bytes] = {}
    for number, entry in enumerate(text.split(","), start=1):
        match = _ENTRY.fullmatch(entry.strip())
        if match is None:
            raise ImproperlyConfigured(f"VAULT_KEYS: entry {number} is not id:base64.")
        if match[1] in by_id:
            raise ImproperlyConfigured(f"VAULT_KEYS: the id {match[1]} occurs twice.")
        by_id[match[1]] = _decode(match[2], f"VAULT_KEYS: the key {match[1]}")
    return MasterKeys(current=next(iter(by_id)), by_id=by_id)


@cache
def _derive(text: str, use: str, purpose: str) -> bytes:
    secret = _decode(text, "VAULT_INDEX_KEY")
    info = f"neutrality vault {use}\0{purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret)


def _decode(text: str, name: str) -> bytes:
    try:
        raw = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != 32:
        raise ImproperlyConfigured(f"{name} must be the base64 of 32 bytes.")
    return raw
