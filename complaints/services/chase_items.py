"""Chase what lies overdue with a body, an agency or the own office, and report it up.

Week by week for two months, then once in four weeks for as long as it lies.

What is due is read from the rows of the clocks, never from when the task ran: a run that was missed
is made up by the next one, and one that ran twice tells nobody twice.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.db import transaction

from complaints.models import ReferralItem
from complaints.services.duty import heads_of
from complaints.workflow.messages import MessageKind
from complaints.workflow.referral import REFERRAL
from neutrality.casework.models import ClockState, LegalClock
from neutrality.law.clock import Clock
from neutrality.law.codes import PeriodCode
from neutrality.notifications.services import Message, Recipient, enqueue_many
from neutrality.organisations.models import Office

EVERY: Final = timedelta(days=7)
LAST_WEEK: Final = 8
WEEKS_BETWEEN: Final = 4
MOST: Final = 5000
# Whose turn it is while a clock runs, as the workflow names those who are told of it.
TURNS: Final = {
    PeriodCode.DISPATCH: MessageKind.ITEM_DECIDED,
    PeriodCode.BODY_VERIFICATION: MessageKind.ITEM_SENT,
    PeriodCode.BODY_ASSESSMENT: MessageKind.ITEM_SENT,
    PeriodCode.PPK_FOLLOW_UP: MessageKind.ITEM_RECOMMENDED,
    PeriodCode.EXECUTION: MessageKind.ITEM_RECOMMENDED,
    # The board above has no people here; the agency asks it and writes down what it decided.
    PeriodCode.OBJECTION_DECISION: MessageKind.ITEM_RECOMMENDED,
    PeriodCode.APPEAL_DECISION: MessageKind.ITEM_RECOMMENDED,
}


@transaction.atomic(durable=True)
def chase_items(*, clock: Clock) -> int:
    """Tell whose turn it is and the handlers, from the second week the heads, then those above.

    One message for each clock, round and person, ever. Returns how many items are overdue.
    """
    overdue = LegalClock.objects.filter(
        subject_kind=REFERRAL.subject_kind,
        state=ClockState.OPEN,
        code__in=[str(code) for code in TURNS],
        due_at__lt=clock.now,
    )
    recent = clock.now - EVERY * (LAST_WEEK + 1)
    rows = list(overdue.filter(due_at__gte=recent).order_by("due_at", "pk")[:MOST])
    # What has lain long never keeps those from being chased that have not.
    rows += overdue.filter(due_at__lt=recent).order_by("-due_at", "-pk")[:MOST]
    items = {row.pk: row for row in REFERRAL.adapter.load([row.subject_id for row in rows])}
    people = _People(clock)
    messages = [
        _message(row, item.office, person, clock)
        for row in rows
        if (item := items.get(row.subject_id)) is not None
        for person in sorted(set(people.of(row, item)))
    ]
    if messages:
        enqueue_many(messages=messages, clock=clock)
    return len(rows)


def _rounds(row: LegalClock, clock: Clock) -> int:
    """Return how often it was chased before: weekly, and once in four weeks after the eighth."""
    weeks = (clock.now - row.due_at) // EVERY
    return weeks if weeks <= LAST_WEEK else LAST_WEEK + (weeks - LAST_WEEK) // WEEKS_BETWEEN


def _message(row: LegalClock, office: Office, person: int, clock: Clock) -> Message:
    rounds = _rounds(row, clock)
    return Message(
        kind=MessageKind.WORK_REMINDER,
        recipient=Recipient(user_id=person),
        dedupe_key=f"chase:{row.pk}:{row.due_at.isoformat()}:{rounds}:{person}",
        context={"office": office.name},
    )


class _People:
    """Who is told of what; each office, body and agency is asked once."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.turns: dict[tuple[str, str, int | None], list[int]] = {}
        self.heads: dict[tuple[int, date], list[int]] = {}

    def of(self, row: LegalClock, item: ReferralItem) -> Iterator[int]:
        """Yield who is told of this overdue clock now."""
        rounds = _rounds(row, self.clock)
        for kind in (TURNS[PeriodCode(row.code)], MessageKind.ITEM_DECIDED):
            yield from self._turn(kind, item)
        if rounds >= 1:
            yield from self._heads(item.office)
        if rounds >= 2 and item.office.parent is not None:
            yield from self._heads(item.office.parent)

    def _turn(self, kind: str, item: ReferralItem) -> list[int]:
        key = (kind, f"{item.body_path}:{item.office_id}", item.agency_id)
        if key not in self.turns:
            found = REFERRAL.adapter.recipients(kind, item)
            self.turns[key] = [each.user_id for each in found if each.user_id]
        return self.turns[key]

    def _heads(self, office: Office) -> list[int]:
        key = (office.pk, self.clock.today_in(office.tz))
        if key not in self.heads:
            self.heads[key] = heads_of(office=office, day=key[1])
        return self.heads[key]
