"""The notice board that everybody reads: results in general words, newest first, by office."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from complaints.codes import CaseState
from complaints.models import AgendaItem, Announcement
from complaints.workflow.actions import CaseAction
from neutrality.documents.models import Classification, Document
from neutrality.law.codes import FormRole
from neutrality.organisations.models import Office
from neutrality.ui.dates import say_day

ORDER: Final = ("-published_at", "-id")
_STANDING: Final = frozenset({CaseState.DECIDED, CaseState.CLOSED})


@dataclass(frozen=True, slots=True)
class Notice:
    """One announcement; `lines` are the official words, in Indonesian as they were published.

    Of a file that is open again the result may change; of one decided again it has been replaced.
    """

    number: str
    office: str
    day: str
    lines: tuple[str, ...]
    code: str
    is_open_again: bool
    is_decided_again: bool


def announcements(*, path: str = "") -> "QuerySet[Announcement]":
    """Return the newest announcement of each matter, of an office and all below it."""
    later = Announcement.objects.filter(
        matter=OuterRef("matter"), published_at__gt=OuterRef("published_at")
    )
    rows = Announcement.objects.filter(~Exists(later)).select_related("office__region", "matter")
    rows = rows.annotate(is_decided_since=Exists(_decided_since()))
    if not path:
        return rows
    return rows.filter(Q(office__path=path) | Q(office__path__startswith=f"{path}/"))


def notices(rows: Iterable[Announcement]) -> list[Notice]:
    """Return rows of `announcements` as the board shows them, with their codes; one query."""
    rows = list(rows)
    codes = _codes(row.matter_id for row in rows)
    return [
        Notice(
            number=row.number,
            office=row.office.name,
            day=say_day(row.published_at.astimezone(row.office.tz).date()),
            lines=tuple(row.text.splitlines()),
            code=codes.get(row.matter_id, ""),
            is_open_again=row.matter.state not in _STANDING,
            is_decided_again=row.matter.state in _STANDING and _is_decided_since(row),
        )
        for row in rows
    ]


def _decided_since() -> "QuerySet[AgendaItem]":
    """The decisions on the result that were carried out after a notice was published.

    When that was counts, not the legal time: a decision can be written down days later.
    """
    return AgendaItem.objects.filter(
        matter=OuterRef("matter"),
        action=CaseAction.DECIDE,
        used_at__gt=OuterRef("published_at"),
    )


def _is_decided_since(row: Announcement) -> bool:
    return bool(getattr(row, "is_decided_since", False))


def boards() -> list[tuple[str, str]]:
    """Return the offices that have announced something, as path and name; one query."""
    announced = Announcement.objects.filter(office=OuterRef("pk"))
    rows = Office.objects.filter(Exists(announced)).order_by("path", "-pk")
    return list(dict(rows.values_list("path", "name")).items())


def _codes(matters: Iterable[int]) -> dict[int, str]:
    papers = Document.objects.filter(
        subject_kind="matter",
        subject_id__in=list(matters),
        role=FormRole.STATUS_NOTICE,
        classification=Classification.PUBLIC,
    )
    return dict(papers.order_by("issued_at", "pk").values_list("subject_id", "verify_code"))
