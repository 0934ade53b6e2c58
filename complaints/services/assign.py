"""Say who of the office works on an entry."""

from datetime import date

from django.db import transaction

from complaints import access
from complaints.models import Matter, Report, Tip
from complaints.services.holders import workers_of
from complaints.services.office_roles import CLERKS, locked, note
from complaints.workflow import refusals
from neutrality.accounts.actors import actor_of
from neutrality.accounts.models import User
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock


@transaction.atomic(durable=True)
def assign(
    *, entry: Report | Tip, user_id: int | None, day: date, actor: Actor, clock: Clock
) -> None:
    """Give the entry and its matter to a colleague, or to nobody.

    Raises:
        Refused: Not of this office, or the colleague has no role here on this day or none for
            what is to be done next, or is tied to a respondent.
    """
    row = locked(entry)
    note("entry.assign", row, *CLERKS, Role.SUPERVISOR, actor=actor, clock=clock, to=user_id or 0)
    if user_id is not None:
        _check(row, user_id, day)
    type(row)._base_manager.filter(pk=row.pk).update(assignee_id=user_id)  # noqa: SLF001
    Matter.objects.filter(pk=row.matter_id).update(assignee_id=user_id)


def _check(row: Report | Tip, user_id: int, day: date) -> None:
    user = User.objects.filter(pk=user_id, is_active=True).first()
    colleague = actor_of(user=user, day=day) if user else None
    if colleague is None or colleague.role_at(CLERKS, row.office.ref()) is None:
        raise Refused(refusals.NOT_A_COLLEAGUE)
    if colleague.role_at(workers_of(row), row.office.ref()) is None:
        raise Refused(refusals.NOT_AT_THIS_STAGE)
    pairs = access.conflicts_of(user_ids=[user_id], matter_ids=[row.matter_id], day=day)
    if pairs:
        raise Refused(refusals.TIED_COLLEAGUE)
