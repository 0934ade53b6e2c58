"""Lodge a report: the file with its people, events and allegations, and its first step."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from complaints.codes import ReportState
from complaints.models import Report
from complaints.services.case_rows import CaseRows, new_case, receipt_number
from complaints.services.draft_end import end_draft
from complaints.services.lodging import (
    IncidentGiven,
    Lodging,
    RespondentGiven,
    WebGiven,
)
from complaints.workflow.actions import ReportAction
from complaints.workflow.base import calendar_of
from complaints.workflow.report import REPORT
from neutrality.audit.actor import Actor, ActorKind
from neutrality.casework.engine import create_within
from neutrality.elections.models import Contest
from neutrality.law.books import rulebook_at
from neutrality.law.clock import Clock
from neutrality.law.codes import PeriodCode, Regime
from neutrality.law.periods import Due, PeriodRule, due, filing_window
from neutrality.organisations.models import Office

__all__ = ["IncidentGiven", "Lodging", "NoReporter", "RespondentGiven", "WebGiven", "lodge_report"]


class NoReporter(ValueError):
    """A report has a named reporter (Perbawaslu 7/2022 art. 8); without one it is a tip."""


@transaction.atomic(durable=True)
def lodge_report(*, given: Lodging, actor: Actor, clock: Clock) -> Report:
    """Write a report with its file, code, service clock, receipt, audit and messages.

    A report after the filing window is written too and marked late; whoever calls it decides
    whether it should rather be a tip.

    Raises:
        NoReporter: Nobody gave a name.
        DraftEnded: The draft was sent before, from another window, or it expired.
    """
    return lodge_within(given=given, actor=actor, clock=clock)


def lodge_within(*, given: Lodging, actor: Actor, clock: Clock) -> Report:
    """Write a report in the caller's transaction; raises what `lodge_report` raises."""
    if given.reporter is None:
        raise NoReporter
    rows = _rows(given, actor, clock)
    report = rows.entry
    if given.draft_id is not None:
        end_draft(draft_id=given.draft_id, rows=rows, clock=clock)
    rows.write()
    create_within(
        workflow=REPORT,
        action=ReportAction.SUBMIT,
        subject=report,
        actor=as_holder(actor=actor, party_ref=f"report:{report.pk}"),
        clock=clock,
        context=given.context(),
    )
    assert isinstance(report, Report)  # noqa: S101 - what `new_case` was asked for
    return report


def filing_due(
    *, office: Office, contest: Contest | None, known_on: date, clock: Clock
) -> tuple[Due, PeriodRule]:
    """Return until when a report can be filed at this office, day by day, and by which rule.

    The stricter Pilkada rule holds until the contest is known (UU 7/2017 art. 454(6); UU 10/2016
    art. 134(4)).
    """
    book = rulebook_at(regime=regime_of(contest), day=clock.today_in(office.tz))
    rule = book.period(PeriodCode.FILING_WINDOW)
    return filing_window(rule, known_on, calendar_of(office, contest)), rule


def needs_second_person(
    *, office: Office, contest: Contest | None, at: datetime, clock: Clock
) -> bool:
    """Say whether something received at this moment is entered after the tolerance.

    The first step then asks for a reason, the paper and a second person (Perbawaslu 7/2022 art. 10
    counts from the receipt).
    """
    book = rulebook_at(regime=regime_of(contest), day=clock.today_in(office.tz))
    rule = book.period(PeriodCode.BACKDATE_TOLERANCE)
    return at < clock.now and not due(rule, at, calendar_of(office, contest)).is_met_by(clock.now)


def regime_of(contest: Contest | None) -> Regime:
    """Return the regime of a contest; Pilkada, the stricter one, while it is unknown."""
    return Regime(contest.election.regime) if contest else Regime.PILKADA


def first_due(*, given: Lodging, starts: Iterable[PeriodCode], clock: Clock) -> datetime:
    """Return when the earliest of the periods ends that start with a new entry."""
    received = given.received(clock)
    book = rulebook_at(regime=regime_of(given.contest), day=received.today_in(given.office.tz))
    calendar = calendar_of(given.office, given.contest)
    return min(due(book.period(code), received.now, calendar).due_at for code in starts)


def as_holder(*, actor: Actor, party_ref: str) -> Actor:
    """Return the citizen as the holder of this entry's code; staff act as themselves."""
    return replace(actor, party_ref=party_ref) if actor.kind is ActorKind.CITIZEN else actor


def _rows(given: Lodging, actor: Actor, clock: Clock) -> CaseRows:
    rows = new_case(
        given=given,
        model=Report,
        columns={
            "receipt_number": receipt_number(prefix="S", clock=clock),
            "state": ReportState.SUBMITTED,
            "reporter_kind": given.reporter_kind,
            "signature": given.signature,
            "declared_at": given.received(clock).now,
            **_window(given, clock),
        },
        actor=actor,
        clock=clock,
    )
    starts = REPORT.get(ReportAction.SUBMIT).starts
    rows.entry.due_at = first_due(given=given, starts=starts, clock=clock)
    rows.matter.due_at = rows.entry.due_at
    return rows


def _window(given: Lodging, clock: Clock) -> dict[str, object]:
    if given.known_on is None:
        return {}
    received = given.received(clock)
    window, _ = filing_due(
        office=given.office, contest=given.contest, known_on=given.known_on, clock=received
    )
    return {"window_due_at": window.due_at, "late": not window.is_met_by(received.now)}
