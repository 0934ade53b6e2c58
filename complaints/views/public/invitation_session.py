"""The room that this browser has opened with the code of an invitation."""

# Decorators hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from complaints.models import AccessCode, Party
from complaints.services.confirm_minutes import party_actor
from complaints.services.invitations import invitation_of
from complaints.views.public.room_ended import ended
from neutrality.audit.actor import Actor
from neutrality.law.clock import Clock, read_clock

INVITATION_KEY: Final = "undangan"
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the code of an invited person, or of their attorney, opens, for one request."""

    code: AccessCode
    party: Party
    clock: Clock

    @property
    def actor(self) -> Actor:
        """The holder of the code."""
        return party_actor(self.party)


def in_invitation(view: View) -> View:
    """Give the view its open invitation; a code that was replaced meanwhile opens nothing.

    What was typed when it had been closed is asked for again after the code.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        clock = read_clock()
        code = invitation_of(code_id=request.session.get(INVITATION_KEY) or 0, clock=clock)
        if code is None or code.party is None:
            request.session.pop(INVITATION_KEY, None)
            return ended(request, "public:invitation")
        if code.staff_seen and view.__name__ != "change_code":
            return redirect("public:invitation_code")
        return view(request, Invitation(code, code.party, clock), *args, **kwargs)

    return wrapped
