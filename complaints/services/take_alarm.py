"""Somebody takes care of a clock that is about to end, so the head need not be alarmed."""

from datetime import date

from django.db import transaction

from complaints.models import ClockAlarm, DutyShift
from complaints.services.office_roles import CLERKS
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.casework.refusals import RefusalCode, refuse
from neutrality.law.clock import Clock


@transaction.atomic(durable=True)
def take_alarm(*, alarm_id: int, actor: Actor, day: date, clock: Clock) -> None:
    """Note that the actor takes care of it; the clock itself runs on.

    Raises:
        Refused: Not of the actor's office and not on duty there, or taken by somebody before.
    """
    rows = ClockAlarm.objects.select_for_update(of=("self",)).select_related("office", "clock")
    alarm = rows.filter(pk=alarm_id).first()
    if alarm is None:
        raise refuse(RefusalCode.NOT_YOURS)
    role = actor.role_at((*CLERKS, Role.SUPERVISOR), alarm.office.ref())
    if role is None or not _is_told(alarm, actor, day):
        raise refuse(RefusalCode.NOT_YOURS)
    if alarm.taken_at is not None:
        raise refuse(RefusalCode.ALREADY_DECIDED)
    alarm.taken_at, alarm.taken_by_id = clock.now, actor.user_id
    alarm.save(update_fields=["taken_at", "taken_by"])
    record(
        what="clock_alarm.take",
        subject=SubjectRef(kind=alarm.clock.subject_kind, id=alarm.clock.subject_id),
        actor=actor,
        clock=clock,
        role=role,
        organisation=alarm.office.ref(),
        data={"period": alarm.clock.code},
    )


def _is_told(alarm: ClockAlarm, actor: Actor, day: date) -> bool:
    """Whether the alarm reached this person: on duty that day, or a head of the office."""
    if actor.role_at((Role.SUPERVISOR,), alarm.office.ref()) is not None:
        return True
    shifts = DutyShift.objects.filter(
        office=alarm.office, user_id=actor.user_id or 0, starts_on__lte=day, ends_on__gte=day
    )
    return shifts.exists()
