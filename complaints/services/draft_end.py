"""Close a draft: its answers go, its evidence moves to the file."""

from complaints.codes import DraftState
from complaints.models import Draft, Evidence, Report
from complaints.services.case_rows import CaseRows
from neutrality.law.clock import Clock


class DraftEnded(Exception):
    """The draft was sent before, or it expired."""


def end_draft(*, draft_id: int, rows: CaseRows, clock: Clock) -> None:
    """Mark the draft as sent in the caller's transaction and move its evidence to the file.

    The update is conditional, so that of two windows that send the same draft one is refused.

    Raises:
        DraftEnded: The draft is not open any more.
    """
    ended = Draft.objects.filter(pk=draft_id, state=DraftState.OPEN).update(
        state=DraftState.SENT, answers=b"", ended_at=clock.now, changed_at=clock.now
    )
    if not ended:
        raise DraftEnded(draft_id)
    is_report = isinstance(rows.entry, Report)
    Evidence.objects.filter(draft_id=draft_id).update(
        draft=None,
        matter=rows.matter,
        party=rows.reporter,
        report=rows.entry if is_report else None,
        tip=None if is_report else rows.entry,
    )
