"""The rows of the three lists as text: one query for a page, one more where texts are alike."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from complaints.act_words import spoken_acts
from complaints.models import NumberEntry, Report, Tip
from complaints.selectors.file_parts import TONES
from complaints.selectors.queue_columns import Cell, Column, standing
from complaints.selectors.queue_wanted import CASES, REPORTS, SAME, Listing
from complaints.selectors.same_text import counts_of_same
from neutrality.law.codes import RegisterKind

_REGISTERED: Final = (RegisterKind.REG_LP, RegisterKind.REG_TM)
_ALWAYS: Final = ("pk", "due_at", "public_id", "state", "office__time_zone")
_HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "reports": ("receipt_number", "number", "text_key", "office_path"),
    "tips": ("receipt_number", "text_key", "office_path"),
    "cases": ("title",),
}


class QueueRow(NamedTuple):
    """One row: where it leads, what it is called, how it stands, and its cells."""

    url: str
    number: str
    below: str
    state: str
    tone: str
    standing: str
    cells: tuple[Cell, ...]
    same: int
    same_url: str


def values_of(
    rows: QuerySet[Any], *, listing: Listing, columns: Sequence[Column]
) -> QuerySet[Any, Any]:
    """Return what the rows show as plain values, ready to be cut into pages."""
    made = {name: each for column in columns for name, each in column.made.items()}
    if listing is CASES:
        made["register_number"] = Coalesce(Subquery(_numbers()), Value(""))
    read = [name for column in columns for name in column.fields]
    # The cursor of a page reads what the list is sorted by.
    names = dict.fromkeys((*_ALWAYS, *_HEADS[listing.name], listing.arrived, *read, *made))
    values: QuerySet[Any, Any] = rows.annotate(**made).values_list(*names, named=True)
    return values


def shown(
    items: Sequence[Any], *, listing: Listing, columns: Sequence[Column], now: datetime
) -> list[QueueRow]:
    """Return the rows of one page as they are shown; labels are looked up once.

    Equal texts are counted in one query more, only where there are texts long enough to compare.
    """
    words = {value: (str(label), TONES.get(value, "info")) for value, label in listing.states}
    prefix = reverse(listing.view)
    same = _same(items, listing)
    return [_row(row, listing, columns, now, (prefix, words, same)) for row in items]


def _numbers() -> QuerySet[Any, Any]:
    rows = NumberEntry.objects.filter(matter_id=OuterRef("pk"), kind__in=_REGISTERED)
    return rows.order_by("given_at", "pk").values("text")[:1]


def _same(items: Sequence[Any], listing: Listing) -> Mapping[tuple[str, str], int]:
    if listing is CASES:
        return {}
    model = Report if listing is REPORTS else Tip
    return counts_of_same(model=model, pairs=((row.text_key, row.office_path) for row in items))


def _row(
    row: Any,  # noqa: ANN401  named values
    listing: Listing,
    columns: Sequence[Column],
    now: datetime,
    known: tuple[str, Mapping[str, tuple[str, str]], Mapping[tuple[str, str], int]],
) -> QueueRow:
    prefix, words, same = known
    tz = ZoneInfo(row.office__time_zone)
    key = "" if listing is CASES else row.text_key
    number, below = _head(row, listing)
    return QueueRow(
        f"{prefix}{row.public_id}/",
        number,
        below,
        *words[row.state],
        standing(row.due_at, now),
        tuple(column.cell(row, now, tz) for column in columns),
        same.get((key, row.office_path), 0) if key else 0,
        f"{prefix}?{SAME}={key}" if key else "",
    )


def _head(row: Any, listing: Listing) -> tuple[str, str]:  # noqa: ANN401
    if listing is CASES:
        return spoken_acts(row.title), row.register_number
    return getattr(row, "number", "") or row.receipt_number, ""
