"""What a form of plenary or case answers: saved, mend this, somebody was first, not found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from complaints.models import Matter
from complaints.selectors.file_parts import changes_since
from complaints.workflow import refusals
from neutrality.casework.refusals import RefusalCode, Refused
from neutrality.ui.errors import conflict
from neutrality.ui.forms import PlainForm

LOST: Final = frozenset(
    {
        RefusalCode.STALE,
        RefusalCode.WRONG_STATE,
        RefusalCode.ALREADY_DECIDED,
        RefusalCode.ALREADY_REQUESTED,
        refusals.ITEM_DECIDED.code,
        refusals.ITEM_WAITS.code,
        refusals.PLENARY_USED.code,
        refusals.MEETING_NOT_PLANNED.code,
        refusals.MEETING_NOT_OPEN.code,
        refusals.MEETING_OVER.code,
        refusals.SESSION_NOT_PLANNED.code,
        refusals.SESSION_WAITS.code,
        refusals.MINUTES_CONFIRMED.code,
        refusals.ALREADY_APPROVED.code,
        refusals.INVITED_TWICE.code,
    }
)
"""Refusals that say that somebody else was first: no form can mend them."""

Fields = Mapping[str, str]
NO_FIELDS: Final[Fields] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Back:
    """Where a page leads back to; with the matter a lost race also says what changed in it."""

    url: str
    matter: Matter | None = None


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form is bound to: an empty post is a post too."""
    return request.POST if request.method == "POST" else None


def press(
    request: HttpRequest,
    form: PlainForm,
    act: Callable[[], object],
    *,
    page: Callable[[PlainForm], HttpResponse],
    back: Back,
    done: str | Promise = "",
    field_of: Fields = NO_FIELDS,
) -> HttpResponse:
    """Run `act` with a valid form and go back; everything typed comes again when it is refused.

    A lost race is 409, a stranger 404, any other refusal stands beside its field with 422.
    """
    if not form.is_valid():
        return page(form)
    try:
        act()
    except Refused as refused:
        if answer := lost(request, refused, back_url=back.url, matter=back.matter):
            return answer
        code = str(refused.refusal.code)
        field = field_of.get(code)
        form.add_error(field if field in form.fields else None, str(refused.refusal.sentence))
        return page(form)
    if done:
        messages.success(request, str(done))
    return redirect(back.url)


def press_plain(
    request: HttpRequest,
    act: Callable[[], object],
    *,
    back: Back,
    done: str | Promise = "",
) -> HttpResponse:
    """Run `act` behind a bare button; a refusal is a page of its own, with its status."""
    try:
        act()
    except Refused as refused:
        if answer := lost(request, refused, back_url=back.url, matter=back.matter):
            return answer
        context: dict[str, Any] = {"sentence": refused.refusal.sentence, "back_url": back.url}
        return render(request, "complaints/staff/case_refused.html", context, status=422)
    if done:
        messages.success(request, str(done))
    return redirect(back.url)


def lost(
    request: HttpRequest, refused: Refused, *, back_url: str, matter: Matter | None = None
) -> HttpResponse | None:
    """Return the answer to a refusal that no form can mend, or None.

    With the matter the page also names the latest step, which is what changed meanwhile.

    Raises:
        Http404: It is not theirs.
    """
    code = str(refused.refusal.code)
    if code == RefusalCode.NOT_YOURS:
        raise Http404 from refused
    if code not in LOST:
        return None
    changes = changes_since(ref=matter.ref(), version=None, tz=matter.office.tz) if matter else ()
    sentence = str(refused.refusal.sentence)
    return conflict(request, sentence=sentence, changes=changes, back_url=back_url)
