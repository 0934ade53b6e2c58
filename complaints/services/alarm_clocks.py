"""Alarms for legal clocks that end before the office opens again; quiet hours do not hold them up.

They go to who is on duty. When nobody says within an hour that they take care of it, and the clock
still runs, the heads are told; where the heads were told first, those of the office above.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Final, NamedTuple

from django.db import transaction
from django.db.models import F, Model

from complaints.models import ClockAlarm, Matter, Report, Tip
from complaints.services.duty import has_duty, heads_of, on_duty
from complaints.workflow.base import calendar_of
from complaints.workflow.messages import MessageKind
from neutrality.casework.models import ClockState, LegalClock
from neutrality.law.calendar import NeverOpen
from neutrality.law.clock import Clock
from neutrality.law.codes import PeriodCode
from neutrality.notifications.services import Message, Recipient, enqueue_many
from neutrality.organisations.models import Office

HORIZON: Final = timedelta(days=10)
MOST: Final = 2000
PATIENCE: Final = timedelta(hours=1)
# Deadlines that the law or a plenary set; what only the house asks of itself can wait till morning.
LEGAL: Final = (
    PeriodCode.INITIAL_REVIEW,
    PeriodCode.NOTIFY_INCOMPLETE,
    PeriodCode.COMPLETION,
    PeriodCode.HANDLING,
    PeriodCode.HANDLING_EXTENDED,
    PeriodCode.RATIFICATION,
    PeriodCode.FINDING_WINDOW,
)


class About(NamedTuple):
    """What a clock is about: its file, and the address of the page."""

    matter_id: int | None
    public: str


def opens_again_at(*, office: Office, clock: Clock) -> datetime:
    """Return when the office opens next after today; on 24-hour days that is midnight."""
    tomorrow = clock.today_in(office.tz) + timedelta(days=1)
    midnight = datetime.combine(tomorrow, time(0), tzinfo=office.tz)
    try:
        return calendar_of(office, None).next_open(midnight)
    except NeverOpen:
        return midnight


@transaction.atomic(durable=True)
def alarm_clocks(*, clock: Clock) -> int:
    """Tell who is on duty, else the head, of each clock that ends before the office opens again.

    One message for each clock, end and person, ever; it says neither file nor deadline. Returns
    how many clocks were about to end.
    """
    ending = 0
    messages: list[Message] = []
    for office, clocks in _by_office(clock):
        until = opens_again_at(office=office, clock=clock)
        urgent = [row for row in clocks if row.due_at < until]
        if urgent:
            ending += len(urgent)
            messages += _messages(office, urgent, clock)
    if messages:
        enqueue_many(messages=messages, clock=clock)
    return ending


@transaction.atomic(durable=True)
def escalate_alarms(*, clock: Clock) -> int:
    """Tell the heads of what nobody has taken within an hour; returns how many clocks that were.

    A clock that has stopped or moved meanwhile alarms nobody any more. Claimed row by row, so two
    schedulers tell each head once.
    """
    waiting = ClockAlarm.objects.select_for_update(of=("self",), skip_locked=True).filter(
        taken_at__isnull=True,
        escalated_at__isnull=True,
        raised_at__lte=clock.now - PATIENCE,
        clock__state=ClockState.OPEN,
        clock__due_at=F("due_at"),
    )
    rows = list(waiting.select_related("clock", "office__parent").order_by("pk")[:MOST])
    messages = [message for row in rows for message in _to_heads(row, clock)]
    if messages:
        enqueue_many(messages=messages, clock=clock)
    ClockAlarm.objects.filter(pk__in=[row.pk for row in rows]).update(escalated_at=clock.now)
    return len(rows)


def _to_heads(row: ClockAlarm, clock: Clock) -> list[Message]:
    office = row.office.parent if row.to_heads else row.office
    if office is None:
        return []
    heads = heads_of(office=office, day=clock.today_in(office.tz))
    return [_message(row.clock, person, row.office, "head") for person in heads]


def _by_office(clock: Clock) -> list[tuple[Office, list[LegalClock]]]:
    rows = LegalClock.objects.filter(
        state=ClockState.OPEN,
        organisation_kind="office",
        code__in=[str(code) for code in LEGAL],
        due_at__gte=clock.now,
        due_at__lt=clock.now + HORIZON,
    ).order_by("due_at", "pk")[:MOST]
    found: dict[int, list[LegalClock]] = defaultdict(list)
    for row in rows:
        found[row.organisation_id or 0].append(row)
    offices = Office.objects.filter(pk__in=found).select_related("region").order_by("pk")
    return [(office, found[office.pk]) for office in offices]


def _messages(office: Office, urgent: Sequence[LegalClock], clock: Clock) -> list[Message]:
    day = clock.today_in(office.tz)
    people = on_duty(office=office, day=day)
    to_heads = not has_duty(office=office, day=day)
    about = _subjects(urgent)
    ClockAlarm.objects.bulk_create(
        [
            ClockAlarm(
                clock=row,
                due_at=row.due_at,
                matter_id=about[row.subject_kind, row.subject_id].matter_id,
                public=about[row.subject_kind, row.subject_id].public,
                office=office,
                raised_at=clock.now,
                to_heads=to_heads,
            )
            for row in urgent
        ],
        ignore_conflicts=True,
    )
    return [_message(row, person, office, "duty") for row in urgent for person in people]


def _subjects(urgent: Sequence[LegalClock]) -> Mapping[tuple[str, int], About]:
    """Return what the clocks are about; a query for each kind."""
    found: dict[tuple[str, int], About] = {}
    for kind, (table, matter) in _TABLES.items():
        keys = [row.subject_id for row in urgent if row.subject_kind == kind]
        rows = table._base_manager.filter(pk__in=keys)  # noqa: SLF001  every row
        for pk, matter_id, public in rows.values_list("pk", matter, "public_id") if keys else ():
            found[kind, pk] = About(matter_id, public)
    return defaultdict(lambda: About(None, ""), found)


_TABLES: Final[Mapping[str, tuple[type[Model], str]]] = {
    "report": (Report, "matter_id"),
    "tip": (Tip, "matter_id"),
    "matter": (Matter, "pk"),
}


def _message(row: LegalClock, person: int, office: Office, why: str) -> Message:
    known = "" if why == "duty" else f"{why}:"
    return Message(
        kind=MessageKind.CLOCK_ALARM,
        recipient=Recipient(user_id=person),
        dedupe_key=f"alarm:{known}{row.pk}:{row.due_at.isoformat()}:{person}",
        context={"office": office.name},
    )
