"""In which role somebody acts on a row outside the workflows, or the refusal."""

from collections.abc import Iterable

from neutrality.audit.actor import Actor, OrgRef
from neutrality.casework.refusals import RefusalCode, refuse


def ask_for_standing(
    *, actor: Actor, roles: Iterable[str], places: Iterable[OrgRef]
) -> tuple[str, OrgRef]:
    """Return the first of the roles that the actor holds at one of the places, and that place.

    Raises:
        Refused: NOT_YOURS, so that a stranger learns nothing.
    """
    wanted = [str(role) for role in roles]
    for place in places:
        role = actor.role_at(wanted, place)
        if role is not None:
            return role, place
    raise refuse(RefusalCode.NOT_YOURS)
