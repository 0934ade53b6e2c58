"""Leave a message with files for the office, from the mailbox of a code."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from complaints.codes import Direction, PartyKind
from complaints.models import Message, Party, Report, Tip
from complaints.services.enclosures import Tray, hand_in
from complaints.services.evidence_intake import ArrivedFile, Owner, take_in_file
from complaints.services.secret_words import refuse_secret_code
from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.law.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What somebody writes: words, files that came with them, and those that wait in a tray.

    The office names the copies that go to a respondent by their public ids.
    """

    body: str
    files: Sequence[ArrivedFile] = ()
    tray: Tray | None = None
    copies: Sequence[str] = ()


@transaction.atomic(durable=True)
def write_message(
    *, mailbox: Report | Tip | Party, letter: Letter, actor: Actor, clock: Clock
) -> Message:
    """Write the message and take in its files; what it says stands in no audit row.

    Raises:
        HoldsSecretCode: The words hold a secret code that is in use.
        FileRefused: A file cannot be taken in; nothing is written then.
    """
    refuse_secret_code(letter.body)
    message = Message.objects.create(
        **side_of(mailbox), direction=Direction.FROM_PARTY, body=letter.body, sent_at=clock.now
    )
    owner = owner_of(mailbox, message)
    for file in letter.files:
        take_in_file(file=file, owner=owner, actor=actor, clock=clock)
    waited = hand_in(tray=letter.tray, owner=owner, clock=clock)
    record(
        what="mailbox.written",
        subject=_subject(mailbox),
        actor=actor,
        clock=clock,
        data={"message": message.pk, "files": len(letter.files) + len(waited)},
    )
    return message


def side_of(mailbox: Report | Tip | Party) -> dict[str, Report | Tip | Party]:
    """Return the column of a message that names whose mailbox it is in."""
    return {type(mailbox).__name__.lower(): mailbox}


def owner_of(mailbox: Report | Tip | Party, message: Message) -> Owner:
    """Return what the files of a message hang on."""
    return Owner(
        matter_id=mailbox.matter_id,
        message_id=message.pk,
        report_id=message.report_id,
        tip_id=message.tip_id,
        party_id=_who(mailbox),
    )


def _who(mailbox: Report | Tip | Party) -> int | None:
    if isinstance(mailbox, Party):
        return mailbox.pk
    own = Party.objects.filter(**side_of(mailbox), kind=PartyKind.REPORTER)
    return own.values_list("pk", flat=True).first()


def _subject(mailbox: Report | Tip | Party) -> SubjectRef:
    return mailbox.matter.ref() if isinstance(mailbox, Party) else mailbox.ref()
