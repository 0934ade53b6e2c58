"""Loading the seeds: what is in the CSV files becomes rows, and used rows stay as they were."""

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models, transaction

from neutrality.law.clock import Clock
from neutrality.law.models import (
    CalendarDay,
    CitizenCategory,
    Coordination,
    FingerPose,
    Form,
    Instrument,
    LawRow,
    NumberFormat,
    OfficeHours,
    OtherLaw,
    Period,
    PledgeWording,
    PolicyRow,
    Quorum,
    ReportRequirement,
    Retention,
    RouteRow,
    Sanction,
    Situation,
    StageHours,
    Violation,
)
from neutrality.law.services.version import bump_version

SEEDS: Final = Path(__file__).resolve().parent.parent / "seeds"
NATIONAL_ZONE: Final = ZoneInfo("Asia/Jakarta")
_OWN_COLUMNS: Final = frozenset({"id", "used_at", "seed_key", "seed_digest"})


class BrokenSeed(Exception):
    """A seed file has a value that its table refuses; the message names file and line."""


@dataclass(frozen=True, slots=True)
class SeedTable:
    """A table, its file, and the columns that say which row is meant."""

    model: type[LawRow]
    file: str
    key: tuple[str, ...]


TABLES: Final = (
    SeedTable(Instrument, "instruments.csv", ("code",)),
    SeedTable(Period, "periods.csv", ("regime", "code")),
    SeedTable(Form, "forms.csv", ("regime", "role")),
    SeedTable(ReportRequirement, "requirements.csv", ("regime", "code")),
    SeedTable(Violation, "violations.csv", ("regime", "act", "stage")),
    SeedTable(OtherLaw, "other_laws.csv", ("regime", "act", "code")),
    SeedTable(Sanction, "sanctions.csv", ("sanction",)),
    SeedTable(RouteRow, "routes.csv", ("regime", "subject_kind", "outcome")),
    SeedTable(CitizenCategory, "citizen_categories.csv", ("code",)),
    SeedTable(FingerPose, "finger_poses.csv", ("code",)),
    SeedTable(Situation, "situations.csv", ("code",)),
    SeedTable(Quorum, "quorums.csv", ("regime", "members")),
    SeedTable(Coordination, "coordination.csv", ("regime", "matter")),
    SeedTable(NumberFormat, "number_formats.csv", ("regime", "register")),
    SeedTable(Retention, "retentions.csv", ("regime", "retention")),
    SeedTable(PolicyRow, "policies.csv", ("regime", "code")),
    SeedTable(StageHours, "stage_hours.csv", ("regime", "stage")),
    SeedTable(PledgeWording, "pledge_wordings.csv", ("code", "language")),
    SeedTable(OfficeHours, "office_hours.csv", ("area_code", "weekday")),
    SeedTable(CalendarDay, "calendar_days.csv", ("day", "area_code")),
)


@dataclass(slots=True)
class TableChange:
    """What loading did to one table.

    Attributes:
        table: The file's name without its ending.
        added: New rows.
        edited: Rows no case had used, changed in place.
        ended: Rows that got an end.
        removed: Rows no case had used and that left the file.
        kept: Rows that were as the file says.
        refused: Rows that could not follow the file, each with the reason.
    """

    table: str
    added: int = 0
    edited: int = 0
    ended: int = 0
    removed: int = 0
    kept: int = 0
    refused: list[str] = field(default_factory=list)

    @property
    def is_changed(self) -> bool:
        """Say whether anything was written."""
        return any((self.added, self.edited, self.ended, self.removed))


@dataclass(slots=True)
class _Plan:
    """The statements that one table needs."""

    change: TableChange
    write: list[LawRow] = field(default_factory=list)
    end: list[LawRow] = field(default_factory=list)
    remove: list[int] = field(default_factory=list)


@transaction.atomic
def load_law(*, clock: Clock, folder: Path = SEEDS) -> tuple[TableChange, ...]:
    """Bring every table in line with its file, and say what changed.

    Loading twice changes nothing. A row that a case has used is ended today and followed by a new
    one; rows entered by hand are left alone.

    Raises:
        BrokenSeed: When a file has a value that its table refuses.
    """
    today = clock.today_in(NATIONAL_ZONE)
    changes = tuple(_load_table(table, folder, today) for table in TABLES)
    if any(change.is_changed for change in changes):
        bump_version()
    return changes


def _load_table(table: SeedTable, folder: Path, today: date) -> TableChange:
    seeds = list(_read(table, folder / table.file))
    plan = _Plan(TableChange(table.file.removesuffix(".csv")))
    known = _latest(table.model)
    for seed in seeds:
        _decide(plan, seed, known.pop(str(seed.seed_key), None), today)
    for orphan in known.values():
        _orphaned(plan, orphan)
    _execute(table.model, plan)
    return plan.change


