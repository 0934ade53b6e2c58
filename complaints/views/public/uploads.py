"""Files on their way in: counted, hashed, and dropped as soon as they are too big."""

# Handlers and decorators hand on what Django gives them.
# ruff: noqa: ANN401

import hashlib
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any, Final, Protocol

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from complaints.services.evidence_intake import ArrivedFile
from complaints.services.media_types import MIB, largest_file

# What a form has beside its files.
_FORM_BYTES: Final = MIB
_PIECE: Final = 64 * 1024
View = Callable[..., HttpResponseBase]


class Digest(Protocol):
    """What hashlib gives."""

    def update(self, data: bytes, /) -> None:
        """Take more bytes."""

    def hexdigest(self) -> str:
        """Return the digest in hex."""


class CountingUpload(TemporaryFileUploadHandler):
    """Writes each file to a private temporary one; one over the limit is dropped on its way."""

    def __init__(self, request: HttpRequest) -> None:
        """Begin with nothing refused."""
        super().__init__(request)
        self.refused: list[str] = []
        self.digest: Digest = hashlib.sha256()
        self.received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Start counting and hashing the next file."""
        super().new_file(*args, **kwargs)
        self.digest, self.received = hashlib.sha256(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece, or stop at the limit before it reaches the disk."""
        self.received += len(raw_data)
        if self.received > largest_file():
            self.refused.append(self.file_name or "")
            raise SkipFile
        self.digest.update(raw_data)
        super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        """Hand over the file with its hash."""
        file = super().file_complete(file_size)
        if file is not None:
            file.sha256 = self.digest.hexdigest()  # type: ignore[attr-defined]
        return file


def receives_files(view: View) -> View:
    """Let a view take files: 413 before reading what is too much, then our handler and CSRF."""
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if _announced(request) > most_in_one_request():
            return render(request, "errors/413.html", status=413)
        request.upload_handlers = [CountingUpload(request)]
        return protected(request, *args, **kwargs)

    return wrapped


def most_in_one_request() -> int:
    """Return how many bytes one request may bring."""
    files: int = settings.EVIDENCE_MAX_FILES
    return min(files, 3) * largest_file() + _FORM_BYTES


def too_big(request: HttpRequest) -> list[str]:
    """Return the names of the files that were dropped on their way."""
    return [
        name
        for handler in request.upload_handlers
        if isinstance(handler, CountingUpload)
        for name in handler.refused
    ]


def arrived(request: HttpRequest, field: str, *, caption: str = "") -> list[ArrivedFile]:
    """Return the files of a field that came whole; chosen nothing gives nothing."""
    return [
        _arrived(file, caption)
        for file in request.FILES.getlist(field)
        if isinstance(file, TemporaryUploadedFile)
    ]


def _arrived(file: TemporaryUploadedFile, caption: str) -> ArrivedFile:
    return ArrivedFile(
        name=file.name or "",
        path=Path(file.temporary_file_path()),
        size=file.size or 0,
        sha256=file.sha256,  # type: ignore[attr-defined]
        pieces=_pieces(file),
        caption=caption,
    )


def _pieces(file: TemporaryUploadedFile) -> Iterator[bytes]:
    yield from file.chunks(_PIECE)


def _announced(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
