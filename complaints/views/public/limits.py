"""What visitors of the reporting pages may do how often; see `neutrality.accounts.limits`."""

from enum import StrEnum

from django.http import HttpRequest

from neutrality.accounts.limits import Count, address_of, network_of

__all__ = [
    "CodeAttempts",
    "Count",
    "Limited",
    "address_of",
    "holder_over",
    "network_of",
    "visitor_count",
    "visitor_over",
]


class Limited(StrEnum):
    """What is limited; each has a row in `settings.RATE_LIMITS`."""

    WRONG_CODES = "wrong_codes"
    NEW_DRAFTS = "new_drafts"
    NEW_DRAFTS_OF_ALL = "new_drafts_of_all"
    NEW_DRAFTS_AT_MOST = "new_drafts_at_most"
    WAITED = "waited"
    ANSWERS = "answers"
    UPLOADS = "uploads"
    MESSAGES = "messages"
    COMPLETIONS = "completions"
    DATA_REQUESTS = "data_requests"


def visitor_count(request: HttpRequest, what: Limited) -> Count:
    """Return the count of whoever asks, by the address."""
    return Count(what, who=network_of(address_of(request)))


def visitor_over(request: HttpRequest, what: Limited) -> bool:
    """Count one more of `what` for this visitor; whether that is more than may be."""
    count = visitor_count(request, what)
    return count.add() > count.most


def holder_over(holder: str, what: Limited) -> bool:
    """Count one more of `what` for the holder of a code or a draft; whether it is too many.

    `holder` names the code's row or the draft, never the code itself.
    """
    count = Count(what, who=holder)
    return count.add() > count.most


class CodeAttempts:
    """The wrong codes of one visitor."""

    def __init__(self, request: HttpRequest) -> None:
        """Name the visitor by a keyed hash of the address."""
        self._count = visitor_count(request, Limited.WRONG_CODES)

    def exhausted(self) -> bool:
        """Whether this visitor has tried too often."""
        return self._count.reached()

    def failed(self) -> None:
        """Count a wrong code."""
        self._count.add()

    def forget(self) -> None:
        """Start again after a right one."""
        self._count.forget()
