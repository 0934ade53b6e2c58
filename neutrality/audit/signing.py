"""The key that signs seals: Ed25519, from AUDIT_SEAL_KEY."""

import base64
import binascii
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, slots=True)
class SealKey:
    """The signing key and the name of its public half."""

    private: Ed25519PrivateKey
    key_id: str

    def sign(self, message: bytes) -> bytes:
        """The signature, 64 bytes."""
        return self.private.sign(message)

    def public_text(self) -> str:
        """The public key in base64, for those who verify without our settings."""
        return base64.b64encode(self.private.public_key().public_bytes_raw()).decode()


def seal_key() -> SealKey:
    """The key in force.

    Raises:
        ImproperlyConfigured: AUDIT_SEAL_KEY is missing or not the base64 of 32 bytes.
    """
    return _read(getattr(settings, "AUDIT_SEAL_KEY", ""))


def public_keys(*extra: str) -> dict[str, Ed25519PublicKey]:
    """Every public key whose seals count: ours, AUDIT_FORMER_PUBLIC_KEYS and `extra` (base64).

    Raises:
        ImproperlyConfigured: one of them is not the base64 of 32 bytes.
    """
    former: list[str] = list(getattr(settings, "AUDIT_FORMER_PUBLIC_KEYS", []))
    raw = [_decode(text, "A public key of the audit") for text in (*former, *extra)]
    keys = {key_id_of(each): Ed25519PublicKey.from_public_bytes(each) for each in raw}
    own = seal_key()
    return keys | {own.key_id: own.private.public_key()}


def key_id_of(public_key: bytes) -> str:
    """The short name by which seals say which key signed them."""
    return sha256(public_key).hexdigest()[:16]


def is_signed(*, message: bytes, signature: bytes, key: Ed25519PublicKey) -> bool:
    """Whether `signature` is of `message` by the owner of `key`."""
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


@cache
def _read(text: str) -> SealKey:
    private = Ed25519PrivateKey.from_private_bytes(_decode(text, "AUDIT_SEAL_KEY"))
    return SealKey(private, key_id_of(private.public_key().public_bytes_raw()))


def _decode(text: str, name: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != 32:
        raise ImproperlyConfigured(f"{name} must be the base64 of 32 bytes.")
    return raw
