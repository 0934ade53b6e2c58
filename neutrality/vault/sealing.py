"""Sealing bytes: AES-256-GCM, one data key for each row, wrapped by a master key.

A sealed text is a version byte, a random nonce of 12 bytes, then ciphertext and tag. What it is
bound to (kind of row and its uuid) is authenticated, so it opens only in its own row.
"""

import os
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from neutrality.vault.keys import MasterKeys

_VERSION: Final = b"\x01"
_NONCE: Final = 12


class SealBroken(ValueError):
    """What is sealed was changed, moved from another row, or sealed under another key."""


def new_data_key() -> bytes:
    """A fresh data key, 32 bytes."""
    return AESGCM.generate_key(bit_length=256)


def bound_to(*, kind: str, uuid: UUID) -> bytes:
    """The authenticated data of a row."""
    return kind.encode() + b"\0" + uuid.bytes


def seal(*, key: bytes, plain: bytes, bound: bytes) -> bytes:
    """Seal `plain` so that it opens only with `key` and where it is bound to."""
    nonce = os.urandom(_NONCE)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, plain, bound)


def unseal(*, key: bytes, sealed: bytes, bound: bytes) -> bytes:
    """Open what `seal` gave.

    Raises:
        SealBroken: another key, another row, or changed bytes.
    """
    if sealed[:1] != _VERSION or len(sealed) <= _NONCE:
        raise SealBroken("This is not a sealed text of a version that is known.")
    nonce, body = sealed[1 : _NONCE + 1], sealed[_NONCE + 1 :]
    try:
        return AESGCM(key).decrypt(nonce, body, bound)
    except InvalidTag:
        raise SealBroken("The seal does not open: another key or row, or changed bytes.") from None


def wrap(*, keys: MasterKeys, data_key: bytes, bound: bytes) -> tuple[str, bytes]:
    """Wrap a data key by the current master key; return that key's id and the wrapped key."""
    wrapped = seal(key=keys.get(keys.current), plain=data_key, bound=b"key\0" + bound)
    return keys.current, wrapped


def unwrap(*, keys: MasterKeys, key_id: str, wrapped: bytes, bound: bytes) -> bytes:
    """The data key.

    Raises:
        UnknownKey: the master key is not there.
        SealBroken: the master key is another than the one it was wrapped by, or the row is.
    """
    return unseal(key=keys.get(key_id), sealed=wrapped, bound=b"key\0" + bound)
