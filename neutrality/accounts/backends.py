"""Who can be logged in at all."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Password and e-mail; asked again at every request, so that a closed account is out."""

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        """Refuse closed accounts, and accounts of the demo anywhere else."""
        return bool(super().user_can_authenticate(user)) and may_log_in(user)


def may_log_in(user: object) -> bool:
    """Whether this account may be used here: one of the demo only in the demo."""
    return settings.DEMO or not getattr(user, "is_demo", True)
