"""Copies of evidence as files: shown in a page, played from any place, or saved."""

import re
from collections.abc import Iterator
from typing import Final

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from complaints.models import Derivative
from complaints.selectors import evidence as selector
from complaints.services.clean_copy import PDF_TYPE, CopyRefused
from complaints.services.open_evidence import Reader, open_copy, page_of_copy, read_copy
from complaints.services.redact_copy import has_stretches
from complaints.views.loading import OFFICE
from complaints.views.staff.evidence_answers import guarded, handed_over, load_copy
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.casework.refusals import Refused

JPEG: Final = "image/jpeg"
_PIECE: Final = 64 * 1024
_RANGE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@never_cache
@require_safe
@staff_page(*OFFICE)
def evidence_file(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Hand over a copy: pictures, films and sound to be seen in a page, papers to be saved."""
    copy = load_copy(request, public_id)
    if copy.evidence.is_identity:
        raise Http404
    name = f"salinan-{copy.public_id}"
    try:
        if has_stretches(copy.media_type):
            return _played(request, copy, name)
        stream = open_copy(derivative=copy, actor=request.actor, clock=request.clock)
    except Refused as refused:
        raise Http404 from refused
    inline = copy.media_type in selector.INLINE_TYPES
    return handed_over(stream, copy.media_type, name, inline=inline)


@never_cache
@require_safe
@staff_page(*OFFICE)
def evidence_page(request: StaffRequest, public_id: str, number: int) -> HttpResponseBase:
    """Show one page of a paper as a picture; nothing of the file itself reaches the browser."""
    copy = load_copy(request, public_id)
    if copy.evidence.is_identity or copy.media_type != PDF_TYPE:
        raise Http404
    try:
        picture = page_of_copy(
            derivative=copy, number=number, actor=request.actor, clock=request.clock
        )
    except (Refused, CopyRefused) as refused:
        raise Http404 from refused
    answer = HttpResponse(picture, content_type=JPEG)
    return guarded(answer, JPEG, f"halaman-{number}-{copy.public_id}", inline=True)


def _played(request: StaffRequest, copy: Derivative, name: str) -> HttpResponseBase:
    """Answer with what a player asks for: the whole, or a stretch of bytes (RFC 9110, 14)."""
    start, end = 0, copy.size - 1
    wanted = request.headers.get("Range", "")
    if wanted:
        found = _stretch(wanted, copy.size)
        if found is None:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{copy.size}"})
        start, end = found
    reader = read_copy(derivative=copy, actor=request.actor, clock=request.clock)
    answer = StreamingHttpResponse(
        _bytes_of(reader, start, end), status=206 if wanted else 200, content_type=copy.media_type
    )
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["Content-Length"] = str(end - start + 1)
    if wanted:
        answer.headers["Content-Range"] = f"bytes {start}-{end}/{copy.size}"
    return guarded(answer, copy.media_type, name, inline=True)


def _stretch(wanted: str, size: int) -> tuple[int, int] | None:
    """Return the first and last byte of the one range that is asked for."""
    found = _RANGE.fullmatch(wanted.strip())
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        start, end = max(0, size - int(last)), size - 1
    else:
        start, end = int(first), min(int(last or size), size - 1)
    return (start, end) if start <= end else None


def _bytes_of(reader: Reader, start: int, end: int) -> Iterator[bytes]:
    with reader:
        reader.seek(start)
        left = end - start + 1
        while left and (piece := reader.read(min(_PIECE, left))):
            yield piece
            left -= len(piece)
