"""From a user to the actor of one request."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet

from neutrality.accounts.models import RoleGrant, User
from neutrality.audit.actor import NATIONAL, Actor, ActorKind, Grant, OrgKind, OrgRef
from neutrality.organisations.models import Office
from neutrality.ui.prepared import Prepared

_KINDS: Final[tuple[OrgKind, ...]] = ("office", "agency", "unit", "body")
# Keys and paths only: whole organisations would be most of what a staff page reads.
_PLACES: Final = tuple(name for kind in _KINDS for name in (f"{kind}_id", f"{kind}__path"))


def _grants(user: int, day: date) -> QuerySet[RoleGrant, tuple[Any, ...]]:
    rows = RoleGrant.objects.on(day).filter(user=user, user__is_active=True).order_by("pk")
    below = Office.objects.filter(parent=OuterRef("office_id"))
    return rows.annotate(reaches_below=Exists(below)).values_list("role", "reaches_below", *_PLACES)


_GRANTS: Final = Prepared(_grants)


def actor_of(*, user: User, day: date) -> Actor:
    """Return who this user is on `day`: the grants in force then, read anew in one query.

    Nothing is kept between requests: a grant ended a minute ago is gone now. An inactive user
    is an actor without grants.
    """
    return Actor(
        kind=ActorKind.USER,
        label=str(user),
        user_id=user.pk,
        grants=tuple(
            _grant(role, _organisation(places), below=below)
            for role, below, *places in _GRANTS(user=user.pk, day=day)
        ),
    )


def _grant(role: str, at: OrgRef, *, below: bool) -> Grant:
    return Grant(role=role, at=at, reaches_below=below or at.kind != "office")


def _organisation(places: Sequence[int | str | None]) -> OrgRef:
    """Return the organisation whose key and path are filled, or the nation."""
    for kind, key, path in zip(_KINDS, places[::2], places[1::2], strict=True):
        if isinstance(key, int):
            return OrgRef(kind=kind, id=key, path=str(path))
    return NATIONAL
