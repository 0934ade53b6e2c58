"""Lodge a report: the file with its people, events and allegations, and its first step."""

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
from complaints.workflow.report import REPORT
from neutrality.audit.actor import Actor, ActorKind
from neutrality.casework.engine import create_within
from neutrality.elections.models import Contest
from neutrality.elections.selectors import calendar_for_office
from neutrality.law.books import rulebook_at
from neutrality.law.calendar import WorkCalendar
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
    if given.reporter is None:
        raise NoReporter
    rows = _rows(given, actor, clock)
    report = rows.entry
    rows.write()
    if given.draft_id is not None:
        end_draft(draft_id=given.draft_id, rows=rows, clock=clock)
    create_within(
        workflow=REPORT,
        action=ReportAction.SUBMIT,
        subject=report,
        actor=as_holder(actor, f"report:{report.pk}"),
        clock=clock,
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


def regime_of(contest: Contest | None) -> Regime:
    """Return the regime of a contest; Pilkada, the stricter one, while it is unknown."""
    return Regime(contest.election.regime) if contest else Regime.PILKADA


def calendar_of(office: Office, contest: Contest | None) -> WorkCalendar:
    """Return the calendar of an office during the election of a contest."""
    return calendar_for_office(office=office, election=contest.election if contest else None)


def service_due(*, given: Lodging, clock: Clock) -> datetime:
    """Return until when the office has to look at a new entry (its service clock)."""
    day = clock.today_in(given.office.tz)
    rule = rulebook_at(regime=regime_of(given.contest), day=day).period(PeriodCode.SERVICE)
    return due(rule, clock.now, calendar_of(given.office, given.contest)).due_at


def as_holder(actor: Actor, party_ref: str) -> Actor:
    """Return the citizen as the holder of this entry's code; staff act as themselves."""
    return replace(actor, party_ref=party_ref) if actor.kind is ActorKind.CITIZEN else actor


def _rows(given: Lodging, actor: Actor, clock: Clock) -> CaseRows:
    rows = new_case(
        given=given,
        model=Report,
        columns={
            "receipt_number": receipt_number("S", clock),
            "state": ReportState.SUBMITTED,
            "reporter_kind": given.reporter_kind,
            "declared_at": clock.now,
            **_window(given, clock),
        },
        actor=actor,
        clock=clock,
    )
    rows.entry.due_at = rows.matter.due_at = service_due(given=given, clock=clock)
    return rows


def _window(given: Lodging, clock: Clock) -> dict[str, object]:
    if given.known_on is None:
        return {}
    window, _ = filing_due(
        office=given.office, contest=given.contest, known_on=given.known_on, clock=clock
    )
    return {"window_due_at": window.due_at, "late": not window.is_met_by(clock.now)}
