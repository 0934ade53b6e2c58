"""Files that went on to another office: the former one reads what it did itself, and no identity."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints import access
from complaints.codes import HandlingRole
from complaints.models import Handling, Matter
from complaints.selectors.file_parts import PaperRow, paper_row, step_entry
from complaints.selectors.meeting import ItemRow, item_rows
from neutrality.audit.actor import Actor
from neutrality.casework.models import Step
from neutrality.law.clock import Clock
from neutrality.ui.dates import say_short_instant
from neutrality.ui.parts import TimelineEntry


@dataclass(frozen=True, slots=True)
class FormerRow:
    """One file in the list: what it is about, where it is now, when it left."""

    url: str
    title: str
    office: str
    left: str
    reason: str


@dataclass(frozen=True, slots=True)
class FormerFile:
    """What the former office did: its steps, decisions and letters, while it had the file."""

    spans: tuple[str, ...]
    reason: str
    history: tuple[TimelineEntry, ...]
    items: tuple[ItemRow, ...]
    papers: tuple[PaperRow, ...]


def former_files(*, actor: Actor, day: date) -> QuerySet[Matter]:
    """Return the files for a keyset page; two queries a page."""
    ended = Handling.objects.filter(
        role=HandlingRole.RESPONSIBLE, until_at__isnull=False
    ).select_related("office")
    rows = access.former_matters_for(actor=actor, day=day).select_related("office")
    return rows.prefetch_related(
        Prefetch("handlings", queryset=ended.order_by("until_at", "pk"), to_attr="ended")
    )


def former_row(matter: Matter) -> FormerRow:
    """Return one file as the list shows it; no query."""
    ended: list[Handling] = getattr(matter, "ended", [])
    last = ended[-1]
    left = say_short_instant(last.until_at, last.office.tz) if last.until_at else ""
    return FormerRow(
        url=reverse("staff:former_file", args=[matter.public_id]),
        title=matter.spoken_title,
        office=matter.office.name,
        left=left,
        reason=last.reason,
    )


def former_file(*, matter: Matter, actor: Actor, day: date, clock: Clock) -> FormerFile:
    """Return what the actor's own offices did in this file; five queries, whatever it holds."""
    spans = list(access.former_handlings(matter=matter, actor=actor))
    offices = {span.office_id for span in spans}
    tz = spans[0].office.tz
    items = access.agenda_for(actor=actor, day=day).filter(matter=matter, office__in=offices)
    found = items.select_related("office", "matter").order_by("proposed_at", "pk")
    papers = access.documents_for(actor=actor, day=day).filter(
        matter_ref=matter.pk, office__in=offices
    )
    return FormerFile(
        spans=tuple(_span(span) for span in spans),
        reason=spans[-1].reason,
        history=tuple(step_entry(step, tz) for step in _steps(matter, spans)),
        items=item_rows(list(found), clock),
        papers=tuple(paper_row(row, tz) for row in papers.order_by("-issued_at", "-pk")),
    )


def _span(span: Handling) -> str:
    tz = span.office.tz
    words = {
        "office": span.office.name,
        "since": say_short_instant(span.from_at, tz),
        "until": say_short_instant(span.until_at, tz) if span.until_at else "",
    }
    return _("%(office)s: %(since)s sampai %(until)s") % words


def _steps(matter: Matter, spans: list[Handling]) -> QuerySet[Step]:
    """Return the steps in the file that were taken at these offices while they had it."""
    about = Q(subject_kind="matter", subject_id=matter.pk)
    about |= Q(subject_kind="report", subject_id__in=matter.reports.values("pk"))
    about |= Q(subject_kind="tip", subject_id__in=matter.tips.values("pk"))
    here = Q(pk__in=[])
    for span in spans:
        here |= Q(organisation_path=span.office.path, recorded_at__lte=span.until_at)
    rows = Step.objects.filter(about, here).select_related("document", "second_person")
    return rows.order_by("-recorded_at", "-pk")
