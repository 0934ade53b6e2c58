"""Write to the reporter through the mailbox of the code; the message itself leaves no house."""

from django.db import transaction

from complaints.codes import Direction
from complaints.models import Message, Report, Tip
from complaints.services.office_roles import CLERKS, note
from complaints.workflow.messages import MessageKind
from complaints.workflow.report import REPORT
from complaints.workflow.tip import TIP
from neutrality.audit.actor import Actor
from neutrality.law.clock import Clock
from neutrality.notifications.services import Message as Notice, enqueue_many


@transaction.atomic(durable=True)
def office_message(*, entry: Report | Tip, body: str, actor: Actor, clock: Clock) -> Message:
    """Leave a message for the holder of the code, and tell them that one waits.

    Raises:
        Refused: Not of this office.
    """
    message = Message.objects.create(
        report=entry if isinstance(entry, Report) else None,
        tip=entry if isinstance(entry, Tip) else None,
        direction=Direction.FROM_OFFICE,
        body=body,
        sent_at=clock.now,
        sent_by_id=actor.user_id,
    )
    _mark_read(entry, clock)
    note("mailbox.answered", entry, *CLERKS, actor=actor, clock=clock, message=message.pk)
    _tell(entry, message, clock)
    return message


@transaction.atomic(durable=True)
def mark_letters_read(*, entry: Report | Tip, actor: Actor, clock: Clock) -> int:
    """Mark what the holder of the code wrote as read by the office; return how many were new.

    Raises:
        Refused: Not of this office.
    """
    note("mailbox.read", entry, *CLERKS, actor=actor, clock=clock)
    return _mark_read(entry, clock)


def _mark_read(entry: Report | Tip, clock: Clock) -> int:
    side = {"report": entry} if isinstance(entry, Report) else {"tip": entry}
    return Message.objects.filter(
        **side, direction=Direction.FROM_PARTY, read_at__isnull=True
    ).update(read_at=clock.now)


def _tell(entry: Report | Tip, message: Message, clock: Clock) -> None:
    adapter = (REPORT if isinstance(entry, Report) else TIP).adapter
    kind = MessageKind.NEW_MESSAGE
    notices = [
        Notice(
            kind=kind,
            recipient=recipient,
            dedupe_key=f"message:{message.pk}:{place}",
            context=adapter.message_context(kind, entry),
            language=adapter.language(kind, entry),
        )
        for place, recipient in enumerate(adapter.recipients(kind, entry))
    ]
    if notices:
        enqueue_many(messages=notices, clock=clock)
