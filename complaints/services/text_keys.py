"""A key under which equal texts meet, so that staff see a flood as one group; nothing is dropped."""

import hashlib
import re
import unicodedata
from typing import Final

_NOT_LETTERS: Final = re.compile(r"[\W\d_]+")
_LENGTH: Final = 32
# Short texts are alike by chance.
_SHORTEST: Final = 60


def text_key(text: str) -> str:
    """Return the key of a text: the same for texts that differ only in case, space and numbers.

    Empty for a text that says too little to be compared.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    letters = _NOT_LETTERS.sub("", folded)
    if len(letters) < _SHORTEST:
        return ""
    return hashlib.sha256(letters.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]
