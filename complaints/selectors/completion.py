"""What the reporter is asked to complete, item by item, and what was saved so far."""

from collections.abc import Iterable
from dataclasses import dataclass

from complaints.models import Report
from complaints.selectors.carried import ItemFile, state_of, waiting_among
from complaints.services.completion import open_items
from neutrality.casework.models import ClockState, LegalClock
from neutrality.law.clock import Clock
from neutrality.law.codes import PeriodCode, RequirementCode
from neutrality.law.labels import label
from neutrality.ui.dates import say_instant, say_short_instant


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One missing thing and its answer so far."""

    position: int
    label: str
    reason: str
    answer: str
    answered: str
    files: tuple[ItemFile, ...]


def completion_items(*, report: Report) -> tuple[ItemRow, ...]:
    """Return the missing things with what was saved, in two queries."""
    tz = report.office.tz
    return tuple(
        ItemRow(
            position=row.position,
            label=label(RequirementCode(row.code)),
            reason=row.reason,
            answer=row.answer,
            answered=say_short_instant(row.answered_at, tz) if row.answered_at else "",
            files=tuple(
                ItemFile(file.original_name, file.caption, state_of(file))
                for file in row.files.all()
            ),
        )
        for row in open_items(report).prefetch_related("files").order_by("position")
    )


def waiting_for(items: Iterable[ItemRow]) -> int:
    """Return how many files of these items are still being examined."""
    return waiting_among(file.state for item in items for file in item.files)


def late_since(*, report: Report, clock: Clock) -> str:
    """Say when the period of completion ended, or nothing while it runs."""
    row = LegalClock.objects.filter(
        subject_kind="report",
        subject_id=report.pk,
        code=PeriodCode.COMPLETION,
        state=ClockState.OPEN,
        due_at__lt=clock.now,
    ).first()
    return say_instant(row.due_at, report.office.tz) if row else ""
