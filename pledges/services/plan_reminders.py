"""Reminders as rows: planned for everybody at once, each at an hour that is nobody's night."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection, transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.law.clock import Clock
from neutrality.organisations.codes import UnitKind
from pledges.codes import ReminderStep
from pledges.locks import round_to_change
from pledges.models import Reminder, ReminderPlan, Round
from pledges.workflow.refusals import PledgeRefusal, refuse

TO_PERSONS: Final = (ReminderStep.FIRST, ReminderStep.SECOND)
FIRST_HOUR: Final = 7
LAST_HOUR: Final = 19
"""Nobody is written to before seven in the morning or from eight in the evening on, local time."""
# A plan is gone through again on its day and the day before, for who was invited since.
AGAIN: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When a step of the plan goes out: a day, and the local hour of each recipient."""

    goes_on: date
    at_hour: int


# Who is away gets it on the first morning back; who is back only after the end gets none.
_PERSONS: Final = """
    INSERT INTO pledges_reminder (plan_id, obligation_id, send_at, outcome)
    SELECT %(plan)s, owed.id, owed.send_at, ''
    FROM (
        SELECT duty.id,
               (greatest(%(day)s::date, away.until + 1) + make_time(%(hour)s, 0, 0))
                   AT TIME ZONE coalesce(region.time_zone, %(zone)s) AS send_at
        FROM pledges_obligation duty
        LEFT JOIN organisations_unit unit ON unit.id = duty.unit_now_id
        LEFT JOIN organisations_region region ON region.id = unit.region_id
        LEFT JOIN (
            SELECT person_id, max(ends_on) AS until FROM pledges_absence
            WHERE agency_id = %(agency)s AND cancelled_at IS NULL
              AND starts_on <= %(day)s AND ends_on >= %(day)s
            GROUP BY person_id
        ) away ON away.person_id = duty.person_id
        WHERE duty.round_id = %(round)s AND duty.state = 'INVITED' AND EXISTS (
            SELECT FROM pledges_contact contact
            WHERE contact.person_id = duty.person_id AND contact.agency_id = %(agency)s
              AND contact.ended_at IS NULL
        )
    ) owed
    WHERE owed.send_at < %(closes)s
    ON CONFLICT DO NOTHING
"""
# A unit that got another name is followed by one of the same path: its former head is left in peace.
_HEADS: Final = """
    INSERT INTO pledges_reminder (plan_id, unit_id, send_at, outcome)
    SELECT %(plan)s, unit.id,
           (%(day)s::date + make_time(%(hour)s, 0, 0))
               AT TIME ZONE coalesce(region.time_zone, %(zone)s), ''
    FROM pledges_unithead head
    JOIN organisations_unit unit ON unit.id = head.unit_id
    LEFT JOIN organisations_region region ON region.id = unit.region_id
    WHERE unit.agency_id = %(agency)s AND head.email <> ''
      AND (unit.kind = %(kind)s OR %(kind)s = '')
      AND (unit.valid_from IS NULL OR unit.valid_from <= %(day)s)
      AND (unit.valid_until IS NULL OR unit.valid_until > %(day)s)
    ON CONFLICT DO NOTHING
"""


@transaction.atomic(durable=True)
def set_reminder_plan(
    *, place: Round, timings: Mapping[ReminderStep, Timing], actor: Actor, clock: Clock
) -> None:
    """Say when the round reminds; a step that is not named, or named anew, forgets what waits.

    What has been sent stays, and is not sent again.

    Raises:
        Refused: When the round is closed.
    """
    place = round_to_change(round_id=place.pk)
    if place.closed_at is not None:
        raise refuse(PledgeRefusal.ROUND_CLOSED)
    kept = {ReminderStep(plan.step): plan for plan in ReminderPlan.objects.filter(round=place)}
    _forget(plan for step, plan in kept.items() if _differs(plan, timings.get(step)))
    for step, timing in timings.items():
        ReminderPlan.objects.update_or_create(
            round=place,
            step=step,
            defaults={
                "goes_on": timing.goes_on,
                "at_hour": timing.at_hour,
                "set_at": clock.now,
                "set_by_id": actor.user_id,
            },
        )
    record(
        what="pledge_round.reminders_set",
        subject=place.ref(),
        actor=actor,
        clock=clock,
        organisation=place.agency.ref(),
        data={step.lower(): timing.goes_on.isoformat() for step, timing in timings.items()},
    )


@transaction.atomic(durable=True)
def plan_reminders(*, plan_id: int, clock: Clock) -> int:
    """Write a row for everybody whom this step reminds and who has none yet; return how many.

    One statement, whatever the number. Of a closed round nothing is planned, nor by a step that
    was taken out of the plan meanwhile.
    """
    joined = ReminderPlan.objects.select_related("round__agency", "round__office")
    plan = joined.select_for_update(of=("self",)).filter(pk=plan_id).first()
    if plan is None or plan.round.closed_at is not None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_PERSONS if plan.step in TO_PERSONS else _HEADS, _values(plan))
        planned = int(cursor.rowcount)
    ReminderPlan.objects.filter(pk=plan.pk).update(planned_at=clock.now)
    return planned


def plans_to_go_through(*, day: date) -> list[int]:
    """Return the plans of open rounds whose day is near, or that nobody went through yet."""
    rows = ReminderPlan.objects.filter(round__closed_at__isnull=True)
    near = rows.filter(goes_on__range=(day - AGAIN, day + AGAIN)).values_list("pk", flat=True)
    fresh = rows.filter(planned_at__isnull=True).values_list("pk", flat=True)
    return sorted({*near, *fresh})


def _differs(plan: ReminderPlan, timing: Timing | None) -> bool:
    return timing is None or (plan.goes_on, plan.at_hour) != (timing.goes_on, timing.at_hour)


def _forget(plans: Iterable[ReminderPlan]) -> None:
    ids = [plan.pk for plan in plans]
    Reminder.objects.filter(plan__in=ids, outcome="").delete()
    ReminderPlan.objects.filter(pk__in=ids).update(planned_at=None)
    used = Reminder.objects.filter(plan__in=ids).values("plan_id")
    ReminderPlan.objects.filter(pk__in=ids).exclude(pk__in=used).delete()


def _values(plan: ReminderPlan) -> dict[str, int | str | date | datetime]:
    place = plan.round
    return {
        "plan": plan.pk,
        "round": place.pk,
        "agency": place.agency_id,
        "day": plan.goes_on,
        "hour": plan.at_hour,
        "zone": place.office.time_zone,
        "closes": place.closes_at,
        "kind": str(UnitKind.SECRETARIAT) if plan.step == ReminderStep.SECRETARY else "",
    }
