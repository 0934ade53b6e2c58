"""Verification codes: what a person types from paper to see whether a document is real."""

import re
import secrets
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH: Final = 12
_READ_AS: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """Return 60 random bits in Crockford's base32, in groups of four: `7K2M-Q0ZX-19AB`."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(_LENGTH)))


def read_code(typed: str) -> str | None:
    """Return a typed code as it is stored, or None when it cannot be one.

    Small letters, spaces and the letters that look like digits are forgiven.
    """
    plain = re.sub(r"[\s-]", "", typed).upper().translate(_READ_AS)
    well_formed = len(plain) == _LENGTH and set(plain) <= set(ALPHABET)
    return _grouped(plain) if well_formed else None


def _grouped(plain: str) -> str:
    return "-".join(plain[start : start + 4] for start in range(0, _LENGTH, 4))
