"""Insert rows of several tables in one round trip, with keys taken from the sequences before.

A complaint is some thirty rows of ten tables. One INSERT per table would cost ten round trips,
which is most of what the final submit takes.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.db import connection
from django.db.models import Model
from django.db.models.sql import InsertQuery

Statement = tuple[str, tuple[Any, ...]]
_NEXT: Final = (
    "SELECT %s AS place, nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
)


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


def insert(*groups: Sequence[Model]) -> None:
    """Insert the rows, group after group, in one round trip; all of it or nothing.

    All rows of a group are of one model and either all have their key or none has.
    """
    for row in _all(groups):
        # As bulk_create does: a key that was given after the row was pointed to is taken over.
        row._prepare_related_fields_for_save(operation_name="insert")  # noqa: SLF001
    statements = [statement for group in groups if group for statement in _statements(group)]
    sql = "; ".join(text for text, _ in statements)
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for _, values in statements for value in values])
    for row in _all(groups):
        row._state.adding = False  # noqa: SLF001 - as bulk_create does
        row._state.db = connection.alias  # noqa: SLF001


def _statements(group: Sequence[Model]) -> Iterator[Statement]:
    model = type(group[0])
    fields = [
        field
        for field in model._meta.concrete_fields  # noqa: SLF001
        if not field.generated and not (field.primary_key and group[0].pk is None)
    ]
    query = InsertQuery(model)
    query.insert_values(fields, list(group))
    yield from query.get_compiler(connection=connection).as_sql()


def _all(groups: Iterable[Sequence[Model]]) -> Iterator[Model]:
    for group in groups:
        yield from group
