"""What is coming: sessions and plenary meetings, day by day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from complaints import access
from complaints.calendar_file import Event
from complaints.codes import MeetingState, SessionState
from complaints.models import ClarificationSession, PlenaryMeeting
from complaints.selectors.clarification import state_badge, who
from complaints.selectors.meeting import Badge, badge
from neutrality.audit.actor import Actor
from neutrality.law.clock import Clock
from neutrality.ui.dates import local, say_day, say_time

AHEAD: Final = timedelta(days=60)
MOST: Final = 200
MEETING_TAKES: Final = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Appointment:
    """One meeting or session."""

    day: date
    time: str
    title: str
    detail: str
    url: str
    state: Badge


@dataclass(frozen=True, slots=True)
class Day:
    """The appointments of one local day."""

    words: str
    appointments: tuple[Appointment, ...]


def coming(*, actor: Actor, day: date, clock: Clock) -> tuple[Day, ...]:
    """Return the appointments from today on, for two months; two queries."""
    first = clock.now - timedelta(days=1)
    found = [*_sessions(actor, day, first), *_meetings(actor, first)]
    kept = sorted((row for row in found if row.day >= day), key=lambda row: (row.day, row.time))
    return tuple(
        Day(say_day(on), tuple(rows)) for on, rows in groupby(kept, key=lambda row: row.day)
    )


def events(*, actor: Actor, day: date, clock: Clock) -> Iterator[Event]:
    """Yield the same appointments for a calendar file, without a word of any case; two queries."""
    first = clock.now - timedelta(days=1)
    for row in _session_rows(actor, day, first):
        yield Event(
            uid=f"klarifikasi-{row.public_id}",
            title=_("Klarifikasi %(id)s") % {"id": row.public_id},
            place=row.place,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
        )
    for meeting in _meeting_rows(actor, first):
        yield Event(
            uid=f"pleno-{meeting.public_id}",
            title=_("Rapat pleno %(id)s") % {"id": meeting.public_id},
            place=meeting.place,
            starts_at=meeting.planned_at,
            ends_at=meeting.planned_at + MEETING_TAKES,
        )


def _session_rows(actor: Actor, day: date, first: datetime) -> list[ClarificationSession]:
    rows = ClarificationSession.objects.filter(
        matter__in=access.matters_for(actor=actor, day=day).values("pk"),
        starts_at__gte=first,
        starts_at__lt=first + AHEAD,
        state__in=[SessionState.PLANNED, SessionState.HELD],
    )
    return list(rows.select_related("party", "matter__office").order_by("starts_at", "pk")[:MOST])


def _sessions(actor: Actor, day: date, first: datetime) -> Iterator[Appointment]:
    for row in _session_rows(actor, day, first):
        tz = row.matter.office.tz
        at = local(row.starts_at, tz)
        yield Appointment(
            day=at.date(),
            time=say_time(row.starts_at, tz),
            title=_("Klarifikasi %(who)s") % {"who": who(row.party)},
            detail=f"{row.matter.title} · {row.place}",
            url=reverse("staff:session", args=[row.public_id]),
            state=state_badge(row),
        )


def _meeting_rows(actor: Actor, first: datetime) -> list[PlenaryMeeting]:
    rows = access.meetings_for(actor=actor).filter(
        planned_at__gte=first,
        planned_at__lt=first + AHEAD,
        state__in=[MeetingState.PLANNED, MeetingState.OPEN],
    )
    return list(rows.select_related("office").order_by("planned_at", "pk")[:MOST])


def _meetings(actor: Actor, first: datetime) -> Iterator[Appointment]:
    for row in _meeting_rows(actor, first):
        tz = row.office.tz
        at = local(row.planned_at, tz)
        yield Appointment(
            day=at.date(),
            time=say_time(row.planned_at, tz),
            title=_("Rapat pleno"),
            detail=" · ".join(filter(None, (row.office.name, row.place))),
            url=reverse("staff:meeting", args=[row.public_id]),
            state=badge(MeetingState(row.state)),
        )
