"""What the evidence pages share: loading, answering a press, handing over a file."""

import mimetypes
from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect

from complaints.models import Derivative, Evidence
from complaints.selectors import evidence as selector
from complaints.views.loading import found, today
from complaints.views.staff.case_answers import lost
from neutrality.accounts.http import StaffRequest
from neutrality.casework.refusals import Refused
from neutrality.ui.forms import PlainForm

SANDBOX: Final = "sandbox; default-src 'none'"
Answer = TypeVar("Answer", bound=HttpResponseBase)
FIELD_OF: Final = {
    "disclosure_note_needed": "catatan",
    "wording_needed": "sebutan",
}


def answered(
    request: StaffRequest,
    form: PlainForm,
    act: Callable[[], object],
    *,
    page: Callable[[PlainForm], HttpResponse],
    done: str,
) -> HttpResponse:
    """Do it and go back to the evidence; 409 when somebody was first, 422 when it is refused."""
    if not form.is_valid():
        return page(form)
    try:
        act()
    except Refused as refused:
        if answer := lost(request, refused, back_url=form.cancel_url):
            return answer
        field = FIELD_OF.get(str(refused.refusal.code))
        form.add_error(field, str(refused.refusal.sentence))
        return page(form)
    messages.success(request, done)
    return redirect(form.cancel_url)


def load_piece(request: StaffRequest, public_id: str) -> Evidence:
    """Return the piece that this person may see, else 404."""
    day = today(request)
    return found(
        lambda: selector.get_evidence_for(actor=request.actor, day=day, public_id=public_id)
    )


def load_copy(request: StaffRequest, public_id: str) -> Derivative:
    """Return the copy that this person may see, else 404."""
    day = today(request)
    return found(lambda: selector.get_copy_for(actor=request.actor, day=day, public_id=public_id))


def handed_over(
    stream: Iterator[bytes], media_type: str, name: str, *, inline: bool
) -> StreamingHttpResponse:
    """Answer with a file that no browser takes for a page: type and name are ours.

    What is not shown in a page is said to be mere bytes, whatever it claims to be.
    """
    answer = StreamingHttpResponse(
        stream, content_type=media_type if inline else "application/octet-stream"
    )
    return guarded(answer, media_type, name, inline=inline)


def guarded(answer: Answer, media_type: str, name: str, *, inline: bool) -> Answer:
    """Give an answer with a file the headers that keep it from being a page."""
    ending = mimetypes.guess_extension(media_type) or ".bin"
    place = "inline" if inline else "attachment"
    answer.headers["Content-Disposition"] = f'{place}; filename="{name}{ending}"'
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
