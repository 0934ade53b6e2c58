"""Letters of an office: drafted, issued under the register's next number, superseded, never changed."""

import dataclasses
from dataclasses import dataclass

from django.db import transaction

from complaints.codes import LetterState, LetterTemplate
from complaints.letter_templates import prepared
from complaints.models import Matter, OfficeLetter
from complaints.papers.register_papers import office_letter
from complaints.services.register_rows import (
    CLERKS,
    DECIDERS,
    locked_office,
    next_sequence,
    note,
    register_number,
    rules_of,
)
from complaints.workflow import refusals
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.documents.services import issue
from neutrality.law.clock import Clock
from neutrality.organisations.models import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterText:
    """What somebody writes; `seen` is the version that the page showed."""

    addressee: str
    subject: str
    body: str
    seen: int | None = None


@transaction.atomic(durable=True)
def start_letter(
    *,
    office: Office,
    template: LetterTemplate,
    matter: Matter | None,
    actor: Actor,
    clock: Clock,
) -> OfficeLetter:
    """Begin a draft from a prepared text.

    Raises:
        Refused: Not of this office.
    """
    text = prepared(template=template, office=office, matter=matter)
    return _write(
        OfficeLetter(office=office, matter=matter, template=template),
        LetterText(addressee=text.addressee, subject=text.subject, body=text.body),
        actor,
        clock,
    )


@transaction.atomic(durable=True)
def replace_letter(*, letter_id: int, actor: Actor, clock: Clock) -> OfficeLetter:
    """Begin the draft that will supersede an issued letter, with its text.

    Raises:
        Refused: Not of this office, not issued, or another draft waits to supersede it.
    """
    former = _locked(letter_id)
    if former.state != LetterState.ISSUED:
        raise refuse(RefusalCode.WRONG_STATE)
    if former.successors.filter(state=LetterState.DRAFT).exists():
        raise refuse(RefusalCode.ALREADY_REQUESTED)
    row = OfficeLetter(
        office=former.office,
        matter_id=former.matter_id,
        template=former.template,
        supersedes=former,
    )
    text = LetterText(addressee=former.addressee, subject=former.subject, body=former.body)
    return _write(row, text, actor, clock)


@transaction.atomic(durable=True)
def write_letter(*, letter_id: int, text: LetterText, actor: Actor, clock: Clock) -> OfficeLetter:
    """Save the text of a draft; what somebody else saved meanwhile is not overwritten.

    Raises:
        Refused: Not of this office, issued already, or another version than the page showed.
    """
    row = _draft(letter_id)
    if text.seen is not None and text.seen != row.version:
        raise refuse(RefusalCode.STALE)
    row.version += 1
    return _write(row, text, actor, clock)


@transaction.atomic(durable=True)
def issue_letter(*, letter_id: int, seen: int | None, actor: Actor, clock: Clock) -> OfficeLetter:
    """Issue a draft under the next number of the year; the letter it replaces is superseded.

    Raises:
        Refused: Not of this office, issued already, or changed since the page showed it.
    """
    row = _draft(letter_id)
    if seen is not None and seen != row.version:
        raise refuse(RefusalCode.STALE)
    office = locked_office(row.office)
    note("letter.issue", row.ref(), office, *DECIDERS, actor=actor, clock=clock)
    _number(row, office, clock)
    draft = office_letter(row, row.number, rules_of(office=office, clock=clock), clock)
    if row.supersedes is not None:
        draft = dataclasses.replace(draft, supersedes=row.supersedes.document)
    row.document = issue(draft=draft, actor=actor, clock=clock)
    row.state, row.issued_at, row.issued_by_id = LetterState.ISSUED, clock.now, actor.user_id
    row.save()
    if row.supersedes_id:
        _supersede(row.supersedes_id)
    return row


@transaction.atomic(durable=True)
def drop_letter(*, letter_id: int, actor: Actor, clock: Clock) -> OfficeLetter:
    """Put a draft aside; it had no number, so that no gap is left.

    Raises:
        Refused: Not of this office, or issued already.
    """
    row = _draft(letter_id)
    note("letter.drop", row.ref(), row.office, *CLERKS, actor=actor, clock=clock)
    row.state = LetterState.DROPPED
    row.save(update_fields=["state"])
    return row


def _write(row: OfficeLetter, text: LetterText, actor: Actor, clock: Clock) -> OfficeLetter:
    row.office_path = row.office.path
    row.addressee, row.subject, row.body = text.addressee, text.subject, text.body
    row.written_at, row.written_by_id = clock.now, actor.user_id
    row.save()
    note("letter.write", row.ref(), row.office, *CLERKS, actor=actor, clock=clock, v=row.version)
    return row


def _number(row: OfficeLetter, office: Office, clock: Clock) -> None:
    row.year = clock.today_in(office.tz).year
    row.sequence = next_sequence(OfficeLetter.objects.all(), office=office, year=row.year)
    row.number = register_number(sequence=row.sequence, kind="SRT", office=office, clock=clock)


def _supersede(letter_id: int) -> None:
    OfficeLetter.objects.filter(pk=letter_id).update(state=LetterState.SUPERSEDED)


def _draft(letter_id: int) -> OfficeLetter:
    row = _locked(letter_id)
    if row.state != LetterState.DRAFT:
        raise Refused(refusals.LETTER_ISSUED)
    return row


def _locked(letter_id: int) -> OfficeLetter:
    rows = OfficeLetter.objects.select_for_update(of=("self",))
    joined = ("office__region", "matter", "supersedes__document")
    return rows.select_related(*joined).get(pk=letter_id)
