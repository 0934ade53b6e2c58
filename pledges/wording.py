"""The exact text of a pledge: one canonical form, hashed and shown alike."""

import hashlib
from collections.abc import Sequence


def canonical_text(*, title: str, opening: str, points: Sequence[str], closing: str) -> str:
    """Return the text as it is hashed: title, opening, numbered points, closing, one per line."""
    numbered = [f"{number}. {point}" for number, point in enumerate(points, start=1)]
    return "\n".join([title, opening, *numbered, closing])


def text_hash(*, title: str, opening: str, points: Sequence[str], closing: str) -> str:
    """Return the SHA-256 of the canonical text, in hexadecimal."""
    text = canonical_text(title=title, opening=opening, points=points, closing=closing)
    return hashlib.sha256(text.encode()).hexdigest()
