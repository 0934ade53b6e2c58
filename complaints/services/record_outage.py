"""Write down when a way of filing was down at an office, and when it worked again."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from complaints.services.office_roles import CLERKS
from complaints.services.plenary_rows import ask_for_role
from complaints.workflow import refusals
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock
from neutrality.law.models import Outage
from neutrality.organisations.models import Office

RECORDERS = (*CLERKS, Role.SUPERVISOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutageGiven:
    """What was down, from when until when, and how that is known; without an end it lasts."""

    system: str
    started_at: datetime
    ended_at: datetime | None
    description: str
    source: str


@transaction.atomic(durable=True)
def record_outage(*, office: Office, given: OutageGiven, actor: Actor, clock: Clock) -> Outage:
    """Write an outage in the area of the office; it excuses nothing by itself.

    Raises:
        Refused: Not of this office, begun in the future, or over before it began.
    """
    role = ask_for_role(*RECORDERS, actor=actor, office=office)
    _check(given.started_at, given.ended_at, clock)
    row = Outage.objects.create(
        system=given.system.strip(),
        area_code=office.region.code if office.region else "",
        started_at=given.started_at,
        ended_at=given.ended_at,
        description=given.description.strip(),
        source=given.source.strip(),
    )
    _note("outage.recorded", row, office, role, actor, clock)
    return row


@transaction.atomic(durable=True)
def end_outage(
    *, outage_id: int, office: Office, ended_at: datetime, actor: Actor, clock: Clock
) -> Outage:
    """Write when it worked again.

    Raises:
        Refused: Not of this office, ended before, or over before it began.
    """
    role = ask_for_role(*RECORDERS, actor=actor, office=office)
    row = Outage.objects.select_for_update().get(pk=outage_id)
    if row.ended_at is not None:
        raise Refused(refusals.OUTAGE_ENDED)
    _check(row.started_at, ended_at, clock)
    row.ended_at = ended_at
    row.save(update_fields=["ended_at"])
    _note("outage.ended", row, office, role, actor, clock)
    return row


def _check(started_at: datetime, ended_at: datetime | None, clock: Clock) -> None:
    if started_at > clock.now or (ended_at is not None and ended_at > clock.now):
        raise Refused(refusals.OUTAGE_AHEAD)
    if ended_at is not None and ended_at <= started_at:
        raise Refused(refusals.OUTAGE_BACKWARDS)


def _note(what: str, row: Outage, office: Office, role: str, actor: Actor, clock: Clock) -> None:
    record(
        what=what,
        subject=SubjectRef("outage", row.pk),
        actor=actor,
        clock=clock,
        role=role,
        organisation=office.ref(),
    )
