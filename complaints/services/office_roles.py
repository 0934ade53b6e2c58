"""Asking in which role an actor works on an entry of an office, outside the workflow's own steps."""

from typing import TypeVar, cast

from complaints.models import Matter, Report, Tip
from complaints.services.plenary_rows import ask_for_role
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.law.clock import Clock

E = TypeVar("E", bound=Report | Tip | Matter)

CLERKS = (Role.INTAKE, Role.HANDLER, Role.COMMISSIONER)
REVIEWERS = (Role.HANDLER, Role.COMMISSIONER)


def locked(row: E) -> E:
    """Return the row anew, locked, with office, contest and region joined."""
    every = type(row)._base_manager  # noqa: SLF001  every row
    rows = every.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("office__region", "contest__election").get(pk=row.pk)
    return cast("E", found)


def note(
    what: str,
    row: Report | Tip | Matter,
    *roles: Role,
    actor: Actor,
    clock: Clock,
    **data: str | int,
) -> None:
    """Ask for one of the roles at the office, and write the audit row of what is done.

    Raises:
        Refused: NOT_YOURS, as if nothing were there.
    """
    record(
        what=what,
        subject=row.ref(),
        actor=actor,
        clock=clock,
        role=ask_for_role(*roles, actor=actor, office=row.office),
        organisation=row.office.ref(),
        data=data,
    )
