"""Pages that look again by themselves while files are being examined."""

from typing import Final

from django.http import HttpRequest

WAITING: Final = "menunggu"


def nothing_new(request: HttpRequest, waiting: int) -> bool:
    """Whether the page asks again and still as many files wait: then it needs no new answer.

    Such a page asks every few seconds, perhaps from a phone that pays by the byte.
    """
    return waiting > 0 and request.GET.get(WAITING) == str(waiting)
