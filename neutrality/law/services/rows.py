"""Ending rows, superseding days, and remembering which rows a case has used."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TypeAlias

from django.db import transaction

from neutrality.law.clock import Clock
from neutrality.law.models import (
    Form,
    LawRow,
    NumberFormat,
    OtherLaw,
    Period,
    PolicyRow,
    Quorum,
    ReportRequirement,
    Retention,
    RouteRow,
    Sanction,
    Violation,
)
from neutrality.law.periods import PeriodRule
from neutrality.law.requirements import Requirement
from neutrality.law.rulebook import (
    FormCode,
    NumberRule,
    OtherLawRule,
    Policy,
    QuorumRule,
    RetentionRule,
    Route,
    SanctionRule,
    ViolationRule,
)
from neutrality.law.services.version import bump_version

UsableRule: TypeAlias = (
    PeriodRule
    | FormCode
    | Requirement
    | ViolationRule
    | OtherLawRule
    | QuorumRule
    | Route
    | SanctionRule
    | RetentionRule
    | NumberRule
    | Policy
)

_TABLES: dict[type, type[LawRow]] = {
    PeriodRule: Period,
    FormCode: Form,
    Requirement: ReportRequirement,
    ViolationRule: Violation,
    OtherLawRule: OtherLaw,
    QuorumRule: Quorum,
    Route: RouteRow,
    SanctionRule: Sanction,
    RetentionRule: Retention,
    NumberRule: NumberFormat,
    Policy: PolicyRow,
}
# Rows this process knows to be marked in a committed transaction: nothing to write again.
_marked: set[tuple[type[LawRow], int]] = set()


class AlreadyEnded(Exception):
    """The row has an end; it is not moved."""


@transaction.atomic
def end_row(*, row: LawRow, ends_on: date) -> None:
    """Write the first day on which `row` no longer holds (for a closed day: is superseded).

    Raises:
        AlreadyEnded: When the row has an end.
        ValueError: When it would end before it began.
    """
    table = type(row)
    locked = table._default_manager.select_for_update(of=("self",)).get(pk=row.pk)  # noqa: SLF001
    if getattr(locked, table.ENDS) is not None:
        raise AlreadyEnded(f"{table.__name__} {row.pk} has an end.")
    if ends_on <= getattr(locked, table.BEGINS):
        raise ValueError("A row ends after it began.")
    setattr(locked, table.ENDS, ends_on)
    locked.save(update_fields=[table.ENDS])
    bump_version()


def mark_used(*, rules: Iterable[UsableRule], clock: Clock) -> None:
    """Remember that a case used the rows behind `rules`: from now on they are ended, not edited.

    One statement per table, none for rows that this process has marked before.
    """
    wanted: dict[type[LawRow], set[int]] = defaultdict(set)
    for rule in rules:
        table = _TABLES[type(rule)]
        if rule.row_id is not None and (table, rule.row_id) not in _marked:
            wanted[table].add(rule.row_id)
    for table, ids in wanted.items():
        _mark(table, ids, clock)


def _mark(table: type[LawRow], ids: set[int], clock: Clock) -> None:
    unmarked = table._default_manager.filter(pk__in=ids, used_at__isnull=True)  # noqa: SLF001
    unmarked.update(used_at=clock.now)
    transaction.on_commit(lambda: _marked.update((table, pk) for pk in ids))


def forget_marks() -> None:
    """Ask the database again which rows are marked."""
    _marked.clear()
