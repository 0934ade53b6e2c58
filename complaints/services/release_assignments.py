"""Take files from officers who cannot work on them any more: they are everybody's again."""

from itertools import groupby
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from complaints.models import Matter, Report, Tip
from complaints.services.holders import Thing, lost
from neutrality.audit.actor import SYSTEM, Actor
from neutrality.audit.record import Act, record_many
from neutrality.law.clock import Clock

TABLES: Final[tuple[type[Thing], ...]] = (Report, Tip, Matter)
MOST: Final = 1000
CAPITAL: Final = ZoneInfo("Asia/Jakarta")


@transaction.atomic(durable=True)
def release_assignments(*, clock: Clock) -> int:
    """Release what lies with somebody without the role, or tied to a respondent; returns how much.

    At most a thousand of each kind at once; the next run finds the rest.
    """
    day = clock.today_in(CAPITAL)
    found = [row for table in TABLES for row in _locked(lost(table, day=day))]
    return _release(found, SYSTEM, clock)


def release_of_person(*, user_id: int, actor: Actor, clock: Clock) -> None:
    """Release what this person cannot go on with, inside the caller's transaction."""
    day = clock.today_in(CAPITAL)
    held = [lost(table, day=day).filter(assignee_id=user_id) for table in TABLES]
    _release([row for rows in held for row in _locked(rows)], actor, clock)


def release_of_file(*, matter_id: int, actor: Actor, clock: Clock) -> None:
    """Release what lies wrong in one file after a step, inside the caller's transaction."""
    day = clock.today_in(CAPITAL)
    entries = [lost(table, day=day).filter(matter_id=matter_id) for table in (Report, Tip)]
    whole = [*entries, lost(Matter, day=day).filter(pk=matter_id)]
    _release([row for rows in whole for row in _locked(rows)], actor, clock)


def _locked(rows: QuerySet[Any]) -> list[Thing]:
    """Lock the rows; what another transaction holds is left to the next run."""
    free = rows.select_related("office").select_for_update(of=("self",), skip_locked=True)
    return list(free.order_by("pk")[:MOST])


def _release(things: list[Thing], actor: Actor, clock: Clock) -> int:
    for table in TABLES:
        keys = [thing.pk for thing in things if isinstance(thing, table)]
        table._base_manager.filter(pk__in=keys).update(assignee=None)  # noqa: SLF001  every row
    for thing in things:
        if not isinstance(thing, Matter):  # the file was given along with its entry
            along = Matter.objects.filter(pk=thing.matter_id, assignee_id=thing.assignee_id)
            along.update(assignee=None)
    ordered = sorted(things, key=lambda thing: thing.office_id)
    for _office, group in groupby(ordered, key=lambda thing: thing.office_id):
        rows = list(group)
        acts = [
            Act(what="entry.released", subject=row.ref(), data={"from": row.assignee_id or 0})
            for row in rows
        ]
        record_many(acts=acts, actor=actor, clock=clock, organisation=rows[0].office.ref())
    return len(things)
