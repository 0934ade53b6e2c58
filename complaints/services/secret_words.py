"""Finding a secret code in what somebody wrote: it belongs on paper, not in a message."""

import re
from typing import Final

from complaints.models import AccessCode, Draft
from complaints.services.codes import read_code

# Sixteen letters and digits in one piece or in groups of four, wherever they stand.
_LIKE_A_CODE: Final = re.compile(
    r"(?<![0-9A-Za-z])(?=((?:[0-9A-Za-z]{4}[\s\-\u2013\u2014.]{0,3}){3}[0-9A-Za-z]{4})(?![0-9A-Za-z]))"
)
_MOST: Final = 2000


class HoldsSecretCode(ValueError):
    """The text holds a secret code that opens something; nothing was written."""


def refuse_secret_code(*texts: str) -> None:
    """Raise `HoldsSecretCode` when one of the texts holds a code that is in use."""
    if any(holds_secret_code(text) for text in texts):
        raise HoldsSecretCode


def holds_secret_code(text: str) -> bool:
    """Whether the text holds a code that opens a report, a tip, an invitation or a draft."""
    found = (match[1].replace(".", "") for match in _LIKE_A_CODE.finditer(text))
    codes = {code.digest() for each in found if (code := read_code(each)) is not None}
    if not codes:
        return False
    wanted = list(codes)[:_MOST]
    used = AccessCode.objects.filter(digest__in=wanted, revoked_at__isnull=True)
    return used.exists() or Draft.objects.filter(code_digest__in=wanted).exists()
