"""The short texts that are made of a citizen's choices, in the reader's language.

They are kept as they were made, in Indonesian: papers and searches use them so.
"""

import re
from collections.abc import Callable
from typing import Final

from django.utils.translation import gettext as _

from neutrality.law.books import all_citizen_categories, kept_with_the_law
from neutrality.law.reader import speaks_english

UNNAMED_ACT: Final = "Dugaan pelanggaran netralitas"


def spoken_acts(text: str) -> str:
    """Return such a text with the choices in English for readers of English.

    What people typed beside them stays, and so does a choice that was cut off at the end.
    """
    if not text or not speaks_english():
        return text
    return kept_with_the_law(key="acts in English", make=_translator)(text)


def _translator() -> Callable[[str], str]:
    words = {row.label_id: row.label_en for row in all_citizen_categories()}
    words[UNNAMED_ACT] = _("Dugaan pelanggaran netralitas")
    longest_first = sorted(words, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    return lambda text: pattern.sub(lambda found: words[found[0]], text)
