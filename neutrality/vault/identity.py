"""What an identity holds, and its bytes before they are sealed."""

import json
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

# Lengths are rounded up to this many bytes, so that they say little about names and addresses.
_BLOCK: Final = 256


@dataclass(frozen=True, slots=True)
class IdentityData:
    """Who somebody is and how to reach them; what was not given is empty.

    The signature is `TYPED:` with a name, or `DRAWN:` with the `d` of an SVG path 600 by 200.
    """

    name: str
    nik: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    birth_place: str = ""
    birth_date: date | None = None
    sex: str = ""
    occupation: str = ""
    citizenship: str = ""
    signature: str = ""

    @property
    def typed_signature(self) -> str:
        """The name that was typed as a signature, or nothing."""
        kind, _colon, words = self.signature.partition(":")
        return words if kind == "TYPED" else ""

    @property
    def drawn_signature(self) -> str:
        """The strokes that were drawn as a signature, or nothing."""
        kind, _colon, path = self.signature.partition(":")
        return path if kind == "DRAWN" else ""

    def __repr__(self) -> str:
        """Show nothing: a name in a traceback would end up in a log."""
        return "IdentityData(…)"


_FIELDS: Final = tuple(field.name for field in fields(IdentityData))
# Made once: json.dumps would make an encoder for each identity.
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False).encode


def to_bytes(data: IdentityData) -> bytes:
    """The bytes that are sealed: JSON, padded with spaces to a multiple of 256."""
    values = {name: getattr(data, name) for name in _FIELDS}
    values["birth_date"] = data.birth_date.isoformat() if data.birth_date else ""
    text = _ENCODE(values).encode()
    return text.ljust(-(-len(text) // _BLOCK) * _BLOCK)


def from_bytes(text: bytes) -> IdentityData:
    """The identity whose bytes these are."""
    values = json.loads(text)
    born = values.pop("birth_date")
    return IdentityData(**values, birth_date=date.fromisoformat(born) if born else None)
