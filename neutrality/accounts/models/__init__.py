"""Users, their roles and their relations."""

from neutrality.accounts.models.user import User

__all__ = ["User"]
