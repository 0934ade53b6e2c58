"""Resumable uploads: the tus 1.0 core protocol with creation, termination and expiration.

A sender whose line breaks asks with HEAD how far the file came, and goes on from there. Whose
upload it is tells the session: the draft in it, or the mailbox or the room that it has opened; the
token of CSRF comes as a header.
"""

# Decorators hand on what Django gives them.
# ruff: noqa: ANN401

import time
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any, Final, Literal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import http_date
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from complaints.models import Upload
from complaints.services.drafts import DraftGone, open_draft
from complaints.services.enclosures import find_tray, open_tray
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
    is_whole,
    stand_of,
)
from complaints.views.public.filing_session import SESSION_KEY
from complaints.views.public.limits import Limited, visitor_over
from complaints.views.public.trays import NoTray, tray_of
from neutrality.law.clock import Clock, read_clock
from neutrality.vault.services import ArrivalMoved

VERSION: Final = "1.0.0"
EXTENSIONS: Final = "creation,termination,expiration"
PART: Final = "application/offset+octet-stream"
_OVERRIDE: Final = "X-HTTP-Method-Override"
# On a slow line little is lost when it breaks; on a fast one little time is spent on each piece.
_SMALL: Final = 4 * 1024
_LARGE: Final = 64 * 1024
_FAST_SECONDS: Final = 0.05
Kind = Literal["report", "mailbox", "invitation"]
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the files of a request belong: a draft, and what its files are for.

    Attributes:
        draft_id: None where nothing waits yet.
        purpose: What they are for; nothing where they belong to the unsent report itself.
    """

    kind: Kind
    draft_id: int | None
    purpose: str
    clock: Clock

    def held(self, public_id: str) -> Upload:
        """Return an upload of this place; raises `UploadGone`."""
        if self.draft_id is None:
            raise UploadGone(public_id)
        return find_upload(draft_id=self.draft_id, public_id=public_id, clock=self.clock)

    def address(self, public_id: str) -> str:
        """Return where an upload goes on."""
        purpose = [self.purpose] if self.purpose else []
        return reverse(f"public:{self.kind}_upload", args=[*purpose, public_id])


class Malformed(ValueError):
    """A header is missing or says nothing."""


# Nobody reads most of these but whoever writes a client; a page shows them beside the file.
_GONE: Final = (
    404,
    gettext_lazy("Unggahan ini tidak ada atau waktunya sudah habis. Kirim dari awal."),
)
_ANSWER_TO: Final[Mapping[type[Exception], tuple[int, str | Promise]]] = {
    DraftGone: _GONE,
    NoTray: _GONE,
    UploadGone: _GONE,
    ArrivalMoved: (
        409,
        gettext_lazy("Berkas ini dilanjutkan dari tempat lain. Tanyakan dulu tempatnya."),
    ),
    Malformed: (400, gettext_lazy("Keterangan unggahan ini tidak terbaca. Pilih lagi berkasnya.")),
}
_TOO_MUCH: Final = gettext_lazy(
    "Berkas ini lebih besar dari yang diberitahukan atau dari batasnya."
)
_NOT_A_PART: Final = gettext_lazy("Bagian berkas dikirim dengan cara yang tidak dikenal.")
_OTHER_VERSION: Final = gettext_lazy(
    "Versi cara mengunggah ini tidak dikenal. Muat ulang halamannya."
)
_REFUSED_BEFORE: Final = gettext_lazy("Berkas ini sudah ditolak. Pilih berkas lain.")


def speaks_tus(view: View, kind: Kind) -> View:
    """Give the view its place, and every answer the headers of the protocol."""

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, purpose: str = "", **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and request.headers.get(_OVERRIDE):
            request.method = request.headers[_OVERRIDE].upper()
        answer = _answer(partial(view, **kwargs), request, kind, purpose)
        answer.headers["Tus-Resumable"] = VERSION
        return answer

    return wrapped


def _answer(view: View, request: HttpRequest, kind: Kind, purpose: str) -> HttpResponse:
    if request.method == "OPTIONS":
        return _options()
    if request.headers.get("Tus-Resumable") != VERSION:
        answer = _words(_OTHER_VERSION, 412)
        answer.headers["Tus-Version"] = VERSION
        return answer
    try:
        return view(request, _place(request, kind, purpose, read_clock()))
    except tuple(_ANSWER_TO) as error:
        status, sentence = _ANSWER_TO[type(error)]
        return _words(sentence, status)


def _place(request: HttpRequest, kind: Kind, purpose: str, clock: Clock) -> Place:
    """Return where the files of this session belong; a new one makes room in a mailbox."""
    if kind == "report":
        draft = open_draft(public_id=request.session.get(SESSION_KEY, ""), clock=clock)
        return Place(kind, draft.pk, "", clock)
    tray = tray_of(request, kind, purpose, clock)
    find = open_tray if request.method == "POST" else find_tray
    return Place(kind, find(tray=tray, clock=clock), purpose, clock)


@require_http_methods(["OPTIONS", "POST"])
def _creation(request: HttpRequest, place: Place) -> HttpResponse:
    """Make room for a file that is announced, and say where it goes."""
    size = _number(request, "Upload-Length")
    if size > largest_file():
        return _words(_TOO_MUCH, 413)
    if visitor_over(request, Limited.UPLOADS):
        return _words(_("Terlalu banyak unggahan dari sambungan ini. Coba lagi nanti."), 429)
    told = metadata(request.headers.get("Upload-Metadata", ""))
    announced = Announced(told.get("filename", ""), size, told.get("keterangan", ""))
    try:
        upload = begin_upload(draft_id=place.draft_id or 0, announced=announced, clock=place.clock)
    except (NoRoom, FileRefused) as refused:
        return _words(str(refused.sentence), 422)
    where = {"Location": place.address(upload.public_id)}
    return HttpResponse(status=201, headers={**where, **_expiry(upload)})


@require_http_methods(["OPTIONS", "HEAD", "PATCH", "DELETE"])
def _upload(request: HttpRequest, place: Place, public_id: str) -> HttpResponse:
    """Say how far a file came, take more of it, or forget it."""
    held = place.held(public_id)
    if request.method == "DELETE":
        end_upload(upload=held)
        return HttpResponse(status=204)
    if request.method == "PATCH":
        return _more(request, held, place.clock)
    stand = _stand_now(held, place.clock)
    if stand.refusal:
        return _words(_REFUSED_BEFORE, 410)
    return HttpResponse(headers={"Upload-Length": str(held.size), **_stand(held, stand)})


def _stand_now(held: Upload, clock: Clock) -> Stand:
    """Return how far a file is; one that is whole and was left lying is taken in.

    Its sender is told that nothing is missing, so nobody else would come back to it.
    """
    if not is_whole(held):
        return stand_of(held)
    return continue_upload(upload=held, offset=held.size, source=(), clock=clock)


def metadata(header: str) -> dict[str, str]:
    """Return what the sender tells of the file; raises `Malformed`."""
    told: dict[str, str] = {}
    for each in filter(None, (part.strip() for part in header.split(","))):
        key, _space, value = each.partition(" ")
        try:
            told[key] = b64decode(value.strip(), validate=True).decode()
        except ValueError as error:  # no Base64, or no UTF-8 in it
            raise Malformed(key) from error
    return told


def _more(request: HttpRequest, held: Upload, clock: Clock) -> HttpResponse:
    if request.content_type != PART:
        return _words(_NOT_A_PART, 415)
    offset = _number(request, "Upload-Offset")
    stand = stand_of(held)
    if offset != stand.offset:
        raise ArrivalMoved
    if offset + _number(request, "Content-Length") > held.size:
        return _words(_TOO_MUCH, 413)
    stand = continue_upload(upload=held, offset=offset, source=_pieces(request), clock=clock)
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


def _words(sentence: str | Promise, status: int) -> HttpResponse:
    """Answer with a sentence that the page shows beside the file."""
    return HttpResponse(str(sentence), status=status, content_type="text/plain; charset=utf-8")


creation, upload = speaks_tus(_creation, "report"), speaks_tus(_upload, "report")
mailbox_creation, mailbox_upload = speaks_tus(_creation, "mailbox"), speaks_tus(_upload, "mailbox")
invitation_creation = speaks_tus(_creation, "invitation")
invitation_upload = speaks_tus(_upload, "invitation")
