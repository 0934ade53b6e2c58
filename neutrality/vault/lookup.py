"""Keyed digests: blind indexes for exact look-up, and hashes of codes that are shown once."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from typing import Final

from django.db.models import QuerySet

from neutrality.vault.keys import derived_key
from neutrality.vault.models import Identity

_NO_DIGITS: Final = re.compile("[^0-9]+")


def _digits(value: str) -> str:
    return _NO_DIGITS.sub("", value)


def _phone(value: str) -> str:
    digits = _digits(value)
    return f"62{digits[1:]}" if digits.startswith("0") else digits


def _folded(value: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", value).casefold().split())


# One value may be typed in many ways; these give it one form before it is indexed.
_NORMAL_FORMS: Final[Mapping[str, Callable[[str], str]]] = {
    "nik": _digits,
    "nip": _digits,
    "ni_pppk": _digits,
    "phone": _phone,
}


def blind_index(*, purpose: str, value: str) -> bytes:
    """The digest by which an equal value is found, 32 bytes.

    Numbers ("nik", "nip", "ni_pppk", "phone") are compared by their digits, a phone number with
    the country's code; anything else without regard to case and spacing. Stable when master keys
    are rotated.
    """
    normal = _NORMAL_FORMS.get(purpose, _folded)(value)
    return _keyed("index", purpose, normal)


def indexer(*, purpose: str) -> Callable[[str], str]:
    """The function that gives `blind_index` in hex for values in normal form, for millions of them."""
    mac = _mac(derived_key(use="index", purpose=purpose))

    def index(value: str) -> str:
        return mac(value.encode()).hex()

    return index


def keyed_hash(*, purpose: str, value: str) -> bytes:
    """The keyed hash of a code as it is, 32 bytes; for codes of enough random bits only."""
    return _keyed("hash", purpose, value)


def find_identities(*, purpose: str, value: str) -> QuerySet[Identity]:
    """The identities that were sealed with this value: "nik", "phone" or "email"."""
    digest = blind_index(purpose=purpose, value=value)
    return Identity.objects.filter(blind_indexes__purpose=purpose, blind_indexes__digest=digest)


def _keyed(use: str, purpose: str, value: str) -> bytes:
    return _mac(derived_key(use=use, purpose=purpose))(value.encode())


@cache
def _mac(key: bytes) -> Callable[[bytes], bytes]:
    """The HMAC-SHA-256 with this key; RFC 2104.

    The two halves of the key are hashed once and copied for each text, which takes half as long as
    `hmac.digest`.
    """
    padded = key.ljust(sha256().block_size, b"\0")
    inner = sha256(bytes(byte ^ 0x36 for byte in padded)).copy
    outer = sha256(bytes(byte ^ 0x5C for byte in padded)).copy

    def digest(text: bytes) -> bytes:
        within, around = inner(), outer()
        within.update(text)
        around.update(within.digest())
        return around.digest()

    return digest
