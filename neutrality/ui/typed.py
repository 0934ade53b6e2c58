"""What somebody typed on a page that could not take it: shown to be copied, sent once more."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

TOKEN: Final = "csrfmiddlewaretoken"  # noqa: S105  the name of a field
# Never shown and never sent again by a page: what opens something, and what nobody can read.
_SECRETS: Final = re.compile(r"password|sandi|^kode|^akhir$|^code$|^credential$")
_UNREADABLE: Final = frozenset({TOKEN, "coretan"})
# Two words, or an address: what a person wrote, not what a page put there. Two letters are enough
# to see a word: to read all of it from each of its letters would take hours for the longest post.
_WRITTEN: Final = re.compile(r"[^\W\d_]{2}\s+\S|://")


@dataclass(frozen=True, slots=True)
class Typed:
    """What a page was given.

    Attributes:
        words: The texts that somebody wrote, in the order of the page.
        fields: Everything that was posted, so that one press sends it again; empty where it held a
            secret or files, which are typed and chosen anew.
        path: Where it was to go.
    """

    words: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    path: str


def typed_in(request: HttpRequest) -> Typed | None:
    """Return what was typed, or None when there is nothing to lose."""
    if request.method != "POST":
        return None
    posted = list(posted_fields(request))
    words = written_among(posted)
    if not words:
        return None
    whole = not request.FILES and not any(_SECRETS.search(name) for name, _value in posted)
    return Typed(words, tuple(posted) if whole else (), request.get_full_path())


def posted_fields(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Yield every posted value under its name, but the token."""
    for name, values in request.POST.lists():
        if name != TOKEN:
            for value in values:
                yield name, str(value)


def written_among(fields: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return the texts that somebody wrote, without secrets."""
    return tuple(value for name, value in fields if _is_written(name, value))


def is_from_here(request: HttpRequest) -> bool:
    """Whether a page of ours has sent this, as the browser says; no other page can say so."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _is_written(name: str, value: str) -> bool:
    hidden = name in _UNREADABLE or _SECRETS.search(name)
    return not hidden and _WRITTEN.search(value) is not None
