"""Which organisations an actor reaches: conditions to filter by, one query each."""

from django.db.models import Q, QuerySet

from neutrality.audit.actor import Actor, OrgKind
from neutrality.organisations.models import ROOT_OFFICE, Office


def offices_in_scope(actor: Actor, *roles: str) -> QuerySet[Office]:
    """Offices at or below those where the actor holds one of `roles` (or any role)."""
    condition = path_condition(actor, "office", roles, field="path")
    return Office.objects.all() if condition is None else Office.objects.filter(condition)


def path_condition(
    actor: Actor, kind: OrgKind, roles: tuple[str, ...] = (), *, field: str
) -> Q | None:
    """The condition that `field` (a path, `office__path`) is in scope; None: everything is.

    Whole segments count: `RI/35` reaches `RI/35/35.71` and not `RI/350`. Nothing in scope gives a
    condition that no row meets.
    """
    granted = [g for g in actor.grants if not roles or g.role in roles]
    if any(g.at.kind == "national" for g in granted):
        return None
    here = {g.at.path: g.reaches_below for g in granted if g.at.path and g.at.kind == kind}
    if kind == "office" and ROOT_OFFICE in here:
        return None
    condition = Q(pk__in=[])
    for path, reaches_below in sorted(here.items()):
        condition |= Q(**{field: path})
        if reaches_below:
            condition |= Q(**{f"{field}__startswith": f"{path}/"})
    return condition
