"""Files that are sent to any page: bounded before the first byte is written."""

# Django hands a handler what it parses.
# ruff: noqa: ANN401, ARG002

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedUpload(TemporaryFileUploadHandler):
    """Refuses a request over `UPLOAD_MAX_MIB` as a whole, with 413.

    Anybody can send files to a page that takes none: the check of the CSRF token already parses
    them. Pages for big files bring a handler of their own.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: Mapping[str, str],  # noqa: N803  Django's name
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        """Look at the announced length; the server lets no more bytes through than that."""
        if content_length > settings.UPLOAD_MAX_MIB * 1024 * 1024:
            raise RequestDataTooBig("The files of this request are too big.")
