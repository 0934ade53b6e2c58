"""Who acts: a frozen picture of a person's grants, taken once per request."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal

OrgKind = Literal["national", "office", "agency", "unit", "body"]

# An agency's path is the head of its units' paths, so a grant at an agency reaches its units.
_COVERED_KINDS: Final[dict[OrgKind, frozenset[OrgKind]]] = {
    "office": frozenset({"office"}),
    "agency": frozenset({"agency", "unit"}),
    "unit": frozenset({"unit"}),
    "body": frozenset({"body"}),
}


class ActorKind(StrEnum):
    """What stands behind an act."""

    USER = "user"
    CITIZEN = "citizen"
    RESPONDENT = "respondent"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class OrgRef:
    """An organisation named without its table: kind, row id and path (`RI/35/35.71`)."""

    kind: OrgKind
    id: int | None
    path: str

    def covers(self, other: "OrgRef") -> bool:
        """Whether `other` is this organisation or lies below it; whole segments of the path count.

        An agency covers its units; otherwise kinds must match. The national level covers all.
        """
        if self.kind == "national":
            return True
        if other.kind not in _COVERED_KINDS[self.kind] or not self.path:
            return False
        return other.path == self.path or other.path.startswith(f"{self.path}/")


NATIONAL: Final = OrgRef(kind="national", id=None, path="")


@dataclass(frozen=True, slots=True)
class Grant:
    """One role at one organisation, in force on the day the actor was made.

    Where nothing lies below the organisation, `reaches_below` is False: lists are then asked for
    by one path, which an index answers.
    """

    role: str
    at: OrgRef
    reaches_below: bool = field(default=True, compare=False)


@dataclass(frozen=True, slots=True)
class Actor:
    """The person, party or machine behind an act, with the grants in force today."""

    kind: ActorKind
    label: str
    user_id: int | None = None
    grants: tuple[Grant, ...] = ()
    party_ref: str = ""

    @property
    def roles(self) -> frozenset[str]:
        """Every role held anywhere."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def only_grant(self) -> Grant | None:
        """The grant of somebody who holds exactly one: then it is clear in which role they act."""
        return self.grants[0] if len(self.grants) == 1 else None

    def holds(self, role: str) -> bool:
        """Whether the role is held anywhere."""
        return role in self.roles

    def role_at(self, roles: Iterable[str], org: OrgRef) -> str | None:
        """The first of `roles` that a grant gives at `org`, in the order of `roles`, or None."""
        held = {grant.role for grant in self.grants if grant.at.covers(org)}
        return next((role for role in roles if role in held), None)


SYSTEM: Final = Actor(kind=ActorKind.SYSTEM, label="Sistem")
CITIZEN: Final = Actor(kind=ActorKind.CITIZEN, label="Pelapor")
