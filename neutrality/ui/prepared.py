"""Queries of a page that Django writes once and asks again with other values.

To write the SQL of a list costs Django several times what Postgres takes to answer it; a file
page asks for some twenty lists. Everything else of the queryset stays what it was: fields,
joined objects, prefetches.
"""

import inspect
from collections.abc import Callable, Mapping
from copy import copy
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)
Row = TypeVar("Row")
Value = int | str | date | datetime | UUID | None

# What stands for the value of an argument while the SQL is written: no row has such a key or day.
_FIRST_KEY: Final = -4_000_000_000_000_000_000
_FIRST_DAY: Final = date(1, 1, 2).toordinal()
_FIRST_UUID: Final = 1  # of version 0, which nothing makes
_FIRST_INSTANT: Final = datetime(1, 1, 2, tzinfo=UTC)
_TEXT: Final = "\ue000"  # for private use: nothing of ours holds it


class Prepared(Generic[M, Row]):
    """A queryset of named values; each process writes its SQL when it is first asked.

    The function that makes it gets stand-ins, so it must pass its arguments on as values to
    filter by and decide nothing by them. An argument that is annotated as `date`, `datetime`,
    `str` or `UUID` is one; every other is a key.
    """

    def __init__(
        self, make: Callable[..., QuerySet[M, Row]], *, names: Mapping[str, type] | None = None
    ) -> None:
        """Keep how to make the queryset; nothing is read yet.

        `names` are the arguments of a function whose signature does not tell, with their types.
        """
        self._make = make
        self._names = names

    def __call__(self, **values: Value) -> list[Row]:
        """Return the rows for these values; one query (and those of its prefetches).

        Raises:
            KeyError: A value is missing.
        """
        queryset, compiler, sql, places = self._written
        ready = copy(compiler)
        ready.connection = connections[queryset.db]
        asked = sql, tuple(values[name] if name else given for name, given in places)
        ready.as_sql = lambda *_, **__: asked  # type: ignore[method-assign,assignment]
        rows = queryset.all()
        rows.query.get_compiler = lambda *_, **__: ready  # type: ignore[method-assign]
        return list(rows)

    @cached_property
    def _written(
        self,
    ) -> tuple[QuerySet[M, Row], SQLCompiler, str, tuple[tuple[str, object], ...]]:
        stand_ins = _stand_ins(self._make, self._names)
        queryset = self._make(**{name: value for value, name in stand_ins.items()})
        compiler = queryset.query.get_compiler(queryset.db)
        sql, params = compiler.as_sql()
        places = tuple((_name(stand_ins, given), given) for given in params)
        return queryset, compiler, sql, places


StandIn = int | str | date | datetime | UUID


def _stand_ins(
    make: Callable[..., object], names: Mapping[str, type] | None
) -> Mapping[StandIn, str]:
    if names is None:
        arguments = inspect.signature(make).parameters.values()
        names = {each.name: each.annotation for each in arguments}
    return {_stand_in(kind, place): name for place, (name, kind) in enumerate(names.items())}


def _stand_in(annotation: object, place: int) -> StandIn:
    if annotation is date:
        return date.fromordinal(_FIRST_DAY + place)
    if annotation is datetime:
        return _FIRST_INSTANT.replace(microsecond=place)
    if annotation is str:
        return f"{_TEXT}{place}"
    return UUID(int=_FIRST_UUID + place) if annotation is UUID else _FIRST_KEY - place


def _name(stand_ins: Mapping[Any, str], given: object) -> str:
    """Return the argument that a parameter stands for, or nothing for one of the query's own."""
    return stand_ins.get(given, "") if isinstance(given, StandIn) else ""