def _latest(model: type[LawRow]) -> dict[str, LawRow]:
    """Return the newest row of each seed."""
    rows = _rows_of(model).filter(seed_key__isnull=False).order_by(model.BEGINS)
    return {str(row.seed_key): row for row in rows}


def _decide(plan: _Plan, seed: LawRow, row: LawRow | None, today: date) -> None:
    if row is None:
        plan.write.append(seed)
        plan.change.added += 1
    elif row.seed_digest == seed.seed_digest:
        _follow_end(plan, seed, row)
    elif not row.is_used:
        _set(seed, seed.BEGINS, _get(row, row.BEGINS))
        plan.write.append(seed)
        plan.change.edited += 1
    else:
        _succeed(plan, seed, row, today)


def _follow_end(plan: _Plan, seed: LawRow, row: LawRow) -> None:
    """Take over an end that the file has and the row has not; an end set by hand stays."""
    end = _get(seed, seed.ENDS)
    if end is None or end == _get(row, row.ENDS):
        plan.change.kept += 1
        return
    _set(row, row.ENDS, end)
    plan.end.append(row)
    plan.change.ended += 1


def _succeed(plan: _Plan, seed: LawRow, row: LawRow, today: date) -> None:
    """End a used row today and let the changed one follow it."""
    last = _get(row, row.ENDS)
    if _get(row, row.BEGINS) >= today or (last is not None and last <= today):
        plan.change.refused.append(f"{seed.seed_key}: a case has used it, and it cannot end today")
        return
    _set(row, row.ENDS, today)
    _set(seed, seed.BEGINS, today)
    plan.end.append(row)
    plan.write.append(seed)
    plan.change.ended += 1
    plan.change.added += 1


def _orphaned(plan: _Plan, row: LawRow) -> None:
    if row.is_used:
        plan.change.refused.append(f"{row.seed_key}: no longer in the file, but a case has used it")
    else:
        plan.remove.append(row.pk)
        plan.change.removed += 1


def _execute(model: type[LawRow], plan: _Plan) -> None:
    if plan.remove:
        _rows_of(model).filter(pk__in=plan.remove).delete()
    if plan.end:
        _rows_of(model).bulk_update(plan.end, [model.ENDS])
    if plan.write:
        _rows_of(model).bulk_create(
            plan.write,
            update_conflicts=True,
            unique_fields=["seed_key", model.BEGINS],
            update_fields=[*_content_columns(model), model.ENDS, "seed_digest"],
        )


def _read(table: SeedTable, path: Path) -> Iterator[LawRow]:
    with path.open(encoding="utf-8", newline="") as file:
        for number, values in enumerate(csv.DictReader(file, strict=True), start=2):
            try:
                yield _instance(table, values)
            except (ValidationError, ValueError, TypeError, FieldDoesNotExist) as error:
                raise BrokenSeed(f"{path.name}, line {number}: {error}") from error


def _instance(table: SeedTable, values: dict[str, str]) -> LawRow:
    row = table.model(**{name: _value(table.model, name, text) for name, text in values.items()})
    names = (*table.key, table.model.BEGINS)
    row.seed_key = "/".join(str(_get(row, name)) for name in names)
    row.seed_digest = _digest(row)
    row.clean_fields(exclude=_OWN_COLUMNS)
    return row


def _value(model: type[LawRow], name: str, text: str) -> object:
    column = model._meta.get_field(name)  # noqa: SLF001
    if text == "" and column.null:
        return None
    if isinstance(column, ArrayField):
        return [part.strip() for part in text.split("|") if part.strip()]
    if not isinstance(column, models.Field):
        raise TypeError(f"{name} is not a column.")
    value: object = column.to_python(text)
    return value


def _digest(row: LawRow) -> str:
    content = {name: str(_get(row, name)) for name in _content_columns(type(row))}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _content_columns(model: type[LawRow]) -> Sequence[str]:
    """The columns that a row says something with, its dates apart."""
    apart = _OWN_COLUMNS | {model.BEGINS, model.ENDS}
    columns: Iterable[Any] = model._meta.concrete_fields  # noqa: SLF001
    return [column.name for column in columns if column.name not in apart]


def _rows_of(model: type[LawRow]) -> models.Manager[LawRow]:
    return model._default_manager  # noqa: SLF001


def _get(row: LawRow, name: str) -> Any:  # noqa: ANN401
    return getattr(row, name)


def _set(row: LawRow, name: str, value: object) -> None:
    setattr(row, name, value)
