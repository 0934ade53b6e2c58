"""Pages that begin after a row instead of after a number of rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from django.core import signing
from django.core.exceptions import SuspiciousOperation
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Func, Model, Q, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler
from django.utils.formats import number_format

M = TypeVar("M", bound=Model)
Row = TypeVar("Row")

Key = str | int | date | datetime | Decimal | UUID
FORWARD: Final = "f"
BACKWARD: Final = "b"


class BadCursor(SuspiciousOperation):
    """The cursor in the address was not made by us for this list."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows, and the cursors of the pages beside; an empty cursor means there is none."""

    items: tuple[Row, ...]
    next: str
    previous: str

    def __bool__(self) -> bool:
        """Whether the page has rows."""
        return bool(self.items)


@dataclass(frozen=True, slots=True)
class CappedCount:
    """A count that stops at a cap: `312`, or `1.000+` when there are more."""

    value: int
    is_capped: bool

    def __str__(self) -> str:
        """The number with its thousands, and a plus sign when it was not counted to the end."""
        return number_format(self.value, force_grouping=True) + ("+" if self.is_capped else "")


def capped_count(rows: QuerySet[Any, Any], *, cap: int = 1000) -> CappedCount:
    """Count at most `cap` rows and one more, in one query."""
    counted = rows.order_by()[: cap + 1].count()
    return CappedCount(value=min(counted, cap), is_capped=counted > cap)


def paginate(
    rows: QuerySet[M, Row], *, order: Sequence[str], cursor: str = "", size: int = 25
) -> Page[Row]:
    """Return the page of `rows` that `cursor` names; the first page when it is empty.

    `order` names columns, `-` for falling; the last one must be unique and none may be null, so
    that no row is lost or shown twice, whatever happens between two requests. One query of
    `size` + 1 rows, at the cost of the page and not of its place.

    Raises:
        BadCursor: `cursor` was forged, or belongs to another list.
    """
    direction, keys = _read(cursor, order) if cursor else (FORWARD, ())
    wanted = list(order) if direction == FORWARD else [_reverse(name) for name in order]
    if keys:
        rows = rows.filter(_after(wanted, keys))
    found = list(rows.order_by(*wanted)[: size + 1])
    has_more, items = len(found) > size, found[:size]
    if direction == BACKWARD:
        items.reverse()
        return _page(items, order, has_next=True, has_previous=has_more)
    return _page(items, order, has_next=has_more, has_previous=bool(keys))


def _page(
    items: list[Row], order: Sequence[str], *, has_next: bool, has_previous: bool
) -> Page[Row]:
    if not items:
        return Page((), next="", previous="")
    return Page(
        tuple(items),
        next=_write(FORWARD, items[-1], order) if has_next else "",
        previous=_write(BACKWARD, items[0], order) if has_previous else "",
    )


def _reverse(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _after(order: Sequence[str], keys: Sequence[Key]) -> "_Beyond | Q":
    """Rows that come later than `keys`."""
    falling = [name.startswith("-") for name in order]
    if all(falling) or not any(falling):
        return _Beyond(
            *(name.lstrip("-") for name in order), *map(Value, keys), is_below=falling[0]
        )
    return _after_mixed(order, keys)


def _after_mixed(order: Sequence[str], keys: Sequence[Key]) -> Q:
    """The same where some columns rise and others fall; the first also bounds, for the index."""
    condition = Q(pk__in=[])
    equal = Q()
    for name, key in zip(order, keys, strict=True):
        column, operator = (name[1:], "lt") if name.startswith("-") else (name, "gt")
        condition |= equal & Q(**{f"{column}__{operator}": key})
        equal &= Q(**{column: key})
    first, operator = (order[0][1:], "lte") if order[0].startswith("-") else (order[0], "gte")
    return Q(**{f"{first}__{operator}": keys[0]}) & condition


class _Beyond(Func):
    """`(due_at, id) > (a, b)`: one range of an index, which the same said with OR is not."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, *columns_and_keys: str | Value, is_below: bool) -> None:
        super().__init__(*columns_and_keys)
        self.is_below = is_below

    def as_sql(  # type: ignore[override]  # Func has arguments of its own more
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,  # noqa: ARG002
    ) -> tuple[str, tuple[Any, ...]]:
        parts = [compiler.compile(each) for each in self.get_source_expressions()]
        half = len(parts) // 2
        left, right = (
            ", ".join(sql for sql, _params in side) for side in (parts[:half], parts[half:])
        )
        params = tuple(each for _sql, given in parts for each in given)
        return f"({left}) {'<' if self.is_below else '>'} ({right})", params


def _value(row: object, name: str) -> object:
    if isinstance(row, Mapping):
        return row[name]
    for step in name.split("__"):
        row = getattr(row, step)
    return row


def _write(direction: str, row: object, order: Sequence[str]) -> str:
    keys = [_encode(_value(row, name.lstrip("-"))) for name in order]
    return signing.dumps([direction, *keys], salt=_salt(order), compress=True)


def _read(cursor: str, order: Sequence[str]) -> tuple[str, tuple[Key, ...]]:
    try:
        direction, *keys = signing.loads(cursor, salt=_salt(order))
    except signing.BadSignature as bad:
        raise BadCursor("The cursor does not belong to this list.") from bad
    return direction, tuple(_decode(key) for key in keys)


def _salt(order: Iterable[str]) -> str:
    return "keyset:" + ",".join(order)


_WRITERS: Final = {datetime: "t", date: "d", Decimal: "n", UUID: "u"}
_READERS: Final[Mapping[str, Any]] = {
    "t": datetime.fromisoformat,
    "d": date.fromisoformat,
    "n": Decimal,
    "u": UUID,
}


def _encode(value: object) -> str | int | list[str]:
    if isinstance(value, str | int) and not isinstance(value, bool):
        return value
    kind = _WRITERS.get(type(value))
    if kind is None:
        raise TypeError(f"A page cannot be ordered by {value!r}.")
    text = value.isoformat() if isinstance(value, date) else str(value)
    return [kind, text]


def _decode(key: str | int | list[str]) -> Key:
    if isinstance(key, str | int):
        return key
    kind, text = key
    read: Key = _READERS[kind](text)
    return read
