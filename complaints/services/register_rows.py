"""What the registers of an office share: who works there, the next number, the due instant."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from complaints.services.plenary_rows import ask_for_role
from complaints.workflow import refusals
from complaints.workflow.base import calendar_of
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.casework.refusals import Refused
from neutrality.law.books import rulebook_at
from neutrality.law.clock import Clock
from neutrality.law.codes import PeriodCode, Regime
from neutrality.law.numbering import roman_month
from neutrality.law.periods import Endless, due
from neutrality.law.rulebook import Rulebook
from neutrality.organisations.models import Office

CLERKS = (Role.INTAKE, Role.HANDLER, Role.COMMISSIONER, Role.SUPERVISOR)
DECIDERS = (Role.HANDLER, Role.COMMISSIONER, Role.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class Period:
    """When something is due, and the rule by which that was computed."""

    due_at: datetime
    rule: dict[str, Any]


def rules_of(*, office: Office, clock: Clock) -> Rulebook:
    """Return the law in force today at an office; what is meant here does not differ by regime."""
    return rulebook_at(regime=Regime.PILKADA, day=clock.today_in(office.tz))


def period_of(*, code: PeriodCode, office: Office, received_at: datetime, clock: Clock) -> Period:
    """Return the end of a period that began with a receipt, in the office's calendar.

    Raises:
        Refused: The receipt is so long ago that no calendar is known from which to count.
    """
    rule = rules_of(office=office, clock=clock).period(code)
    try:
        end = due(rule, received_at, calendar_of(office, None))
    except Endless as long_ago:
        raise Refused(refusals.TOO_LONG_AGO) from long_ago
    return Period(end.due_at, rule.snapshot())


def locked_office(office: Office) -> Office:
    """Lock the office's row, so that the numbers of its registers have neither gap nor double.

    Its key stays free: whoever sends a report to the office does not wait for a number.
    """
    rows = Office.objects.select_for_update(of=("self",), no_key=True).select_related("region")
    return rows.get(pk=office.pk)


def next_sequence(rows: Any, **series: Any) -> int:  # noqa: ANN401  rows of any register
    """Return the next number of a series; the office must be locked."""
    return (rows.filter(**series).aggregate(last=Max("sequence"))["last"] or 0) + 1


def register_number(*, sequence: int, kind: str, office: Office, clock: Clock) -> str:
    """Return a number of our own registers: `007/PI/27.09/VI/2025`; the format is assumed."""
    day = clock.today_in(office.tz)
    place = office.code_bawaslu or office.path.rsplit("/", 1)[-1]
    return f"{sequence:03d}/{kind}/{place}/{roman_month(day.month)}/{day.year}"


def note(
    what: str,
    ref: SubjectRef,
    office: Office,
    *roles: Role,
    actor: Actor,
    clock: Clock,
    **data: str | int,
) -> str:
    """Ask for one of the roles at the office and write the audit row; return the role.

    Raises:
        Refused: NOT_YOURS, as if nothing were there.
    """
    role = ask_for_role(*roles, actor=actor, office=office)
    record(
        what=what,
        subject=ref,
        actor=actor,
        clock=clock,
        role=role,
        organisation=office.ref(),
        data=data,
    )
    return role
