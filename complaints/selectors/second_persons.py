"""Who else may stand for an act that is dated back beyond the tolerance."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from neutrality.accounts.models import RoleGrant
from neutrality.accounts.roles import Role
from neutrality.audit.actor import OrgRef
from neutrality.casework.workflow import Transition


def second_persons(
    *, transition: Transition, organisation: OrgRef, without: int | None, day: date
) -> list[tuple[str, str]]:
    """Return the colleagues who may act here as well, for a select; one query."""
    roles = {*transition.roles, *transition.recorders, Role.SUPERVISOR}
    return colleagues_in(roles=roles, organisation=organisation, without=without, day=day)


def colleagues_in(
    *, roles: Iterable[str], organisation: OrgRef, without: int | None, day: date
) -> list[tuple[str, str]]:
    """Return who else holds one of the roles here or above, for a select; one query."""
    segments = organisation.path.split("/")
    above = ["/".join(segments[: depth + 1]) for depth in range(len(segments))]
    place = Q(is_national=True)
    if organisation.kind in {"office", "body", "agency"}:
        place |= Q(**{f"{organisation.kind}__path__in": above})
    people = (
        RoleGrant.objects.on(day)
        .filter(place, role__in=[str(role) for role in roles], user__is_active=True)
        .exclude(user_id=without or 0)
        .order_by("user__name", "user_id")
        .values_list("user_id", "user__name")
        .distinct()
    )
    return [(str(pk), name) for pk, name in people]
