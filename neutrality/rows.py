"""Insert rows by SQL that is written once for each model, those of several tables in one round trip.

A complaint is some thirty rows of ten tables. One INSERT per table would cost ten round trips, and
Django's compiler would prepare each value by itself: together most of what the final submit takes.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from operator import attrgetter
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Field, FileField, JSONField, Model
from psycopg2.extras import Json

_NEXT: Final = (
    "SELECT %s AS place, nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
)
_NOT_PLAIN: Final = (ArrayField, FileField)


class NotPlain(TypeError):
    """A column of the model needs more than its value as it stands on the instance."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """How the rows of one model are inserted."""

    head: str
    places: str
    values: Callable[[Model], tuple[Any, ...]]


def give_keys(*groups: Sequence[Model]) -> None:
    """Give every row of these groups its primary key, in one statement.

    All rows of a group are of one model, whose key is a number of its own sequence.
    """
    wanted = [group for group in groups if group]
    sql = " UNION ALL ".join([_NEXT] * len(wanted))
    parameters = [
        value
        for place, group in enumerate(wanted)
        for value in (place, f'"{group[0]._meta.db_table}"', len(group))  # noqa: SLF001
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        keys: dict[int, list[int]] = {place: [] for place in range(len(wanted))}
        for place, key in cursor.fetchall():
            keys[place].append(key)
    for place, group in enumerate(wanted):
        for row, key in zip(group, keys[place], strict=True):
            row.pk = key


def create(row: Model) -> None:
    """Insert a row and give it the key that the database gave.

    Raises:
        NotPlain: The model has a column whose value must be converted.
    """
    row._prepare_related_fields_for_save(operation_name="insert")  # type: ignore[attr-defined]  # noqa: SLF001
    plan = _plan(type(row), with_key=False)
    with connection.cursor() as cursor:
        cursor.execute(f'{plan.head}{plan.places} RETURNING "id"', plan.values(row))
        (row.pk,) = cursor.fetchone() or (None,)
    _written(row)


def insert(*groups: Sequence[Model], or_leave: bool = False) -> None:
    """Insert the rows, group after group, in one round trip; all of it or nothing.

    All rows of a group are of one model and either all have their key or none has. With `or_leave`
    a row is left out where another stands in its place; nobody is told which.

    Raises:
        NotPlain: A model has a column whose value must be converted.
    """
    for row in _all(groups):
        # As bulk_create does: a key that was given after the row was pointed to is taken over.
        row._prepare_related_fields_for_save(operation_name="insert")  # type: ignore[attr-defined]  # noqa: SLF001
    statements: list[str] = []
    values: list[Any] = []
    tail = " ON CONFLICT DO NOTHING" if or_leave else ""
    for group in filter(None, groups):
        plan = _plan(type(group[0]), with_key=group[0].pk is not None)
        statements.append(plan.head + ", ".join([plan.places] * len(group)) + tail)
        for row in group:
            values += plan.values(row)
    with connection.cursor() as cursor:
        cursor.execute("; ".join(statements), values)
    for row in _all(groups):
        _written(row)


def _written(row: Model) -> None:
    """Say of a row what `save` and `bulk_create` say of it."""
    row._state.adding = False  # noqa: SLF001
    row._state.db = connection.alias  # noqa: SLF001


@cache
def _plan(model: type[Model], *, with_key: bool) -> _Plan:
    fields = [each for each in _columns(model) if with_key or not each.primary_key]
    odd = [each.name for each in fields if _needs_more(each)]
    if odd:
        raise NotPlain(f"{model.__name__}: {', '.join(odd)}")
    names = ", ".join(f'"{each.column}"' for each in fields)
    read = attrgetter(*(each.attname for each in fields))
    structured = frozenset(i for i, each in enumerate(fields) if isinstance(each, JSONField))
    return _Plan(
        head=f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ',  # noqa: S608, SLF001
        places=f"({', '.join(['%s'] * len(fields))})",
        values=partial(_wrapped, read, structured) if structured else read,
    )


def _needs_more(column: "Field[Any, Any]") -> bool:
    """Whether Django would write something else than what stands on the instance."""
    converts = isinstance(column, _NOT_PLAIN) or getattr(column, "encoder", None) is not None
    return converts or getattr(column, "auto_now", False) or getattr(column, "auto_now_add", False)


def _wrapped(
    read: Callable[[Model], tuple[Any, ...]], structured: Collection[int], row: Model
) -> tuple[Any, ...]:
    """Return the values of a row, those of its JSON columns as JSON."""
    return tuple(
        Json(value) if place in structured and value is not None else value
        for place, value in enumerate(read(row))
    )


def _columns(model: type[Model]) -> list["Field[Any, Any]"]:
    return [each for each in model._meta.concrete_fields if not each.generated]  # noqa: SLF001


def _all(groups: Iterable[Sequence[Model]]) -> Iterator[Model]:
    for group in groups:
        yield from group
