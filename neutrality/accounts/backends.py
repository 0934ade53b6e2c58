"""Who can be logged in at all."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from neutrality.accounts.models import User
from neutrality.ui.prepared import Prepared


def _by_key(key: int) -> QuerySet[User]:
    return User.objects.filter(pk=key)


_BY_KEY = Prepared(_by_key)


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Password and e-mail; asked again at every request, so that a closed account is out."""

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        """Refuse closed accounts, and accounts of the demo anywhere else."""
        return bool(super().user_can_authenticate(user)) and may_log_in(user)

    def get_user(self, user_id: int) -> User | None:
        """Return the person of a session, unless the account was closed since; every page asks."""
        found = _BY_KEY(key=user_id)
        return found[0] if found and self.user_can_authenticate(found[0]) else None


def may_log_in(user: object) -> bool:
    """Whether this account may be used here: one of the demo only in the demo."""
    return settings.DEMO or not getattr(user, "is_demo", True)
