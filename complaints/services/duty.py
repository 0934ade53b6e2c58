"""The duty roster of an office: whom alarms reach first, on which local days."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from complaints.models import DutyShift
from complaints.services.plenary_rows import ask_for_role
from complaints.workflow import refusals
from neutrality.accounts.models import RoleGrant
from neutrality.accounts.roles import OFFICE_ROLES, Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock
from neutrality.organisations.models import Office

PLANNERS = (Role.HANDLER, Role.SUPERVISOR, Role.COMMISSIONER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Who is on duty from one local day to another, both included."""

    user_id: int
    starts_on: date
    ends_on: date


@transaction.atomic(durable=True)
def add_shift(*, office: Office, turn: Turn, actor: Actor, clock: Clock) -> DutyShift:
    """Enter a turn of duty.

    Raises:
        Refused: Not of this office, somebody without a role here, days that are over or the wrong
            way round, or the same turn twice.
    """
    role = ask_for_role(*PLANNERS, actor=actor, office=office)
    today = clock.today_in(office.tz)
    if not today <= turn.ends_on or turn.starts_on > turn.ends_on:
        raise Refused(refusals.DUTY_DAYS)
    here = RoleGrant.objects.on(today).filter(office=office, role__in=[*OFFICE_ROLES])
    if not here.filter(user_id=turn.user_id, user__is_active=True).exists():
        raise Refused(refusals.NOT_A_COLLEAGUE)
    row = DutyShift(
        office=office,
        user_id=turn.user_id,
        starts_on=turn.starts_on,
        ends_on=turn.ends_on,
        entered_at=clock.now,
        entered_by_id=actor.user_id,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(refusals.DUTY_KNOWN) from error
    _record("duty.add", row, role, actor, clock)
    return row


@transaction.atomic(durable=True)
def remove_shift(*, shift_id: int, actor: Actor, clock: Clock) -> None:
    """Take a turn of duty off the roster; the audit keeps it.

    Raises:
        Refused: Not of this office.
        DoesNotExist: When there is no such turn.
    """
    row = (
        DutyShift.objects.select_for_update(of=("self",)).select_related("office").get(pk=shift_id)
    )
    role = ask_for_role(*PLANNERS, actor=actor, office=row.office)
    _record("duty.remove", row, role, actor, clock)
    row.delete()


def on_duty(*, office: Office, day: date) -> list[int]:
    """Return who is on duty that day, else the heads of the office: whom an alarm reaches."""
    people = list(_shifts(office, day).order_by("pk").values_list("user_id", flat=True))
    return people or heads_of(office=office, day=day)


def has_duty(*, office: Office, day: date) -> bool:
    """Whether somebody is on duty that day."""
    return _shifts(office, day).exists()


def heads_of(*, office: Office, day: date) -> list[int]:
    """Return who heads the office that day."""
    heads = RoleGrant.objects.on(day).filter(
        office=office, role=Role.SUPERVISOR, user__is_active=True
    )
    return list(heads.order_by("user_id").values_list("user_id", flat=True).distinct())


def _shifts(office: Office, day: date) -> QuerySet[DutyShift]:
    return DutyShift.objects.filter(
        office=office, starts_on__lte=day, ends_on__gte=day, user__is_active=True
    )


def _record(what: str, row: DutyShift, role: str, actor: Actor, clock: Clock) -> None:
    record(
        what=what,
        subject=SubjectRef(kind="duty_shift", id=row.pk),
        actor=actor,
        clock=clock,
        role=role,
        organisation=row.office.ref(),
        data={"user": row.user_id, "from": f"{row.starts_on}", "until": f"{row.ends_on}"},
    )
