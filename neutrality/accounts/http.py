"""The door of every staff page: who may enter, and with what the view is then called."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, Final, ParamSpec
from zoneinfo import ZoneInfo

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django_htmx.middleware import HtmxDetails

from neutrality.accounts.actors import actor_of
from neutrality.accounts.models import User
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor, ActorKind
from neutrality.law.clock import Clock, read_clock
from neutrality.ui.typed import typed_in

P = ParamSpec("P")

# Grants begin and end with the days of the capital, wherever the person works.
GRANT_ZONE: Final = ZoneInfo("Asia/Jakarta")


class StaffRequest(HttpRequest):
    """A request that has passed the door: it knows who acts and when."""

    user: User
    actor: Actor
    clock: Clock
    htmx: HtmxDetails


StaffView = Callable[Concatenate[StaffRequest, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def staff_page(*roles: Role) -> Callable[[StaffView[P]], View[P]]:
    """Open a view to holders of one of `roles`, anywhere; without roles, to holders of any.

    The view finds `request.actor` and `request.clock`. Whether the actor may see *this* row is
    the selector's question. Nobody logged in: to the login page, and back; what was typed when the
    session had ended stays on a page of its own. No such role: 404, as if the page did not exist. No second factor where one is demanded: to its set-up. No cache
    keeps an answer, for the next person at the same counter.
    """

    def decorate(view: StaffView[P]) -> View[P]:
        def door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not isinstance(request.user, User):
                return _to_login(request)
            identify(request, request.user)
            if not allowed(request.actor, roles):  # type: ignore[attr-defined]
                raise Http404
            if not has_second_factor(request):
                return _away(request, _to_second_factor(request))
            answer = view(request, *args, **kwargs)  # type: ignore[arg-type]
            add_never_cache_headers(answer)
            return answer

        update_wrapper(door, view)
        return door

    return decorate


class LazyActor:
    """Middleware: any page can ask who acts; the query is made when it does.

    Pages that are not behind `staff_page` (those of allauth) show the right menu by this.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next middleware."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Leave a promise of the actor on the request."""
        request.actor = SimpleLazyObject(lambda: _actor_of_request(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor_of_request(request: HttpRequest) -> Actor:
    if not isinstance(request.user, User):
        return Actor(kind=ActorKind.CITIZEN, label="")
    return actor_of(user=request.user, day=read_clock().today_in(GRANT_ZONE))


def identify(request: HttpRequest, user: User) -> None:
    """Read the clock and the grants once, and leave both on the request."""
    staff: StaffRequest = request  # type: ignore[assignment]
    staff.clock = read_clock()
    staff.actor = actor_of(user=user, day=staff.clock.today_in(GRANT_ZONE))


def allowed(actor: Actor, roles: tuple[Role, ...]) -> bool:
    """Whether the actor holds one of `roles` (or, when none is named, any role at all)."""
    return bool(actor.roles & set(roles)) if roles else bool(actor.grants)


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened, or this account is kept, with a second factor.

    Always so where `SECOND_FACTOR_REQUIRED` is off (the demo). A session that began with a
    second factor costs no query.
    """
    if not settings.SECOND_FACTOR_REQUIRED:
        return True
    methods = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    if any(record.get("method") == "mfa" for record in methods):
        return True
    return isinstance(request.user, User) and is_mfa_enabled(request.user)


def _return_address(request: HttpRequest) -> str:
    """Where to come back to: the page itself, or for a fragment the page that asked for it."""
    asked_from = getattr(request, "htmx", None) and request.htmx.current_url_abs_path  # type: ignore[attr-defined]
    return asked_from or request.get_full_path()


def _to_login(request: HttpRequest) -> HttpResponse:
    redirect = redirect_to_login(_return_address(request))
    typed = typed_in(request)
    if typed is None or getattr(request, "htmx", None):
        return _away(request, redirect)
    context = {"typed": typed, "login_url": resolve_url(settings.LOGIN_URL)}
    answer = render(request, "errors/403_session.html", context, status=403)
    add_never_cache_headers(answer)
    return answer


def _to_second_factor(request: HttpRequest) -> HttpResponseRedirect:
    query = urlencode({"next": _return_address(request)})
    return HttpResponseRedirect(f"{reverse('account_second_factor')}?{query}")


def _away(request: HttpRequest, redirect: HttpResponseRedirect) -> HttpResponse:
    """Redirect the whole page, also when only a fragment was asked for."""
    if getattr(request, "htmx", None):
        return HttpResponse(headers={"HX-Redirect": redirect.url})
    return redirect
