"""Unsaved rows into their table by COPY, with keys from its sequence; triggers fire as always."""

import json
import re
from collections.abc import Sequence
from io import StringIO
from typing import Final

from django.db import connection
from django.db.models import Model

_NO: Final = object()
_NULL: Final = r"\N"
_SPECIAL: Final = re.compile(r"[\\\n\r\t]")
_ESCAPES: Final = str.maketrans({"\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t"})


def copy_in(rows: Sequence[Model]) -> None:
    """Insert rows of one model in the caller's transaction; each gets its key.

    What is one and the same object in every row is turned into text once.
    """
    if not rows:
        return
    model = type(rows[0])
    table, columns = _table(model), _columns(model)
    _give_keys(rows, table)
    order = list(columns.values())
    shared = {name: _text(value) for name in order if (value := _common(rows, name)) is not _NO}
    data = "".join(
        "\t".join([shared[name] if name in shared else _text(vars(row)[name]) for name in order])
        + "\n"
        for row in rows
    )
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", StringIO(data))


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001


def _columns(model: type[Model]) -> dict[str, str]:
    """Return the attribute of each column."""
    fields = model._meta.concrete_fields  # noqa: SLF001
    return {str(field.column): str(field.attname) for field in fields if not field.generated}


def _common(rows: Sequence[Model], name: str) -> object:
    """Return what all rows hold under this name, if it is one object."""
    first = vars(rows[0])[name]
    return first if all(vars(row)[name] is first for row in rows) else _NO


def _give_keys(rows: Sequence[Model], table: str) -> None:
    """Take as many keys as there are rows; those that a trigger gives stay as they are."""
    if rows[0].pk is not None:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, len(rows)],
        )
        keys = [key for (key,) in cursor.fetchall()]
    for row, key in zip(rows, keys, strict=True):
        row.pk = key


def _text(value: object) -> str:
    if type(value) is int:
        return str(value)
    if value is None:
        return _NULL
    if isinstance(value, bytes | memoryview):
        return rf"\\x{bytes(value).hex()}"
    text = json.dumps(value) if isinstance(value, dict | list) else str(value)
    return text.translate(_ESCAPES) if _SPECIAL.search(text) else text
