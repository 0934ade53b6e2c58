"""Who stands before the signing pages: how this browser came, and what it proved."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import update_wrapper
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from neutrality.law.clock import Clock, read_clock
from pledges.codes import Assurance, SigningChannel
from pledges.models import Obligation, SigningCode
from pledges.services.codes import find_link, find_to_sign

SESSION_KEY: Final = "pledge"
HOLDS: Final = timedelta(minutes=30)
LONGEST_TOKEN: Final = 60
OWN: Final = "saya"
"""Stands where a personal link's token stands, for who came by a QR code or a printed code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a browser proved: whose it is, by which code, until when."""

    obligation: int
    code: int
    link: int = 0
    assurance: str = Assurance.ONE_TIME_CODE
    channel: str = SigningChannel.LINK
    ceremony: int | None = None


class Visit:
    """One request of somebody who signs: by a personal link, or after the check."""

    def __init__(
        self, token: str, obligation: Obligation, link: SigningCode | None, clock: Clock
    ) -> None:
        """Keep whose pages these are."""
        self.token = token
        self.obligation = obligation
        self.link = link
        self.clock = clock


View = Callable[[HttpRequest, Visit], HttpResponse]


def with_link(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """Open a view to who holds a link in use; anything else is 404. Nothing of it is cached."""

    @never_cache
    def door(request: HttpRequest, token: str) -> HttpResponse:
        visit = _by_link(token) if token != OWN else None
        if visit is None:
            raise Http404
        return view(request, visit)

    update_wrapper(door, view)
    return door


def identified(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """Open a view only after a code; the name stands on no page before it."""

    @never_cache
    def door(request: HttpRequest, token: str) -> HttpResponse:
        visit = _by_proof(request) if token == OWN else _by_link(token)
        if visit is None and token == OWN:
            return redirect("pledges_public:index")
        if visit is None:
            raise Http404
        if proof_of(request, visit) is None:
            return redirect("pledges_public:start", token=visit.token)
        return view(request, visit)

    update_wrapper(door, view)
    return door


def remember(request: HttpRequest, proof: Proof, clock: Clock) -> None:
    """Let this browser be the person's for half an hour, under a new session key."""
    request.session.cycle_key()
    until = (clock.now + HOLDS).isoformat()
    request.session[SESSION_KEY] = {**asdict(proof), "until": until}


def forget(request: HttpRequest) -> None:
    """Let this browser be nobody's."""
    request.session.pop(SESSION_KEY, None)


def proof_of(request: HttpRequest, visit: Visit) -> Proof | None:
    """Return what this browser proved for this visit, or None."""
    proof = _proof(request, visit.clock)
    if proof is None or proof.obligation != visit.obligation.pk:
        return None
    link_id = visit.link.pk if visit.link else 0
    return proof if proof.link == link_id else None


def _by_link(token: str) -> Visit | None:
    fits = len(token) <= LONGEST_TOKEN and token.isascii()
    link = find_link(token=token) if fits else None
    return Visit(token, link.obligation, link, read_clock()) if link else None


def _by_proof(request: HttpRequest) -> Visit | None:
    clock = read_clock()
    proof = _proof(request, clock)
    if proof is None or proof.link:
        return None
    obligation = find_to_sign(key=proof.obligation)
    return Visit(OWN, obligation, None, clock) if obligation else None


def _proof(request: HttpRequest, clock: Clock) -> Proof | None:
    kept: dict[str, Any] | None = request.session.get(SESSION_KEY)
    if not kept or clock.now >= datetime.fromisoformat(kept["until"]):
        return None
    return Proof(**{name: value for name, value in kept.items() if name != "until"})
