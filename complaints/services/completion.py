"""Hand in what was missing: item by item from the tracking page, then the whole."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from complaints.codes import ReportState
from complaints.models import CompletionItem, Evidence, Party, Report
from complaints.services.enclosures import Tray, for_item, hand_in
from complaints.services.evidence_intake import ArrivedFile, Owner, take_in_file
from complaints.services.media_types import FileRefused, too_many
from complaints.services.secret_words import refuse_secret_code
from complaints.workflow.actions import ReportAction
from complaints.workflow.report import REPORT
from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.casework.engine import apply_within
from neutrality.casework.models import Step
from neutrality.casework.refusals import RefusalCode, refuse
from neutrality.casework.workflow import StepContext
from neutrality.law.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAnswer:
    """What is said about one missing thing, with the files that arrived for it or wait for it."""

    position: int
    words: str
    files: Sequence[ArrivedFile] = ()
    tray: Tray | None = None


@transaction.atomic(durable=True)
def answer_item(*, report: Report, given: ItemAnswer, actor: Actor, clock: Clock) -> CompletionItem:
    """Keep the answer to one missing thing; it counts when the whole is handed in.

    The files are sealed at once, so nothing is lost when the line breaks before the end.

    Raises:
        Refused: The report does not wait for a completion (any more), or there is no such thing.
        HoldsSecretCode: The words hold a secret code that is in use.
        FileRefused: A file cannot be taken in, or it has as many as it may; nothing is written
            then.
    """
    refuse_secret_code(given.words)
    locked = REPORT.adapter.lock(report.pk)
    item = open_items(locked).filter(position=given.position).first()
    if item is None or not REPORT.adapter.is_party(locked, actor):
        raise refuse(RefusalCode.WRONG_STATE)
    item.answer, item.answered_at = given.words, clock.now
    item.save(update_fields=["answer", "answered_at"])
    owner = _owner(report)
    taken = [
        *_take_in(given.files, owner, actor, clock),
        *hand_in(tray=given.tray, owner=owner, clock=clock),
    ]
    if item.files.count() + len(taken) > settings.EVIDENCE_MAX_FILES:
        raise FileRefused(too_many())
    item.files.add(*taken)
    record(
        what="completion.item_answered",
        subject=report.ref(),
        actor=actor,
        clock=clock,
        data={"item": item.pk, "files": len(taken)},
    )
    return item


def open_items(report: Report) -> QuerySet[CompletionItem]:
    """Return the missing things of the notice that waits for an answer."""
    rows = CompletionItem.objects.filter(
        request__report=report,
        request__review_round=report.review_round,
        request__answered_at__isnull=True,
    )
    return rows if report.state == ReportState.AWAITING_COMPLETION else rows.none()


@transaction.atomic(durable=True)
def complete_report(
    *,
    report: Report,
    answer: str,
    files: Sequence[ArrivedFile],
    expected_version: int,
    actor: Actor,
    clock: Clock,
    tray: Tray | None = None,
) -> Step:
    """Take in the answer with its files and send the report back to the initial review.

    What was answered item by item goes along, and so does what still waits for one of them. After the period it is taken in too and marked late.

    Raises:
        Refused: The report does not wait for a completion (any more).
        HoldsSecretCode: The words hold a secret code that is in use.
        FileRefused: A file cannot be taken in; nothing is written then.
    """
    refuse_secret_code(answer)
    locked = REPORT.adapter.lock(report.pk)
    if locked.state == ReportState.AWAITING_COMPLETION and locked.version == expected_version:
        _take_in(files, _owner(report), actor, clock)
        _empty_trays(tray, locked, clock)
    whole = "\n\n".join([*_answers(locked), *([answer] if answer else [])])
    return apply_within(
        workflow=REPORT,
        action=ReportAction.COMPLETE,
        subject_id=report.pk,
        actor=actor,
        clock=clock,
        context=StepContext(expected_version=expected_version, data={"answer": whole}),
    )


def _answers(report: Report) -> list[str]:
    rows = open_items(report).exclude(answer="")
    return [f"{row.label}: {row.answer}" for row in rows]


def _reporter(report: Report) -> Party | None:
    return Party.objects.filter(report=report, kind="REPORTER").first()


def _owner(report: Report) -> Owner:
    party = _reporter(report)
    return Owner(
        matter_id=report.matter_id,
        report_id=report.pk,
        party_id=party.pk if party else None,
    )


def _take_in(
    files: Sequence[ArrivedFile], owner: Owner, actor: Actor, clock: Clock
) -> list[Evidence]:
    return [take_in_file(file=file, owner=owner, actor=actor, clock=clock) for file in files]


def _empty_trays(tray: Tray | None, report: Report, clock: Clock) -> None:
    """Take in what waits for the whole, and what waits for a thing whose answer was never saved."""
    if tray is None:
        return
    owner = _owner(report)
    hand_in(tray=tray, owner=owner, clock=clock)
    for item in open_items(report):
        waits = replace(tray, purpose=for_item(item.position))
        item.files.add(*hand_in(tray=waits, owner=owner, clock=clock))
