"""Sealing short texts that other tables keep: seeds of second factors, tokens of other systems.

A sealed text says under which master key it is: `1.<key id>.<base64>`. It opens only for the
purpose it was sealed for. Whoever keeps such texts registers them for `rotate_keys`.
"""

import base64
import binascii
from typing import Final, Protocol

from neutrality.vault import sealing
from neutrality.vault.keys import master_keys
from neutrality.vault.sealing import SealBroken

_VERSION: Final = "1"


class KeepsTexts(Protocol):
    """A table of another package with sealed texts in it."""

    def move(self, *, limit: int) -> int:
        """Seal the texts of some rows under the current key, in one transaction; say how many."""

    def left(self) -> int:
        """How many rows have a text that is not under the current key."""


KEEPERS: Final[list[KeepsTexts]] = []


def seal_text(*, text: str, purpose: str) -> str:
    """Seal a text under the current master key; the answer is ASCII."""
    keys = master_keys()
    sealed = sealing.seal(key=keys.get(keys.current), plain=text.encode(), bound=_bound_to(purpose))
    return current_prefix() + base64.urlsafe_b64encode(sealed).decode()


def open_text(*, sealed: str, purpose: str) -> str:
    """Open what `seal_text` gave.

    Raises:
        SealBroken: It is no sealed text, was changed, or was sealed for another purpose.
        UnknownKey: VAULT_KEYS lacks its master key.
    """
    key_id, body = _parts(sealed)
    try:
        raw = base64.urlsafe_b64decode(body)
    except binascii.Error:
        raise SealBroken("This is not a sealed text.") from None
    key = master_keys().get(key_id)
    return sealing.unseal(key=key, sealed=raw, bound=_bound_to(purpose)).decode()


def current_prefix() -> str:
    """How every text begins that is under the current master key."""
    return f"{_VERSION}.{master_keys().current}."


def _parts(sealed: str) -> tuple[str, str]:
    version, _dot, rest = sealed.partition(".")
    key_id, dot, body = rest.partition(".")
    if version != _VERSION or not dot:
        raise SealBroken("This is not a sealed text.")
    return key_id, body


def _bound_to(purpose: str) -> bytes:
    return b"text\0" + purpose.encode()
