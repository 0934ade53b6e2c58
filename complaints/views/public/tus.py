"""Resumable uploads: the tus 1.0 core protocol with creation, termination and expiration.

A sender whose line breaks asks with HEAD how far the file came, and goes on from there. Whose
upload it is tells the draft in the session; the token of CSRF comes as a header.
"""

# Decorators hand on what Django gives them.
# ruff: noqa: ANN401

import binascii
import time
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from complaints.models import Upload
from complaints.services.drafts import DraftGone, open_draft
from complaints.services.media_types import FileRefused, largest_file
from complaints.services.upload_parts import (
    Announced,
    NoRoom,
    Stand,
    UploadGone,
    begin_upload,
    continue_upload,
    end_upload,
    find_upload,
    stand_of,
)
from complaints.views.public.filing_session import SESSION_KEY, Filing
from complaints.views.public.limits import Limited, visitor_over
from neutrality.law.clock import read_clock
from neutrality.vault.services import ArrivalMoved

VERSION: Final = "1.0.0"
EXTENSIONS: Final = "creation,termination,expiration"
PART: Final = "application/offset+octet-stream"
_OVERRIDE: Final = "X-HTTP-Method-Override"
# On a slow line little is lost when it breaks; on a fast one little time is spent on each piece.
_SMALL: Final = 4 * 1024
_LARGE: Final = 64 * 1024
_FAST_SECONDS: Final = 0.05
View = Callable[..., HttpResponse]


class Malformed(ValueError):
    """A header is missing or says nothing."""


_STATUS_OF: Final[Mapping[type[Exception], int]] = {
    DraftGone: 404,
    UploadGone: 404,
    ArrivalMoved: 409,
    Malformed: 400,
}


def speaks_tus(view: View) -> View:
    """Give the view its draft, and every answer the headers of the protocol."""

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and request.headers.get(_OVERRIDE):
            request.method = request.headers[_OVERRIDE].upper()
        answer = _answer(view, request, *args, **kwargs)
        answer.headers["Tus-Resumable"] = VERSION
        return answer

    return wrapped


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    if request.method == "OPTIONS":
        return _options()
    if request.headers.get("Tus-Resumable") != VERSION:
        return HttpResponse(status=412, headers={"Tus-Version": VERSION})
    clock = read_clock()
    try:
        draft = open_draft(public_id=request.session.get(SESSION_KEY, ""), clock=clock)
        return view(request, Filing(draft, clock, back_to_check=False), *args, **kwargs)
    except tuple(_STATUS_OF) as error:
        return HttpResponse(status=_STATUS_OF[type(error)])


@speaks_tus
@require_http_methods(["OPTIONS", "POST"])
def creation(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Make room for a file that is announced, and say where it goes."""
    size = _number(request, "Upload-Length")
    if size > largest_file():
        return HttpResponse(status=413)
    if visitor_over(request, Limited.UPLOADS):
        return _words(_("Terlalu banyak unggahan dari sambungan ini. Coba lagi nanti."), 429)
    told = metadata(request.headers.get("Upload-Metadata", ""))
    announced = Announced(told.get("filename", ""), size, told.get("keterangan", ""))
    try:
        upload = begin_upload(draft_id=filing.draft.pk, announced=announced, clock=filing.clock)
    except (NoRoom, FileRefused) as refused:
        return _words(str(refused.sentence), 422)
    address = reverse("public:report_upload", args=[upload.public_id])
    return HttpResponse(status=201, headers={"Location": address, **_expiry(upload)})


@speaks_tus
@require_http_methods(["OPTIONS", "HEAD", "PATCH", "DELETE"])
def upload(request: HttpRequest, filing: Filing, public_id: str) -> HttpResponse:
    """Say how far a file came, take more of it, or forget it."""
    held = find_upload(draft_id=filing.draft.pk, public_id=public_id, clock=filing.clock)
    if request.method == "DELETE":
        end_upload(upload=held)
        return HttpResponse(status=204)
    if request.method == "PATCH":
        return _more(request, filing, held)
    stand = stand_of(held)
    if stand.refusal:
        return HttpResponse(status=410)
    return HttpResponse(headers={"Upload-Length": str(held.size), **_stand(held, stand)})


def metadata(header: str) -> dict[str, str]:
    """Return what the sender tells of the file; raises `Malformed`."""
    told: dict[str, str] = {}
    for each in filter(None, (part.strip() for part in header.split(","))):
        key, _space, value = each.partition(" ")
        try:
            told[key] = b64decode(value.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise Malformed(key) from error
    return told


def _more(request: HttpRequest, filing: Filing, held: Upload) -> HttpResponse:
    if request.content_type != PART:
        return HttpResponse(status=415)
    offset = _number(request, "Upload-Offset")
    stand = stand_of(held)
    if offset != stand.offset:
        return HttpResponse(status=409)
    if offset + _number(request, "Content-Length") > held.size:
        return HttpResponse(status=413)
    stand = continue_upload(upload=held, offset=offset, source=_pieces(request), clock=filing.clock)
    if stand.refusal:
        return _words(_(stand.refusal), 422)
    return HttpResponse(status=204, headers=_stand(held, stand))


def _pieces(request: HttpRequest) -> Iterator[bytes]:
    size = _SMALL
    while True:
        begun = time.monotonic()
        piece = request.read(size)
        if not piece:
            return
        yield piece
        size = _LARGE if time.monotonic() - begun < _FAST_SECONDS else _SMALL


def _number(request: HttpRequest, name: str) -> int:
    value = request.headers.get(name, "")
    if not value.isascii() or not value.isdecimal() or len(value) > 18:
        raise Malformed(name)
    return int(value)


def _stand(upload: Upload, stand: Stand) -> dict[str, str]:
    return {"Upload-Offset": str(stand.offset), **_expiry(upload)}


def _expiry(upload: Upload) -> dict[str, str]:
    return {"Upload-Expires": http_date(upload.expires_at.timestamp())}


def _options() -> HttpResponse:
    headers = {
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(largest_file()),
    }
    return HttpResponse(status=204, headers=headers)


def _words(sentence: str, status: int) -> HttpResponse:
    """Answer with a sentence that the page shows beside the file."""
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
