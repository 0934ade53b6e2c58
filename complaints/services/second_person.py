"""The second person of a back-dated act signs with the own password."""

from datetime import date
from typing import Final

from django.core.cache import cache

from neutrality.accounts.actors import actor_of
from neutrality.accounts.models import User
from neutrality.audit.actor import Actor
from neutrality.cache import count_up

MOST_TRIES: Final = 5
WINDOW_SECONDS: Final = 15 * 60


def second_person(*, user_id: int, password: str, day: date) -> Actor | None:
    """Return the actor of this person when the password is theirs, else None.

    After five wrong ones nothing is tried for a quarter of an hour.
    """
    key = f"second-person:{user_id}"
    if count_up(key, WINDOW_SECONDS) > MOST_TRIES:
        return None
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not user.check_password(password):
        return None
    cache.delete(key)
    return actor_of(user=user, day=day)
