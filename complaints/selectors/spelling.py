"""Names in the spelling before 1972 and today's: Soedirman and Sudirman, Djoko and Joko."""

from typing import Final

_MODERN: Final = (("tj", "c"), ("dj", "j"), ("nj", "ny"), ("sj", "sy"), ("oe", "u"))
_OLD_VOWEL: Final = str.maketrans({"u": "oe"})
_OLD_CONSONANTS: Final = str.maketrans({"c": "tj", "j": "dj", "y": "j"})


def spellings(text: str) -> tuple[str, ...]:
    """Return a name as typed, as it is spelt today, and in the old ways that people still mix.

    Many kept the one and changed the other (Sudarmadji, Soedarmaji). Without doubles, and without
    capital letters: what searches for these does not look at them.
    """
    plain = modern = text.lower()
    for old, new in _MODERN:
        modern = modern.replace(old, new)
    vowel, consonants = modern.translate(_OLD_VOWEL), modern.translate(_OLD_CONSONANTS)
    both = consonants.translate(_OLD_VOWEL)
    return tuple(dict.fromkeys((plain, modern, vowel, consonants, both)))
