"""Locking a copy, asking who may act on it, and writing the act down."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from complaints.codes import Audience
from complaints.models import Derivative, Matter
from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.casework.refusals import RefusalCode, refuse
from neutrality.law.clock import Clock


def locked_copy(derivative_id: int) -> Derivative:
    """Return the copy with its row locked; evidence, matter and office are joined."""
    rows = Derivative.objects.select_for_update(of=("self",))
    return rows.select_related("evidence__matter__office__region").get(pk=derivative_id)


def released_for(*, matter_id: int, audience: Audience) -> QuerySet[Derivative]:
    """Return the copies of a file's evidence that two persons let go to this audience, in order."""
    rows = Derivative.objects.filter(
        evidence__matter_id=matter_id, audience=audience, released_at__isnull=False
    )
    return rows.select_related("evidence").order_by("pk")


def ask_for_role(*, copy: Derivative, roles: tuple[str, ...], actor: Actor) -> str:
    """Return the role in which the actor acts at the office of the file.

    Raises:
        Refused: NOT_YOURS, as if nothing were there.
    """
    matter = copy.evidence.matter
    role = actor.role_at(roles, matter.office.ref()) if matter else None
    if role is None:
        raise refuse(RefusalCode.NOT_YOURS)
    return role


def comes_from_colleague(matter: Matter) -> bool:
    """Say whether anybody who told of it works or worked with a respondent, or knows one.

    Such people are known by what only colleagues see; two queries at most.
    """
    told = (matter.reports, matter.tips)
    return any(rows.filter(coworker=True).exists() for rows in told)


def note_act(
    *,
    what: str,
    copy: Derivative,
    role: str,
    actor: Actor,
    clock: Clock,
    more: Mapping[str, Any] | None = None,
) -> None:
    """Record an act on a copy in the chain of its matter, in the caller's transaction."""
    matter = copy.evidence.matter
    if matter is None:
        raise refuse(RefusalCode.NOT_YOURS)
    record(
        what=what,
        subject=matter.ref(),
        actor=actor,
        clock=clock,
        role=role,
        organisation=matter.office.ref(),
        after=copy.audience,
        data={"derivative": copy.pk, "sha256": copy.sha256, **(more or {})},
    )
