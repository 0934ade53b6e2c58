"""Which organisations an actor reaches: querysets to filter by, one query each."""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from neutrality.audit.actor import Actor, OrgKind
from neutrality.organisations.models import ROOT_OFFICE, Agency, Office, ReferralBody, Unit

M = TypeVar("M", bound=Model)


def offices_in_scope(actor: Actor, *roles: str) -> QuerySet[Office]:
    """Offices at or below those where the actor holds one of `roles` (or any role)."""
    return _within(Office.objects.all(), actor, "office", roles)


def agencies_in_scope(actor: Actor, *roles: str) -> QuerySet[Agency]:
    """Agencies where the actor holds one of `roles` (or any role)."""
    return _within(Agency.objects.all(), actor, "agency", roles)


def units_in_scope(actor: Actor, *roles: str) -> QuerySet[Unit]:
    """Units at or below the actor's, and all units of the actor's agencies."""
    return _within(Unit.objects.all(), actor, "unit", roles, also="agency")


def bodies_in_scope(actor: Actor, *roles: str) -> QuerySet[ReferralBody]:
    """Referral bodies at or below those where the actor holds one of `roles` (or any role)."""
    return _within(ReferralBody.objects.all(), actor, "body", roles)


def path_condition(
    actor: Actor, kind: OrgKind, roles: tuple[str, ...] = (), *, field: str, also: str = ""
) -> Q | None:
    """The condition that `field` (a path, `office__path`) is in scope; None: everything is.

    Whole segments count: `RI/35` reaches `RI/35/35.71` and not `RI/350`. Nothing in scope gives a
    condition that no row meets.
    """
    granted = [g for g in actor.grants if not roles or g.role in roles]
    if any(g.at.kind == "national" for g in granted):
        return None
    here = {g.at.path: g.reaches_below for g in granted if g.at.path and g.at.kind in {kind, also}}
    if kind == "office" and ROOT_OFFICE in here:
        return None
    condition = Q(pk__in=[])
    for path, reaches_below in sorted(here.items()):
        condition |= Q(**{field: path})
        if reaches_below:
            condition |= Q(**{f"{field}__startswith": f"{path}/"})
    return condition


def _within(
    rows: QuerySet[M], actor: Actor, kind: OrgKind, roles: tuple[str, ...], *, also: str = ""
) -> QuerySet[M]:
    condition = path_condition(actor, kind, roles, field="path", also=also)
    return rows if condition is None else rows.filter(condition)
