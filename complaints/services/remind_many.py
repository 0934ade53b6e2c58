"""Remind those who have many things in hand, with a preview; it can be held back for some minutes."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Final

from django.db import transaction

from complaints.models import ReminderBatch, ReminderLine
from complaints.services.assign_many import ASSIGNERS, CAP, Line, Thing, has_ended
from complaints.services.plenary_rows import ask_for_role
from complaints.workflow import refusals
from complaints.workflow.messages import MessageKind
from neutrality.audit.actor import Actor
from neutrality.audit.record import Act, record_many
from neutrality.casework.refusals import Refusal, RefusalCode, Refused, refuse
from neutrality.law.clock import Clock
from neutrality.notifications.services import Message, Recipient, enqueue_many
from neutrality.organisations.models import Office

LEAVES_AFTER: Final = timedelta(minutes=10)
MOST: Final = 500
Key = tuple[str, int]


def reminder_lines(
    *, office: Office, things: Sequence[Thing], actor: Actor, clock: Clock
) -> list[Line]:
    """Return each thing with the reason why nobody is reminded of it; nothing is written.

    Raises:
        Refused: NOT_YOURS, or more than the cap.
    """
    ask_for_role(*ASSIGNERS, actor=actor, office=office)
    if len(things) > CAP:
        raise Refused(refusals.TOO_MANY)
    reminded = _reminded(things, clock.today_in(office.tz), office)
    return [Line(thing, _why_not(thing, office, actor, reminded)) for thing in things]


@transaction.atomic(durable=True)
def remind_many(
    *, office: Office, things: Sequence[Thing], actor: Actor, clock: Clock
) -> ReminderBatch:
    """Write the reminders that can be sent; they leave in ten minutes unless they are held back.

    Raises:
        Refused: NOT_YOURS, more than the cap, or nobody to remind.
    """
    lines = reminder_lines(office=office, things=things, actor=actor, clock=clock)
    ready = [line.thing for line in lines if line.refusal is None]
    if not ready:
        raise Refused(refusals.NOBODY_TO_REMIND)
    batch = ReminderBatch.objects.create(
        office=office,
        made_at=clock.now,
        made_by_id=actor.user_id,
        leaves_at=clock.now + LEAVES_AFTER,
    )
    ReminderLine.objects.bulk_create(
        ReminderLine(
            batch=batch,
            user_id=thing.assignee_id or 0,  # who has it was asked above
            subject_kind=thing.ref().kind,
            subject_id=thing.pk,
        )
        for thing in ready
    )
    acts = [
        Act(what="entry.remind", subject=each.ref(), data={"batch": batch.pk}) for each in ready
    ]
    record_many(acts=acts, actor=actor, clock=clock, organisation=office.ref())
    return batch


@transaction.atomic(durable=True)
def undo_reminders(*, batch_id: int, actor: Actor, clock: Clock) -> None:
    """Hold reminders back that have not left.

    Raises:
        Refused: NOT_YOURS, or they have left or were held back before.
    """
    rows = ReminderBatch.objects.select_for_update(of=("self",)).select_related("office")
    batch = rows.get(pk=batch_id)
    ask_for_role(*ASSIGNERS, actor=actor, office=batch.office)
    if batch.undone_at is not None or batch.sent_at is not None:
        raise refuse(RefusalCode.ALREADY_DECIDED)
    batch.undone_at, batch.undone_by_id = clock.now, actor.user_id
    batch.save(update_fields=["undone_at", "undone_by"])
    acts = [Act(what="entry.reminder_undone", subject=batch.ref())]
    record_many(acts=acts, actor=actor, clock=clock, organisation=batch.office.ref())


@transaction.atomic(durable=True)
def send_reminders(*, clock: Clock) -> int:
    """Put out the reminders whose minutes are over, one message to a person of each batch.

    Returns how many batches left. Claimed row by row, so two schedulers send none twice.
    """
    rows = ReminderBatch.objects.select_for_update(of=("self",), skip_locked=True).filter(
        leaves_at__lte=clock.now, sent_at__isnull=True, undone_at__isnull=True
    )
    batches = list(rows.select_related("office").order_by("pk")[:MOST])
    enqueue_many(messages=[each for row in batches for each in _messages(row)], clock=clock)
    ReminderBatch.objects.filter(pk__in=[row.pk for row in batches]).update(sent_at=clock.now)
    return len(batches)


def _messages(batch: ReminderBatch) -> list[Message]:
    people = batch.lines.order_by("user_id").values_list("user_id", "user__language").distinct()
    return [
        Message(
            kind=MessageKind.WORK_REMINDER,
            recipient=Recipient(user_id=user_id),
            dedupe_key=f"reminder:{batch.pk}:{user_id}",
            context={"office": batch.office.name},
            language=language,
        )
        for user_id, language in people
    ]


def _reminded(things: Sequence[Thing], today: date, office: Office) -> set[Key]:
    """Return what somebody was reminded of on this local day."""
    kinds = {thing.ref().kind for thing in things}
    rows = ReminderLine.objects.filter(
        batch__office=office,
        batch__undone_at__isnull=True,
        subject_kind__in=kinds,
        subject_id__in=[thing.pk for thing in things],
    ).values_list("subject_kind", "subject_id", "batch__made_at")
    return {(kind, key) for kind, key, at in rows if at.astimezone(office.tz).date() == today}


def _why_not(
    thing: Thing, office: Office, actor: Actor, reminded: Collection[Key]
) -> Refusal | None:
    reasons = (
        (thing.office_id != office.pk, refusals.OF_ANOTHER_OFFICE),
        (has_ended(thing), refusals.ENDED_ALREADY),
        (thing.assignee_id is None, refusals.NOBODY_HAS_IT),
        (thing.assignee_id == actor.user_id, refusals.OWN_WORK),
        ((thing.ref().kind, thing.pk) in reminded, refusals.REMINDED_TODAY),
    )
    return next((refusal for holds, refusal in reasons if holds), None)
