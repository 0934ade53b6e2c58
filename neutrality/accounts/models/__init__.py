"""Users, their roles and their relations."""

from neutrality.accounts.models.grant import RoleGrant
from neutrality.accounts.models.relation import Relation, RelationKind
from neutrality.accounts.models.user import Language, User

__all__ = ["Language", "Relation", "RelationKind", "RoleGrant", "User"]
