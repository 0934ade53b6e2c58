"""Writing the record: one statement per call, chained by the database."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import connection

from neutrality.audit.actor import Actor, OrgRef
from neutrality.law.clock import Clock

_ENTRY_COLUMNS: Final = (
    "subject_kind, subject_id, what, occurred_at, recorded_at, actor_kind, user_id, party_ref,"
    " role, organisation_kind, organisation_id, organisation_path, data"
)
# The triggers of migration 0002 give the columns that stand here as constants.
_INSERT_RECORD: Final = (
    f"INSERT INTO audit_auditrow ({_ENTRY_COLUMNS}, before, after,"  # noqa: S608
    " id, position, previous_hash, hash) VALUES "
)
_RECORD_VALUES: Final = f"({', '.join(['%s'] * 15)}, 0, 0, '', '')"
_INSERT_ACCESS: Final = (
    f"INSERT INTO audit_accessrow ({_ENTRY_COLUMNS}, hash)"  # noqa: S608
    f" VALUES ({', '.join(['%s'] * 13)}, '')"
)
# Each subject's lock takes a place in the server's lock table, which holds some ten thousand.
_LOCK_KIND_FROM: Final = 500

_Value = str | int | datetime | None


class OutsideTransaction(RuntimeError):
    """An act was to be recorded outside the transaction that performs it."""


@dataclass(frozen=True, slots=True)
class SubjectRef:
    """What an act was done to, named without its table."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class Act:
    """One line of `record_many`; the fields mean what they mean in `record`."""

    what: str
    subject: SubjectRef
    occurred_at: datetime | None = None
    before: str = ""
    after: str = ""
    data: Mapping[str, str | int] = field(default_factory=dict)


def record(  # noqa: PLR0913 - an act has ten sides
    *,
    what: str,
    subject: SubjectRef,
    actor: Actor,
    clock: Clock,
    occurred_at: datetime | None = None,
    role: str = "",
    organisation: OrgRef | None = None,
    before: str = "",
    after: str = "",
    data: Mapping[str, str | int] | None = None,
) -> None:
    """Append one act to its subject's chain, in one statement.

    Other writers on the same subject wait until the caller's transaction ends. `data` holds ids,
    codes and hashes, never personal data; `occurred_at` is the legal time, by default now. Role
    and organisation default to those of an actor who has only one grant.

    Raises:
        OutsideTransaction: when no transaction is open.
        TypeError: when `data` is not a flat mapping of texts and whole numbers.
    """
    act = Act(what, subject, occurred_at, before, after, data or {})
    record_many(acts=[act], actor=actor, clock=clock, role=role, organisation=organisation)


def record_many(
    *,
    acts: Sequence[Act],
    actor: Actor,
    clock: Clock,
    role: str = "",
    organisation: OrgRef | None = None,
) -> None:
    """Append many acts of one actor in one statement; acts on one subject keep their order.

    Subjects are locked in a fixed order, so that two such calls cannot wait for each other. From
    500 subjects on, their kinds are locked as a whole by one statement more.

    Raises:
        OutsideTransaction: when no transaction is open.
        TypeError: when some `data` is not a flat mapping of texts and whole numbers.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction("An act is recorded in the transaction that performs it.")
    ordered = sorted(acts, key=lambda act: (act.subject.kind, act.subject.id))
    if not ordered:
        return
    by_whom = _by_whom(actor=actor, role=role, organisation=organisation)
    values = [value for act in ordered for value in _values(act, by_whom, clock)]
    with connection.cursor() as cursor:
        if len({act.subject for act in ordered}) >= _LOCK_KIND_FROM:
            kinds = sorted({act.subject.kind for act in ordered})
            cursor.execute("SELECT audit_lock_kinds(%s)", [kinds])
        cursor.execute(_INSERT_RECORD + ", ".join([_RECORD_VALUES] * len(ordered)), values)


def record_access(
    *,
    what: str,
    subject: SubjectRef,
    actor: Actor,
    clock: Clock,
    role: str = "",
    organisation: OrgRef | None = None,
    data: Mapping[str, str | int] | None = None,
) -> None:
    """Log one read, in one statement; the only write that a GET may make.

    Raises:
        TypeError: when `data` is not a flat mapping of texts and whole numbers.
    """
    act = Act(what=what, subject=subject, data=data or {})
    by_whom = _by_whom(actor=actor, role=role, organisation=organisation)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_ACCESS, _values(act, by_whom, clock)[:13])


def _by_whom(*, actor: Actor, role: str, organisation: OrgRef | None) -> list[_Value]:
    grant = actor.only_grant
    at = organisation or (grant.at if grant else None)
    acting_as = role or (grant.role if grant else "")
    where: list[_Value] = [at.kind, at.id, at.path] if at else ["", None, ""]
    return [actor.kind.value, actor.user_id, actor.party_ref, acting_as, *where]


def _values(act: Act, by_whom: Iterable[_Value], clock: Clock) -> list[_Value]:
    return [
        act.subject.kind,
        act.subject.id,
        act.what,
        act.occurred_at or clock.now,
        clock.now,
        *by_whom,
        _as_json(act.data),
        act.before,
        act.after,
    ]


def _as_json(data: Mapping[str, str | int]) -> str:
    for key, value in data.items():
        # A bool is an int to Python, and neither is an id.
        if type(value) not in {str, int} or not isinstance(key, str):
            raise TypeError(f"Audit data holds texts and whole numbers, not {key}={value!r}.")
    return json.dumps(data, ensure_ascii=False)
