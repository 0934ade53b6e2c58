"""Write to the reporter through the mailbox of the code; the message itself leaves no house."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from complaints.codes import Audience, Direction, PartyKind
from complaints.models import Derivative, Matter, Message, Party, Report, Tip
from complaints.services.custody import note_sent
from complaints.services.derivative_rows import released_for
from complaints.services.doors import door_of
from complaints.services.evidence_intake import take_in_file
from complaints.services.evidence_refusals import FILES_NOT_CHECKED
from complaints.services.office_roles import CLERKS, note
from complaints.services.recipients import recipients_of
from complaints.services.write_message import Letter, owner_of, side_of
from complaints.workflow.messages import MessageKind
from complaints.workflow.refusals import COPY_NOT_RELEASED
from complaints.workflow.report import REPORT
from complaints.workflow.tip import TIP
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock
from neutrality.notifications.services import Message as Notice, Recipient, enqueue_many


@transaction.atomic(durable=True)
def office_message(
    *,
    entry: Report | Tip | Party,
    letter: Letter,
    actor: Actor,
    clock: Clock,
    until: datetime | None = None,
) -> Message:
    """Leave a message with files for the holder of the code, and tell them that one waits.

    What was written before `until`, when the officer's page was made, counts as read. To a
    respondent no file goes but copies that two persons let go for respondents.

    Raises:
        Refused: Not of this office, a file for a respondent, or a copy that nobody let go for them.
        FileRefused: A file cannot be taken in; nothing is written then.
    """
    copies = _copies(entry, letter)
    message = _leave(entry, letter.body, actor, clock)
    message.copies.add(*copies)
    owner = replace(owner_of(entry, message), party_id=None)
    for file in letter.files:
        take_in_file(file=file, owner=owner, actor=actor, clock=clock)
    note_sent(derivatives=copies, to=_called(entry), actor=actor, clock=clock)
    _mark_read(entry, until, clock)
    note("mailbox.answered", _subject(entry), *CLERKS, actor=actor, clock=clock, message=message.pk)
    _tell(entry, message, clock)
    return message


def leave_within(*, entry: Report | Tip | Party, body: str, actor: Actor, clock: Clock) -> Message:
    """Leave a message that goes with another act, inside its transaction, and tell that one waits."""
    message = _leave(entry, body, actor, clock)
    _tell(entry, message, clock)
    return message


def _copies(entry: Report | Tip | Party, letter: Letter) -> list[Derivative]:
    """Return the copies that go with a letter; ask that a second person let each one go."""
    if not (isinstance(entry, Party) and entry.kind == PartyKind.RESPONDENT):
        if letter.copies:
            raise Refused(COPY_NOT_RELEASED)
        return []
    if letter.files:
        raise Refused(FILES_NOT_CHECKED)
    if not letter.copies:
        return []
    rows = released_for(matter_id=entry.matter_id, audience=Audience.RESPONDENT)
    found = list(rows.filter(public_id__in=letter.copies))
    if len(found) != len(set(letter.copies)):
        raise Refused(COPY_NOT_RELEASED)
    return found


def _called(entry: Report | Tip | Party) -> str:
    return entry.alias if isinstance(entry, Party) else ""


def _leave(entry: Report | Tip | Party, body: str, actor: Actor, clock: Clock) -> Message:
    return Message.objects.create(
        **side_of(entry),
        direction=Direction.FROM_OFFICE,
        body=body,
        sent_at=clock.now,
        sent_by_id=actor.user_id,
    )


@transaction.atomic(durable=True)
def mark_letters_read(
    *, entry: Report | Tip | Party, actor: Actor, clock: Clock, until: datetime | None = None
) -> int:
    """Mark what the holder of the code wrote as read by the office; return how many were new.

    What came after `until`, when the officer's page was made, stays new.

    Raises:
        Refused: Not of this office.
    """
    note("mailbox.read", _subject(entry), *CLERKS, actor=actor, clock=clock)
    return _mark_read(entry, until, clock)


def _mark_read(entry: Report | Tip | Party, until: datetime | None, clock: Clock) -> int:
    rows = Message.objects.filter(
        **side_of(entry), direction=Direction.FROM_PARTY, read_at__isnull=True
    )
    return rows.filter(sent_at__lte=until or clock.now).update(read_at=clock.now)


def _subject(entry: Report | Tip | Party) -> Report | Tip | Matter:
    return entry.matter if isinstance(entry, Party) else entry


def _tell(entry: Report | Tip | Party, message: Message, clock: Clock) -> None:
    notices = [
        Notice(
            kind=MessageKind.NEW_MESSAGE,
            recipient=recipient,
            dedupe_key=f"message:{message.pk}:{place}",
            context={"office": _subject(entry).office.name, "link": door_of(entry)},
            language="id" if isinstance(entry, Party) else entry.language,
        )
        for place, recipient in enumerate(_recipients(entry))
    ]
    if notices:
        enqueue_many(messages=notices, clock=clock)


def _recipients(entry: Report | Tip | Party) -> list[Recipient]:
    kind = MessageKind.NEW_MESSAGE
    if isinstance(entry, Party):
        return recipients_of(parties=Party.objects.filter(pk=entry.pk), kind=kind)
    return (REPORT if isinstance(entry, Report) else TIP).adapter.recipients(kind, entry)
