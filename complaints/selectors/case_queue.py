"""The queue of cases: by deadline, filtered, in the same number of queries for any length."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from complaints import access
from complaints.codes import CaseState
from complaints.models import Matter, NumberEntry
from complaints.selectors.file_parts import tone_of
from neutrality.audit.actor import Actor
from neutrality.law.clock import Clock
from neutrality.law.codes import RegisterKind
from neutrality.ui.due import DueWords, due_words

REGISTERED: Final = (RegisterKind.REG_LP, RegisterKind.REG_TM)
SOON: Final = timedelta(days=3)


class Shown(StrEnum):
    """Which cases the list shows."""

    RUNNING = "berjalan"
    WITHOUT_CLOCK = "tanpa-tenggat"
    CLOSED = "selesai"


SHOWN_LABELS: Final = {
    Shown.RUNNING: _("Dengan tenggat berjalan"),
    Shown.WITHOUT_CLOCK: _("Tanpa tenggat berjalan"),
    Shown.CLOSED: _("Selesai"),
}
ORDERS: Final = {
    Shown.RUNNING: ("due_at", "id"),
    Shown.WITHOUT_CLOCK: ("-opened_at", "-id"),
    Shown.CLOSED: ("-closed_at", "-id"),
}


class Due(StrEnum):
    """How near the deadline is."""

    LATE = "lewat"
    SOON = "dekat"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """What the list is narrowed to."""

    shown: Shown = Shown.RUNNING
    state: str = ""
    due: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case as the list shows it."""

    url: str
    title: str
    number: str
    office: str
    state: str
    tone: str
    due: DueWords | None
    assignee: str


def cases(*, actor: Actor, day: date, clock: Clock, by: CaseFilter) -> QuerySet[Matter]:
    """Return the cases for a keyset page ordered as `ORDERS` says: two queries a page."""
    rows = access.matters_for(actor=actor, day=day).exclude(registered_at__isnull=True)
    rows = rows.filter(_of_list(by.shown))
    if by.state:
        rows = rows.filter(state=by.state)
    if by.due and by.shown is Shown.RUNNING:
        rows = rows.filter(_of_due(Due(by.due), clock.now))
    if by.text:
        rows = rows.filter(Q(title__icontains=by.text) | Q(numbers__text__icontains=by.text))
        rows = rows.distinct()
    numbers = NumberEntry.objects.filter(kind__in=REGISTERED).order_by("given_at", "pk")
    return rows.select_related("office", "assignee").prefetch_related(
        Prefetch("numbers", queryset=numbers, to_attr="register_numbers")
    )


def case_row(matter: Matter, clock: Clock) -> CaseRow:
    """Return one case as the list shows it; no query."""
    numbers: list[NumberEntry] = getattr(matter, "register_numbers", [])
    return CaseRow(
        url=reverse("staff:case", args=[matter.public_id]),
        title=matter.title,
        number=numbers[0].text if numbers else "",
        office=matter.office.name,
        state=str(CaseState(matter.state).label),
        tone=tone_of(matter.state),
        due=_due(matter, clock),
        assignee=matter.assignee.name if matter.assignee else "",
    )


def _of_list(shown: Shown) -> Q:
    if shown is Shown.CLOSED:
        return Q(state=CaseState.CLOSED)
    return ~Q(state=CaseState.CLOSED) & Q(due_at__isnull=shown is Shown.WITHOUT_CLOCK)


def _of_due(due: Due, now: datetime) -> Q:
    if due is Due.LATE:
        return Q(due_at__lt=now)
    return Q(due_at__gte=now, due_at__lte=now + SOON)


def _due(matter: Matter, clock: Clock) -> DueWords | None:
    if matter.due_at is None or matter.state == CaseState.CLOSED:
        return None
    return due_words(due_at=matter.due_at, now=clock.now, tz=matter.office.tz)
