"""E-mail addresses and telephone numbers in the cells of a file: recognised, never guessed."""

import re
from typing import Final

_EMAIL: Final = re.compile(r"[a-z0-9][a-z0-9._%+-]{0,63}@[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)
_LONGEST: Final = 254
# What began with a zero that a spreadsheet took away, or became 8.1E+10, names nobody for certain.
_PHONE: Final = re.compile(r"(\+|0|62)[0-9]{7,14}")
# An apostrophe is what spreadsheets put before a number that is to stay a text.
_BETWEEN: Final = re.compile(r"[ ().'-]")
_NONE: Final = frozenset({"", "-"})


def email_in(cell: str) -> str | None:
    """The address in a cell; empty when there is none, None for what cannot be one."""
    text = cell.strip()
    if text in _NONE:
        return ""
    return text if len(text) <= _LONGEST and _EMAIL.fullmatch(text) else None


def phone_in(cell: str) -> str | None:
    """The number in a cell, without what stands between its digits; as `email_in`."""
    text = cell.strip()
    if text in _NONE:
        return ""
    digits = _BETWEEN.sub("", text)
    return digits if _PHONE.fullmatch(digits) else None
