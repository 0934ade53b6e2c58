"""What the mailbox of a report and the room of an invited person have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, Literal, ParamSpec
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from complaints.models import AccessCode, Party, Report, Tip
from complaints.services.own_identity import identity_of
from complaints.views.public.invitation_session import Invitation, in_invitation
from complaints.views.public.mailbox_session import Mailbox, in_mailbox
from neutrality.audit.actor import Actor
from neutrality.law.clock import Clock

P = ParamSpec("P")
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Room:
    """An open room: its mailbox, who is in it, and how its pages are called."""

    kind: Literal["mailbox", "invitation"]
    code: AccessCode
    mailbox: Report | Tip | Party
    actor: Actor
    clock: Clock

    @property
    def home(self) -> str:
        """Where its first page is."""
        return reverse("public:mailbox" if self.kind == "mailbox" else "public:invitation_page")

    @property
    def tz(self) -> ZoneInfo:
        """The zone of the office."""
        box = self.mailbox
        return (box.matter if isinstance(box, Party) else box).office.tz

    @property
    def identity_id(self) -> int | None:
        """The sealed identity of whoever holds the code; the anonymous have none."""
        return identity_of(code=self.code, mailbox=self.mailbox)

    def url(self, page: str, *arguments: str) -> str:
        """Return the address of one of its pages."""
        return reverse(self.page(page), args=arguments)

    def page(self, page: str) -> str:
        """Return the name of one of its pages."""
        return f"public:{self.kind}_{page}"


def in_mailbox_room(view: Callable[Concatenate[HttpRequest, Room, P], HttpResponseBase]) -> View:
    """Give the view the open mailbox as a room."""

    @in_mailbox
    @wraps(view)
    def wrapped(request: HttpRequest, box: Mailbox, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401
        room = Room("mailbox", box.code, box.entry, box.actor, box.clock)
        return view(request, room, *args, **kwargs)

    return wrapped


def in_invitation_room(view: Callable[Concatenate[HttpRequest, Room, P], HttpResponseBase]) -> View:
    """Give the view the open room of an invited person."""

    @in_invitation
    @wraps(view)
    def wrapped(
        request: HttpRequest,
        invitation: Invitation,
        *args: Any,  # noqa: ANN401
        **kwargs: Any,  # noqa: ANN401
    ) -> HttpResponseBase:
        party, actor = invitation.party, invitation.actor
        room = Room("invitation", invitation.code, party, actor, invitation.clock)
        return view(request, room, *args, **kwargs)

    return wrapped


def both(view: Callable[Concatenate[HttpRequest, Room, P], HttpResponseBase]) -> tuple[View, View]:
    """Return a page for the mailbox and the same page for the room of an invited person."""
    return in_mailbox_room(view), in_invitation_room(view)
