"""Writing many small pieces of a page at once, where format_html would be most of its cost.

The one place where text becomes markup unasked: who calls `markup` has escaped every text in it.
"""

from collections.abc import Iterable
from html import escape
from typing import Final

from django.utils.safestring import SafeString

__all__ = ["escape", "markup", "options"]
_SELECTED: Final = " selected"


def markup(pieces: Iterable[str]) -> SafeString:
    """Join pieces in which every text was put through `escape`.

    That one takes a fifth of the time of Django's, which must spare what is safe or lazy.
    """
    return SafeString("".join(pieces))


def options(offered: Iterable[tuple[object, object]], chosen: str) -> SafeString:
    """Write the options of a select, given by value and words; one is chosen."""
    return markup(
        f'<option value="{escape(str(value))}"{_SELECTED if str(value) == chosen else ""}>'
        f"{escape(str(words))}</option>"
        for value, words in offered
    )
