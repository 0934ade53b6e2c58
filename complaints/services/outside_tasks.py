"""What other systems ask: validation for SBT, reports forwarded by LAPOR! and other authorities."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from complaints.codes import ExternalSystem, Source, TaskAnswer
from complaints.models import ExternalNumber, Matter, OutsideTask, Tip
from complaints.papers.register_papers import task_answer
from complaints.services.lodging import Lodging
from complaints.services.record_tip import record_within
from complaints.services.register_rows import CLERKS, DECIDERS, note, period_of, rules_of
from complaints.workflow import refusals
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.documents.services import issue
from neutrality.law.clock import Clock
from neutrality.law.codes import PeriodCode
from neutrality.organisations.models import Office

SOURCES = {ExternalSystem.SBT: Source.SBT, ExternalSystem.LAPOR: Source.LAPOR}
# What SBT sends is to be validated, in a time of its own.
PERIODS = {ExternalSystem.SBT: PeriodCode.VALIDATION}


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskGiven:
    """What came: from which system and sender, under which number, saying what."""

    system: ExternalSystem
    external_number: str
    sender: str
    summary: str
    received_at: datetime


@transaction.atomic(durable=True)
def record_task(*, office: Office, given: TaskGiven, actor: Actor, clock: Clock) -> OutsideTask:
    """Enter a task; its clock runs from the receipt.

    Raises:
        Refused: Not of this office, a time that has not come, or the same number twice.
    """
    if given.received_at > clock.now:
        raise refuse(RefusalCode.IN_THE_FUTURE)
    code = PERIODS.get(given.system, PeriodCode.OUTSIDE_TASK)
    period = period_of(code=code, office=office, received_at=given.received_at, clock=clock)
    row = OutsideTask(
        office=office,
        office_path=office.path,
        system=given.system,
        external_number=given.external_number.strip(),
        sender=given.sender.strip(),
        summary=given.summary.strip(),
        received_at=given.received_at,
        recorded_by_id=actor.user_id,
        due_at=period.due_at,
        rule=period.rule,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(refusals.TASK_KNOWN) from error
    note("task.receive", row.ref(), office, *CLERKS, actor=actor, clock=clock)
    return row


@transaction.atomic(durable=True)
def trace_task(*, task_id: int, actor: Actor, clock: Clock) -> Tip:
    """Take what the system sent as informasi awal, with its number on the new file.

    Raises:
        Refused: Not of this office, answered already, or traced already.
    """
    row = _locked(task_id)
    note("task.trace", row.ref(), row.office, *CLERKS, actor=actor, clock=clock)
    if row.answer or row.matter_id is not None:
        raise refuse(RefusalCode.ALREADY_DECIDED)
    given = Lodging(
        source=SOURCES.get(ExternalSystem(row.system), Source.AUTHORITY),
        office=row.office,
        contest=None,
        known_on=None,
        account=row.summary,
        categories=(),
        incidents=(),
        respondents=(),
    )
    tip = record_within(given=given, actor=actor, clock=clock)
    _tie(row, tip.matter, actor, clock)
    row.tip = tip
    row.save(update_fields=["matter", "tip"])
    return tip


@transaction.atomic(durable=True)
def tie_task(*, task_id: int, matter: Matter, actor: Actor, clock: Clock) -> OutsideTask:
    """Say that a file which is there already is about the same; it gets the system's number.

    Raises:
        Refused: Not of this office, or answered or tied already.
    """
    row = _locked(task_id)
    note("task.tie", row.ref(), row.office, *CLERKS, actor=actor, clock=clock)
    if row.answer or row.matter_id is not None:
        raise refuse(RefusalCode.ALREADY_DECIDED)
    _tie(row, matter, actor, clock)
    row.save(update_fields=["matter"])
    return row


@transaction.atomic(durable=True)
def answer_task(
    *, task_id: int, answer: TaskAnswer, reason: str, actor: Actor, clock: Clock
) -> OutsideTask:
    """Answer the system that asked, with a letter; the clock ends.

    Raises:
        Refused: Not of this office, answered already, without a reason, or said to be handled
            while no file is tied to it.
    """
    row = _locked(task_id)
    note("task.answer", row.ref(), row.office, *DECIDERS, actor=actor, clock=clock)
    if row.answer:
        raise refuse(RefusalCode.ALREADY_DECIDED)
    if not reason.strip():
        raise refuse(RefusalCode.REASON_NEEDED)
    if answer in {TaskAnswer.CONFIRMED, TaskAnswer.KNOWN} and row.matter_id is None:
        raise Refused(refusals.TASK_WITHOUT_FILE)
    draft = task_answer(
        row, answer, reason.strip(), rules_of(office=row.office, clock=clock), clock
    )
    row.answer, row.reason = answer, reason.strip()
    row.answered_at, row.answered_by_id = clock.now, actor.user_id
    row.letter = issue(draft=draft, actor=actor, clock=clock)
    row.save(update_fields=["answer", "reason", "answered_at", "answered_by", "letter"])
    return row


def _locked(task_id: int) -> OutsideTask:
    rows = OutsideTask.objects.select_for_update(of=("self",))
    return rows.select_related("office__region", "matter").get(pk=task_id)


def _tie(row: OutsideTask, matter: Matter, actor: Actor, clock: Clock) -> None:
    row.matter = matter
    ExternalNumber.objects.get_or_create(
        matter=matter,
        system=row.system,
        number=row.external_number,
        defaults={
            "dated_on": clock.today_in(row.office.tz),
            "entered_at": clock.now,
            "entered_by_id": actor.user_id,
        },
    )
