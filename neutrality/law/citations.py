"""A legal basis in the words of the reader: "PP 94/2021 Pasal 14 huruf i", "… Article 14 letter i"."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from neutrality.law.reader import speaks_english

_INDONESIAN: Final[Mapping[str, str]] = MappingProxyType({"ps": "Pasal", "art.": "Pasal"})
_ENGLISH: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ps": "Article",
        "art.": "Article",
        "huruf": "letter",
        "angka": "number",
        "Lampiran": "Annex",
        "jo.": "in conjunction with",
        "dan": "and",
    }
)


def cited(legal_basis: str) -> str:
    """Write out the short words of a legal basis; names of instruments stay as they are."""
    words = _ENGLISH if speaks_english() else _INDONESIAN
    pattern = "|".join(re.escape(word) for word in words)
    return re.sub(rf"(?<![\w.])(?:{pattern})(?!\w)", lambda found: words[found[0]], legal_basis)
