"""Pages go compressed over the line; files that are compact already go as they are."""

from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_WORDS: Final = ("text/html", "text/csv", "text/plain", "application/json", "image/svg+xml")


class CompressPages(GZipMiddleware):
    """Django's compression, with its random padding against guessing, for pages of words only.

    A film, a PDF or a stream gains nothing and would cost memory and time.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Compress a page that is held whole; leave everything else alone."""
        kind = response.headers.get("Content-Type", "")
        if response.streaming or not kind.startswith(_WORDS):
            return response
        return super().process_response(request, response)
