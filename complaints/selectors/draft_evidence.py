"""What was handed in with an unsent report, as its sender sees it before it is sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from complaints.codes import EvidenceKind
from complaints.models import Evidence
from complaints.selectors.carried import FileState, state_of
from complaints.services.drafts import OpenDraft
from complaints.services.upload_parts import uploads_of
from neutrality.law.clock import Clock
from neutrality.organisations.models import Office
from neutrality.ui.dates import say_short_day, say_short_instant


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One piece of evidence: what it is called, what it shows, and how it stands.

    Attributes:
        posted: Of a web address, on which platform by whom and when.
    """

    public_id: str
    name: str
    caption: str
    shows: str
    posted: str
    size: int
    is_file: bool
    state: FileState


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """A file whose line broke; it can be continued from where it stands."""

    public_id: str
    name: str
    size: int
    received: int

    @property
    def percent(self) -> int:
        """How much of it has arrived."""
        return 100 * self.received // self.size


def evidence_rows(draft: OpenDraft) -> list[HandedIn]:
    """Return the evidence of a draft for its list; one query, two where a post bears a time."""
    rows = list(Evidence.objects.filter(draft_id=draft.pk, is_identity=False).order_by("pk"))
    tz = _zone_for(rows, draft)
    return [_row(row, tz) for row in rows]


def evidence_of_draft(*, draft_id: int, public_id: str) -> Evidence | None:
    """Return one piece of a draft that is no identity paper, or None."""
    rows = Evidence.objects.filter(draft_id=draft_id, is_identity=False, public_id=public_id)
    return rows.first()


def row_of(evidence: Evidence, draft: OpenDraft) -> HandedIn:
    """Return one piece for its own page."""
    return _row(evidence, _zone_for([evidence], draft))


def zone_of(draft: OpenDraft) -> ZoneInfo:
    """Return the zone of the office that was found for the place; before that, the country's."""
    known = draft.step("tempat").get("kantor")
    office = Office.objects.filter(pk=known).first() if known else None
    return office.tz if office else ZoneInfo(settings.TIME_ZONE)


def unfinished(*, draft_id: int, clock: Clock) -> list[OnItsWay]:
    """Return the files of a draft whose lines broke, oldest first; one query."""
    rows = uploads_of(draft_id=draft_id, clock=clock).filter(arrival__isnull=False)
    return [
        OnItsWay(row.public_id, row.name, row.size, row.arrival.received if row.arrival else 0)
        for row in rows
    ]


def _zone_for(rows: Iterable[Evidence], draft: OpenDraft) -> ZoneInfo:
    """Only a post that bears a time needs the zone of the office."""
    timed = any(row.posted_at for row in rows)
    return zone_of(draft) if timed else ZoneInfo(settings.TIME_ZONE)


def _posted(row: Evidence, tz: ZoneInfo) -> str:
    when = say_short_instant(row.posted_at, tz) if row.posted_at else ""
    when = when or (say_short_day(row.posted_on) if row.posted_on else "")
    at = _("diunggah %(at)s") % {"at": when} if when else ""
    return ", ".join(filter(None, (row.platform, row.account_name, at)))


def _row(row: Evidence, tz: ZoneInfo) -> HandedIn:
    return HandedIn(
        public_id=row.public_id,
        name=row.original_name or row.url,
        caption=row.caption,
        shows=row.shows,
        posted=_posted(row, tz),
        size=row.size,
        is_file=row.kind == EvidenceKind.FILE,
        state=state_of(row),
    )
