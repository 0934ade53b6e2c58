"""Say which contest an entry is about; regime, form and number follow from it."""

from django.db import transaction

from complaints.codes import CaseState, ReportState, TipState
from complaints.models import Allegation, Matter, Report, Tip
from complaints.services.lodge import filing_due
from complaints.services.office_roles import CLERKS, locked, note
from complaints.tallies import count_file_under
from complaints.workflow import refusals
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import Refused
from neutrality.elections.models import Contest
from neutrality.law.clock import Clock


@transaction.atomic(durable=True)
def determine_contest(*, entry: Report | Tip, contest: Contest, actor: Actor, clock: Clock) -> None:
    """Set the contest of an entry and of what hangs on it; the filing window is counted anew.

    Raises:
        Refused: Not of this office, or a number that names the contest was given already.
    """
    row = locked(entry)
    note("entry.contest", row, *CLERKS, actor=actor, clock=clock, contest=contest.pk)
    if is_fixed(row):
        raise Refused(refusals.CONTEST_FIXED)
    columns = {"contest": contest, **_window(row, contest)}
    type(row)._base_manager.filter(pk=row.pk).update(**columns)  # noqa: SLF001  every row
    _determine_of_file(row.matter_id, contest)
    Allegation.objects.filter(matter_id=row.matter_id, qualified_at__isnull=True).update(
        contest=contest
    )


def _determine_of_file(matter_id: int, contest: Contest) -> None:
    """Set the contest of a file that is no case yet, and count the file under it."""
    files = Matter.objects.select_for_update(of=("self",), no_key=True)
    matter = (
        files.filter(pk=matter_id, state=CaseState.INTAKE).select_related("office__region").first()
    )
    if matter is None:
        return
    count_file_under(matter, contest.pk)
    Matter.objects.filter(pk=matter.pk).update(contest=contest, regime=contest.election.regime)


def is_fixed(entry: Report | Tip) -> bool:
    """Whether the contest can no longer change: the number names it."""
    if isinstance(entry, Report):
        return entry.state != ReportState.SUBMITTED and bool(entry.contest_id)
    return entry.state not in {TipState.RECORDED, TipState.TRACING, TipState.TRANSFERRED}


def _window(entry: Report | Tip, contest: Contest) -> dict[str, object]:
    """Count the window of filing by the regime now known (UU 7/2017 art. 454, UU 10/2016 art. 134)."""
    if not isinstance(entry, Report) or entry.known_on is None:
        return {}
    handed_in = Clock(now=entry.submitted_at)
    window, _ = filing_due(
        office=entry.office, contest=contest, known_on=entry.known_on, clock=handed_in
    )
    return {"window_due_at": window.due_at, "late": not window.is_met_by(entry.submitted_at)}
