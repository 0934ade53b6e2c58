"""Pages for what went wrong: plain sentences, never a bare number."""

import logging
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Final

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from neutrality.ui.parts import Change
from neutrality.ui.typed import is_from_here, typed_in

log = logging.getLogger(__name__)

DEADLOCK: Final = "40P01"
BARE_PAGES: Final = {
    HTTPStatus.METHOD_NOT_ALLOWED: "errors/405.html",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "errors/413.html",
    HTTPStatus.TOO_MANY_REQUESTS: "errors/429.html",
}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the address or the form was not one of ours; 413 when it was too big."""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return render(request, "errors/413.html", status=413)
    return render(request, "errors/400.html", status=400)


def permission_denied(
    request: HttpRequest,
    exception: Exception,  # noqa: ARG001  Django's signature
) -> HttpResponse:
    """403: logged in, and not allowed."""
    return render(request, "errors/403.html", status=403)


def csrf_failure(
    request: HttpRequest,
    reason: str = "",  # noqa: ARG001  Django's signature
) -> HttpResponse:
    """403: the page was open too long, or cookies are off; what to do is said.

    What one of our own pages had been given can be sent again from here, with a new token; what
    was not read to look for the old one stays unread.
    """
    is_ours = is_from_here(request) and "_post" in vars(request)
    typed = typed_in(request) if is_ours else None
    return render(request, "errors/403_csrf.html", {"typed": typed}, status=403)


def not_found(
    request: HttpRequest,
    exception: Exception,  # noqa: ARG001  Django's signature
) -> HttpResponse:
    """404: not there, or not for this person; the page does not tell which."""
    return render(request, "errors/404.html", status=404)


def too_many_requests(
    request: HttpRequest,
    exception: Exception | None = None,  # noqa: ARG001  Django's signature
) -> HttpResponse:
    """429: too often; wait."""
    return render(request, "errors/429.html", status=429)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  Django's signature
    """500: our fault. Needs neither database nor session."""
    return HttpResponseServerError(render_to_string("errors/500.html"))


def conflict(
    request: HttpRequest, *, sentence: str, changes: Sequence[Change] = (), back_url: str
) -> HttpResponse:
    """409: somebody else acted meanwhile; says what changed and leads back to the thing now.

    `sentence` is the refusal's own; `changes` are the steps since this page was opened. What was
    typed stands on the page, to be copied.
    """
    context = {"sentence": sentence, "changes": changes, "back_url": back_url}
    return render(request, "errors/409.html", context, status=409)


class NoNul:
    """Middleware: no view gets a NUL, which Postgres takes in no text, from an address.

    In the path there is nothing behind it; from the query it is dropped. Stands below the language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next middleware."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on without it.

        Raises:
            Http404: The path has one.
        """
        if "\0" in request.path_info:
            raise Http404
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or "\0" in query:
            request.META["QUERY_STRING"] = query.replace("\0", "").replace("%00", "")
            vars(request).pop("GET", None)  # it may have been read
        return self.get_response(request)


class ErrorPages:
    """Middleware: a bare 405, 413 or 429 gets a page, and so does who loses a deadlock.

    Stands below the language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next middleware."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, and dress an empty refusal."""
        response = self.get_response(request)
        if response.streaming or response.content:
            return response
        template = BARE_PAGES.get(HTTPStatus(response.status_code))
        if template is None:
            return response
        page = render(request, template, status=response.status_code)
        for name in ("Allow", "Retry-After"):
            if name in response:
                page[name] = response[name]
        return page

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Tell whom Postgres chose of two that waited for each other: nothing of it was written."""
        if getattr(exception.__cause__, "pgcode", "") != DEADLOCK:
            return None
        log.warning("Two requests waited for each other; one was asked to try again.")
        sentence = _("Orang lain mengubah hal yang sama pada saat yang sama. Coba sekali lagi.")
        return conflict(request, sentence=sentence, back_url=_page_before(request))

    def process_template_response(
        self, request: HttpRequest, response: TemplateResponse
    ) -> TemplateResponse:
        """A page that shows a refused form is 422, also where a library made it."""
        form = (response.context_data or {}).get("form")
        refused = isinstance(form, BaseForm) and form.is_bound and bool(form.errors)
        if refused and request.method == "POST" and response.status_code == HTTPStatus.OK:
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response


def _page_before(request: HttpRequest) -> str:
    """Return the page of ours from which somebody pressed, else the beginning."""
    before = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, request.is_secure())
    return before if ours else "/"
