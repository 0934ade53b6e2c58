"""From a user to the actor of one request."""

from datetime import date

from neutrality.accounts.models import RoleGrant, User
from neutrality.audit.actor import Actor, ActorKind, Grant


def actor_of(*, user: User, day: date) -> Actor:
    """Return who this user is on `day`: the grants in force then, read anew in one query.

    Nothing is kept between requests: a grant ended a minute ago is gone now. An inactive user
    is an actor without grants.
    """
    rows = RoleGrant.objects.on(day).filter(user=user, user__is_active=True).with_organisations()
    return Actor(
        kind=ActorKind.USER,
        label=str(user),
        user_id=user.pk,
        grants=tuple(Grant(role=row.role, at=row.at()) for row in rows.order_by("pk")),
    )
