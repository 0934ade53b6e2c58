"""Names in the spelling before 1972 and today's: Soedirman and Sudirman, Djoko and Joko."""

from typing import Final

_MODERN: Final = (("tj", "c"), ("dj", "j"), ("nj", "ny"), ("sj", "sy"), ("oe", "u"))
_OLD: Final = str.maketrans({"u": "oe", "c": "tj", "j": "dj", "y": "j"})


def spellings(text: str) -> tuple[str, ...]:
    """Return a name as it was typed, and as it would be spelt today and before 1972; no doubles.

    Capital letters are not kept: what searches for these does not look at them.
    """
    plain = modern = text.lower()
    for old, new in _MODERN:
        modern = modern.replace(old, new)
    return tuple(dict.fromkeys((plain, modern, plain.translate(_OLD))))
