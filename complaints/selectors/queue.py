"""One list as an address asks for it: the door to filters, rows, columns and choices."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import QuerySet

from complaints.selectors.offices import hours_of
from complaints.selectors.queue_conditions import queue_of
from complaints.selectors.queue_wanted import Listing, Wanted, wanted_from
from neutrality.audit.actor import Actor
from neutrality.law.clock import Clock


def read_wanted(
    given: Mapping[str, str], *, listing: Listing, actor: Actor, clock: Clock
) -> Wanted:
    """Return what an address asks for; one query more where a filter asks for office hours."""
    wanted = wanted_from(given, listing=listing, actor=actor)
    if not wanted.needs_hours:
        return wanted
    day_ends, opens_at = hours_of(actor=actor, clock=clock)
    return replace(wanted, day_ends=day_ends, opens_at=opens_at)


def narrowed(
    listing: Listing, *, wanted: Wanted, actor: Actor, day: date, clock: Clock
) -> QuerySet[Any]:
    """Return the rows that are left; see `queue_of`."""
    return queue_of(listing, wanted=wanted, actor=actor, day=day, now=clock.now)
