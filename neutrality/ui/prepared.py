"""Queries of a page that Django writes once and asks again with other values.

To write the SQL of a list costs Django several times what Postgres takes to answer it; a file
page asks for some twenty lists. Everything else of the queryset stays what it was: fields,
joined objects, prefetches.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from datetime import date
from functools import cached_property
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)
Row = TypeVar("Row")
Value = int | date | UUID | None

# What stands for the value of an argument while the SQL is written: no row has such a key or day.
_FIRST_KEY: Final = -4_000_000_000_000_000_000
_FIRST_DAY: Final = date(1, 1, 2).toordinal()
_FIRST_UUID: Final = 1  # of version 0, which nothing makes


class Prepared(Generic[M, Row]):
    """A queryset of named keys, UUIDs and days; each process writes its SQL when it is first asked.

    The function that makes it gets stand-ins, so it must pass its arguments on as values to
    filter by and decide nothing by them. An argument that is annotated as `date` is a day, as
    `UUID` an id of that kind, every other a key.
    """

    def __init__(
        self, make: Callable[..., QuerySet[M, Row]], *, keys: Sequence[str] | None = None
    ) -> None:
        """Keep how to make the queryset; nothing is read yet.

        `keys` names the arguments of a function whose signature does not.
        """
        self._make = make
        self._keys = keys

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
        stand_ins = _stand_ins(self._make, self._keys)
        queryset = self._make(**{name: value for value, name in stand_ins.items()})
        compiler = queryset.query.get_compiler(queryset.db)
        sql, params = compiler.as_sql()
        places = tuple((_name(stand_ins, given), given) for given in params)
        return queryset, compiler, sql, places


StandIn = int | date | UUID


def _stand_ins(make: Callable[..., object], keys: Sequence[str] | None) -> Mapping[StandIn, str]:
    if keys is not None:
        return {_FIRST_KEY - place: name for place, name in enumerate(keys)}
    arguments = inspect.signature(make).parameters.values()
    return {_stand_in(each.annotation, place): each.name for place, each in enumerate(arguments)}


def _stand_in(annotation: object, place: int) -> StandIn:
    if annotation is date:
        return date.fromordinal(_FIRST_DAY + place)
    return UUID(int=_FIRST_UUID + place) if annotation is UUID else _FIRST_KEY - place


def _name(stand_ins: Mapping[Any, str], given: object) -> str:
    """Return the argument that a parameter stands for, or nothing for one of the query's own."""
    return stand_ins.get(given, "") if isinstance(given, int | date | UUID) else ""
