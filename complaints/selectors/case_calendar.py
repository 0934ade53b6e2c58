"""What is coming: sessions and plenary meetings, day by day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints import access
from complaints.calendar_file import Event
from complaints.codes import MeetingState, SessionState
from complaints.models import ClarificationSession, PlenaryMeeting
from complaints.selectors.clarification import state_badge, who
from complaints.selectors.meeting import Badge, badge
from neutrality.accounts.scope import offices_in_scope
from neutrality.audit.actor import NATIONAL, Actor
from neutrality.law.clock import Clock
from neutrality.organisations.models import ROOT_OFFICE
from neutrality.ui.dates import local, say_day, say_time

AHEAD: Final = timedelta(days=60)
MOST: Final = 200
EVERYWHERE: Final = "semua"
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


@dataclass(frozen=True, slots=True)
class Coming:
    """The days with something on them; `until` is the last one where there was too much to show."""

    days: tuple[Day, ...]
    until: str


@dataclass(frozen=True, slots=True)
class Where:
    """Whose calendar it is: that of these offices, or with None of everything below them too."""

    paths: tuple[str, ...] | None

    def of(self, field: str) -> Q:
        """Return the condition on a column with the path of an office."""
        return Q() if self.paths is None else Q(**{f"{field}__in": self.paths})


def own_offices(actor: Actor) -> Where:
    """Return the offices where the actor holds a role, not those below."""
    held = (grant.at for grant in actor.grants if grant.role in access.OFFICE)
    paths = {ROOT_OFFICE if at.kind == NATIONAL.kind else at.path for at in held}
    return Where(tuple(sorted(paths)))


def where_of(*, wanted: str, actor: Actor) -> Where:
    """Return what an address asks for: one office in reach, all of them, or else the own ones."""
    if wanted == EVERYWHERE:
        return Where(None)
    own = own_offices(actor)
    if not wanted:
        return own
    rows = offices_in_scope(actor, *access.OFFICE).values_list("public_id", "path")
    paths = {str(key): path for key, path in rows}
    return Where((paths[wanted],)) if wanted in paths else own


def offices_to_choose(*, actor: Actor) -> list[tuple[str, str]]:
    """Return the offices in reach by key and name, nothing where there is but one; one query."""
    rows = offices_in_scope(actor, *access.OFFICE).order_by("path").values_list("public_id", "name")
    found = [(str(key), name) for key, name in rows]
    return found if len(found) > 1 else []


def coming(*, actor: Actor, day: date, clock: Clock, where: Where) -> Coming:
    """Return the appointments from today on, for two months; two queries.

    Beyond some hundred the list ends, for all kinds at the same time, and says so.
    """
    sessions, meetings, until = _rows(actor, day, clock, where)
    found = [*map(_session, sessions), *map(_meeting, meetings)]
    kept = sorted((row for row in found if row.day >= day), key=lambda row: (row.day, row.time))
    days = tuple(
        Day(say_day(on), tuple(rows)) for on, rows in groupby(kept, key=lambda row: row.day)
    )
    return Coming(days, days[-1].words if until and days else "")


def events(*, actor: Actor, day: date, clock: Clock) -> Iterator[Event]:
    """Yield what the own offices have, for a calendar file, without a word of any case.

    Two queries. Where there is more than the file holds, its last entry says so.
    """
    sessions, meetings, until = _rows(actor, day, clock, own_offices(actor))
    for row in sessions:
        yield Event(
            uid=f"klarifikasi-{row.public_id}",
            title=_("Klarifikasi %(id)s") % {"id": row.public_id},
            place=row.place,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
        )
    for meeting in meetings:
        yield Event(
            uid=f"pleno-{meeting.public_id}",
            title=_("Rapat pleno %(id)s") % {"id": meeting.public_id},
            place=meeting.place,
            starts_at=meeting.planned_at,
            ends_at=meeting.planned_at + MEETING_TAKES,
        )
    if until:
        title = _("Kalender terpotong di sini: lihat halaman Kalender")
        yield Event(uid="terpotong", title=title, place="", starts_at=until, ends_at=until)


def _rows(
    actor: Actor, day: date, clock: Clock, where: Where
) -> tuple[list[ClarificationSession], list[PlenaryMeeting], datetime | None]:
    """Return what begins in time, cut at the same instant, and that instant where it was cut."""
    first = clock.now - timedelta(days=1)
    sessions = _session_rows(actor, day, first, where)
    meetings = _meeting_rows(actor, first, where)
    ends = [row.starts_at for row in sessions[MOST - 1 : MOST] if len(sessions) > MOST]
    ends += [row.planned_at for row in meetings[MOST - 1 : MOST] if len(meetings) > MOST]
    if not ends:
        return sessions, meetings, None
    until = min(ends)
    return (
        [row for row in sessions[:MOST] if row.starts_at <= until],
        [row for row in meetings[:MOST] if row.planned_at <= until],
        until,
    )


def _session_rows(
    actor: Actor, day: date, first: datetime, where: Where
) -> list[ClarificationSession]:
    rows = ClarificationSession.objects.filter(
        where.of("matter__office_path"),
        matter__in=access.matters_for(actor=actor, day=day).values("pk"),
        starts_at__gte=first,
        starts_at__lt=first + AHEAD,
        state__in=[SessionState.PLANNED, SessionState.HELD],
    )
    joined = rows.select_related("party", "matter__office").order_by("starts_at", "pk")
    return list(joined[: MOST + 1])


def _session(row: ClarificationSession) -> Appointment:
    tz = row.matter.office.tz
    return Appointment(
        day=local(row.starts_at, tz).date(),
        time=say_time(row.starts_at, tz),
        title=_("Klarifikasi %(who)s") % {"who": who(row.party)},
        detail=" · ".join((row.matter.spoken_title, row.matter.office.name, row.place)),
        url=reverse("staff:session", args=[row.public_id]),
        state=state_badge(row),
    )


def _meeting_rows(actor: Actor, first: datetime, where: Where) -> list[PlenaryMeeting]:
    rows = access.meetings_for(actor=actor).filter(
        where.of("office_path"),
        planned_at__gte=first,
        planned_at__lt=first + AHEAD,
        state__in=[MeetingState.PLANNED, MeetingState.OPEN],
    )
    return list(rows.select_related("office").order_by("planned_at", "pk")[: MOST + 1])


def _meeting(row: PlenaryMeeting) -> Appointment:
    tz = row.office.tz
    return Appointment(
        day=local(row.planned_at, tz).date(),
        time=say_time(row.planned_at, tz),
        title=_("Rapat pleno"),
        detail=" · ".join(filter(None, (row.office.name, row.place))),
        url=reverse("staff:meeting", args=[row.public_id]),
        state=badge(MeetingState(row.state)),
    )
