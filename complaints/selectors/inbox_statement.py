"""The one statement of the inbox: written once for each set of roles, planned once a connection.

To write the SQL of some twenty kinds of work costs Django ten times what Postgres takes to answer
it, and to plan it costs Postgres as much again. So it is written for somebody who does not exist,
whose account, offices and day are then put in as parameters; PREPARE keeps the plan for as long as
the connection lives. Whom a relation ties to somebody has a statement of their own.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final
from weakref import WeakKeyDictionary

from django.core.exceptions import EmptyResultSet
from django.db import connection
from psycopg2.extensions import AsIs

from complaints import access
from complaints.selectors import inbox_arms as arms
from complaints.selectors.inbox_arms import CAP, NOW, SOON, USER, Arm, Reader
from neutrality.audit.actor import Actor, Grant
from neutrality.law.clock import Clock

SHOWN: Final = 5
SOON_AFTER: Final = timedelta(hours=24)
# What stands for the reader while the SQL is written; no row has any of these.
_NOBODY: Final = -4_000_000_000_000_000_001
_NO_DAY: Final = date(1, 1, 4)
_PLACE: Final = "~{}~"
_TYPES: Final = {int: "bigint", datetime: "timestamptz", date: "date", str: "text"}
ArmOf = tuple[frozenset[str], Callable[[Reader], Arm | tuple[Arm, ...]]]
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A statement with its own values, in which the stand-ins of a reader are left.

    `name` is what a connection calls it once it is prepared.
    """

    sql: str
    params: tuple[Any, ...]
    name: str = ""


def ask(piles: Sequence[ArmOf], *, actor: Actor, day: date, clock: Clock) -> list[Row]:
    """Return the first rows of every pile of the actor's roles; two queries.

    `piles` is the same sequence at every call.
    """
    with access.ties_asked_once():
        kept, excluded = access.kept_from(actor, day)
        own: dict[Any, Any] = {NOW: clock.now, SOON: clock.now + SOON_AFTER}
        if kept or excluded:
            return _run(_write(tuple(piles), actor, day), own, is_shared=False)
    shape, places = _shape(actor)
    with access.without_ties():
        written = _written(tuple(piles), shape)
    return _run(written, own | {_NOBODY: actor.user_id, _NO_DAY: day} | places, is_shared=True)


def _shape(actor: Actor) -> tuple[tuple[Grant, ...], dict[Any, Any]]:
    """Return the actor's grants with stand-ins for their places, and what these stand for."""
    paths = {each.at.path: _PLACE.format(place) for place, each in enumerate(actor.grants)}
    shape = tuple(
        replace(each, at=replace(each.at, path=paths[each.at.path], id=None))
        if each.at.kind == "office"
        else each
        for each in actor.grants
        if each.at.kind in {"office", "national"}
    )
    places: dict[Any, Any] = {stand_in: path for path, stand_in in paths.items()}
    places |= {f"{stand_in}/%": f"{path}/%" for path, stand_in in paths.items()}
    return shape, places


@lru_cache(maxsize=256)
def _written(piles: tuple[ArmOf, ...], shape: tuple[Grant, ...]) -> Written:
    actor = Actor(kind=USER, label="", user_id=_NOBODY, grants=shape)
    return _write(piles, actor, _NO_DAY)


def _write(piles: tuple[ArmOf, ...], actor: Actor, day: date) -> Written:
    parts: list[str] = []
    params: list[Any] = []
    for place, (roles, arm) in enumerate(piles):
        if not roles & actor.roles:
            continue
        found = arm(Reader(actor, day, roles & actor.roles))
        pieces = [_piece(rows) for rows in (found if isinstance(found, tuple) else (found,))]
        rows = " UNION ALL ".join(f"({sql})" for sql, _given in pieces if sql)
        if rows:
            parts.append(_PART.format(place=place, rows=rows, shown=SHOWN, columns=_NAMES))
            params += (value for _sql, given in pieces for value in given)
    if not parts:
        return Written("", ())
    whole = _WHOLE.format(parts=" UNION ALL ".join(parts))
    values = (*params, actor.user_id)
    digest = hashlib.sha256(repr((whole, values)).encode()).hexdigest()
    return Written(whole, values, f"inbox_{digest[:24]}")


def _piece(rows: Arm) -> tuple[str, tuple[Any, ...]]:
    try:
        return rows[: CAP + 1].query.sql_with_params()
    except EmptyResultSet:  # nothing of this kind can be this person's
        return "", ()


_NAMES: Final = ", ".join(arms.COLUMNS)
_PART: Final = (
    "(SELECT {place} AS pile, arm.*, count(*) OVER () AS total FROM ({rows}) AS arm ({columns})"
    " ORDER BY due_at NULLS LAST, since, key LIMIT {shown})"
)
_WHOLE: Final = """
    SELECT work.*, (SELECT time_zone FROM organisations_office WHERE id = work.office),
        seen.version, seen.seen_at FROM ({parts}) AS work
    LEFT JOIN complaints_seen AS seen ON seen.user_id = %s
        AND seen.subject_kind = work.kind AND seen.subject_id = work.key
    ORDER BY work.pile, work.due_at NULLS LAST, work.since, work.key
"""


def _run(written: Written, own: Mapping[Any, Any], *, is_shared: bool) -> list[Row]:
    if not written.sql:
        return []
    with connection.cursor() as cursor:
        if is_shared:
            name, wanted = _prepared(written, own, cursor.cursor)
            marks = ", ".join(["%s"] * len(wanted))
            cursor.execute(f"EXECUTE {name} ({marks})", [own[each] for each in wanted])
        else:
            cursor.execute(written.sql, [_own(each, own) for each in written.params])
        rows: list[Row] = cursor.fetchall()
    return rows


# Which statements a connection knows; it takes them along when it goes.
_KNOWN: Final[WeakKeyDictionary[Any, dict[str, tuple[Any, ...]]]] = WeakKeyDictionary()


def _prepared(
    written: Written,
    own: Mapping[Any, Any],
    cursor: Any,  # noqa: ANN401  the driver's
) -> tuple[str, tuple[Any, ...]]:
    """Return the name of the statement on this connection, and which values it asks for."""
    name = written.name
    known = _KNOWN.setdefault(connection.connection, {})
    if name not in known:
        wanted = tuple(dict.fromkeys(each for each in written.params if _is_own(each, own)))
        marks = {
            each: AsIs(f"${place}::{_TYPES[type(own[each])]}")
            for place, each in enumerate(wanted, start=1)
        }
        values = [marks[each] if _is_own(each, own) else each for each in written.params]
        # One plan for everybody from the first time on; nothing else on a connection is prepared.
        cursor.execute("SET plan_cache_mode = force_generic_plan")
        cursor.execute(b"PREPARE " + name.encode() + b" AS " + cursor.mogrify(written.sql, values))
        known[name] = wanted
    return name, known[name]


def _is_own(value: object, own: Mapping[Any, Any]) -> bool:
    """Whether a value of the statement is a stand-in; lists and the like never are."""
    return isinstance(value, int | str | date) and value in own


def _own(value: Any, own: Mapping[Any, Any]) -> Any:  # noqa: ANN401  whatever a column holds
    return own[value] if _is_own(value, own) else value
