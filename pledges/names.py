"""Whether a typed name is the recorded one, however its titles were written."""

import re
import unicodedata
from typing import Final

_NOT_LETTERS: Final = re.compile(r"[^\w\s]", re.UNICODE)


def is_same_name(*, typed: str, recorded: str) -> bool:
    """Whether both name one person: case, spacing and academic titles do not count.

    Titles before the name end in a full stop (`Drs.`), those after it follow a comma.
    """
    return bool(_bare(typed)) and _bare(typed) == _bare(recorded)


def _bare(name: str) -> str:
    before_titles = unicodedata.normalize("NFKC", name).split(",")[0]
    words = before_titles.split()
    while len(words) > 1 and words[0].endswith(".") and len(words[0]) > 2:
        words = words[1:]
    plain = _NOT_LETTERS.sub(" ", " ".join(words))
    return " ".join(plain.casefold().split())
