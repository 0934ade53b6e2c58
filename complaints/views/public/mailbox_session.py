"""The mailbox that this browser has opened with a code."""

# Decorators hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from complaints.models import AccessCode, Report, Tip
from complaints.services.open_mailbox import open_mailbox
from complaints.views.public.room_ended import ended
from neutrality.audit.actor import Actor, ActorKind
from neutrality.law.clock import Clock, read_clock

MAILBOX_KEY: Final = "kotak"
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Mailbox:
    """What a code opens, for one request."""

    code: AccessCode
    entry: Report | Tip
    clock: Clock

    @property
    def actor(self) -> Actor:
        """The holder of the code."""
        return holder_of(self.entry)

    @property
    def report(self) -> Report | None:
        """The report, when it is one."""
        return self.entry if isinstance(self.entry, Report) else None


def holder_of(entry: Report | Tip) -> Actor:
    """Return the citizen who holds the code of this entry."""
    ref = entry.ref()
    return Actor(kind=ActorKind.CITIZEN, label="Pelapor", party_ref=f"{ref.kind}:{ref.id}")


def in_mailbox(view: View) -> View:
    """Give the view its open mailbox; a code that was revoked meanwhile opens nothing.

    What was typed when it had been closed is asked for again after the code.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        clock = read_clock()
        found = open_mailbox(code_id=request.session.get(MAILBOX_KEY) or 0, clock=clock)
        if found is None:
            request.session.pop(MAILBOX_KEY, None)
            return ended(request, "public:track")
        code, entry = found
        if code.staff_seen and view.__name__ != "change_code":
            return redirect("public:mailbox_code")
        return view(request, Mailbox(code, entry, clock), *args, **kwargs)

    return wrapped
