"""Who stands before the signing pages: a link in use, and whether its person was checked."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import update_wrapper
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from neutrality.law.clock import Clock, read_clock
from pledges.models import Obligation, SigningCode
from pledges.services.codes import find_link

SESSION_KEY: Final = "pledge"
HOLDS: Final = timedelta(minutes=30)
LONGEST_TOKEN: Final = 60


class Visit:
    """One request with a personal link."""

    def __init__(self, token: str, link: SigningCode, clock: Clock) -> None:
        """Keep the link with its obligation."""
        self.token = token
        self.link = link
        self.clock = clock

    @property
    def obligation(self) -> Obligation:
        """Whose link it is."""
        return self.link.obligation


View = Callable[[HttpRequest, Visit], HttpResponse]


def with_link(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """Open a view to who holds a link in use; anything else is 404. Nothing of it is cached."""

    @never_cache
    def door(request: HttpRequest, token: str) -> HttpResponse:
        link = find_link(token=token) if len(token) <= LONGEST_TOKEN and token.isascii() else None
        if link is None:
            raise Http404
        return view(request, Visit(token, link, read_clock()))

    update_wrapper(door, view)
    return door


def identified(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """Open a view only after the one-time code; the name stands on no page before it."""

    def checked(request: HttpRequest, visit: Visit) -> HttpResponse:
        if checked_code(request, visit) is None:
            return redirect("pledges_public:start", token=visit.token)
        return view(request, visit)

    update_wrapper(checked, view)
    return with_link(checked)


def remember(request: HttpRequest, visit: Visit, code: SigningCode) -> None:
    """Let this browser be the person's for half an hour, under a new session key."""
    request.session.cycle_key()
    until = (visit.clock.now + HOLDS).isoformat()
    request.session[SESSION_KEY] = {"link": visit.link.pk, "code": code.pk, "until": until}


def checked_code(request: HttpRequest, visit: Visit) -> int | None:
    """Return the id of the code by which this browser was checked, or None."""
    proof = request.session.get(SESSION_KEY)
    if not proof or proof["link"] != visit.link.pk:
        return None
    in_time = visit.clock.now < datetime.fromisoformat(proof["until"])
    return int(proof["code"]) if in_time else None
