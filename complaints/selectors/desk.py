"""Who of an office has what in hand, to be given on; what was given lately; who is on duty."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext, pgettext

from complaints import access
from complaints.act_words import spoken_acts
from complaints.codes import CaseState
from complaints.models import AssignmentBatch, DutyShift, Matter, ReminderBatch, Report, Tip
from complaints.selectors.queue_wanted import Listing, Wanted, order_of
from complaints.services.assign_many import ASSIGNERS, CAP, Line, Thing
from complaints.workflow.report_table import REPORT_ENDS
from complaints.workflow.tip_table import TIP_ENDS
from neutrality.accounts.scope import offices_in_scope
from neutrality.audit.actor import Actor
from neutrality.law.clock import Clock
from neutrality.organisations.models import Office
from neutrality.ui.dates import say_day, say_short_instant
from neutrality.ui.due import DueWords, due_words

NOBODY: Final = "tanpa"
RECENT: Final = timedelta(days=7)
# For each person: how much is in hand, and how much of it is late.
Workloads = dict[str, tuple[int, int]]
KINDS: Final[dict[str, type[Thing]]] = {"laporan": Report, "informasi": Tip, "perkara": Matter}


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One thing that can be given to somebody."""

    key: str
    kind: str
    title: str
    detail: str
    url: str
    due: DueWords | None
    assignee: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One ticked thing in the preview, and why it would be left out."""

    row: WorkRow
    refusal: str


@dataclass(frozen=True, slots=True)
class BatchRow:
    """What was given together, and whether it can be taken back."""

    public_id: str
    to: str
    by: str
    at: str
    number: int
    undone: str


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """Reminders written together: whether they have left, and whether they can be held back."""

    public_id: str
    by: str
    at: str
    number: int
    people: int
    state: str
    may_undo: bool


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """One turn of duty."""

    id: int
    who: str
    days: str
    is_now: bool


def offices_to_share(*, actor: Actor) -> list[Office]:
    """Return the offices where the actor may give work, at most 50; one query."""
    rows = offices_in_scope(actor, *ASSIGNERS).select_related("region")
    return list(rows.order_by("path")[:50])


def things(*, office: Office, actor: Actor, day: date, holder: str) -> list[Thing]:
    """Return the open reports, tips and cases of an office, soonest first; at most the cap.

    `holder` is a user's id, "tanpa" for what nobody has, or empty for everything. Three queries.
    """
    found: list[Any] = []
    for rows in _open(actor, day):
        held = _held(rows.filter(office=office), holder)
        joined = held.select_related("assignee", "office")
        found += joined.order_by(F("due_at").asc(nulls_last=True), "pk")[:CAP]
    return _soonest(found)[:CAP]


def things_of_list(rows: QuerySet[Any], *, listing: Listing, wanted: Wanted) -> list[Thing]:
    """Return what a list shows under its filters, in its order; at most the cap; one query."""
    joined = rows.select_related("assignee", "office")
    return list(joined.order_by(*order_of(listing, wanted))[:CAP])


def chosen(*, keys: Iterable[str], office: Office, actor: Actor, day: date) -> list[Thing]:
    """Return what was ticked, by its keys, as far as the actor may see it; three queries.

    Of more than the cap enough is returned for the service to refuse, nothing is left out in silence.
    """
    wanted: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for key in keys:
        kind, _dash, public_id = key.partition("-")
        if kind in wanted:
            wanted[kind].append(public_id)
    found: list[Any] = []
    for rows, ids in zip(_all(actor, day), wanted.values(), strict=True):
        joined = rows.select_related("assignee", "office")
        found += joined.filter(public_id__in=ids, office=office)[: CAP + 1] if ids else []
    return _soonest(found)


def work_row(thing: Thing, clock: Clock) -> WorkRow:
    """Return one thing as the list shows it; no query."""
    kind = next(name for name, table in KINDS.items() if isinstance(thing, table))
    tz = thing.office.tz
    pages = {"laporan": "staff:report", "informasi": "staff:tip", "perkara": "staff:case"}
    words = {
        "laporan": _("Laporan"),
        "informasi": _("Informasi awal"),
        "perkara": pgettext("satu", "Perkara"),
    }
    lines = {
        "laporan": getattr(thing, "respondent_line", ""),
        "informasi": getattr(thing, "respondent_line", ""),
        "perkara": "",
    }
    return WorkRow(
        key=f"{kind}-{thing.public_id}",
        kind=words[kind],
        title=spoken_acts(str(thing)),
        detail=" · ".join(filter(None, (lines[kind], str(thing.get_state_display())))),
        url=reverse(pages[kind], args=[thing.public_id]),
        due=due_words(due_at=thing.due_at, now=clock.now, tz=tz) if thing.due_at else None,
        assignee=thing.assignee.name if thing.assignee else "",
    )


def preview_rows(lines: Iterable[Line], clock: Clock) -> list[PreviewRow]:
    """Return what would be given, and what would be left out and why; no query."""
    return [
        PreviewRow(work_row(line.thing, clock), str(line.refusal.sentence) if line.refusal else "")
        for line in lines
    ]


def batches(*, office: Office, clock: Clock) -> list[BatchRow]:
    """Return what was given together at this office in the last days; two queries."""
    rows = AssignmentBatch.objects.filter(office=office, made_at__gte=clock.now - RECENT)
    found = rows.select_related("to", "made_by").prefetch_related("changes")
    return [_batch(row, office) for row in found.order_by("-made_at", "-pk")[:10]]


def reminders(*, office: Office, clock: Clock) -> list[ReminderRow]:
    """Return who was reminded together at this office in the last days; one query."""
    rows = ReminderBatch.objects.filter(office=office, made_at__gte=clock.now - RECENT)
    counted = rows.annotate(
        number=Count("lines"), people=Count("lines__user", distinct=True)
    ).select_related("made_by")
    return [_reminder(row, office) for row in counted.order_by("-made_at", "-pk")[:10]]


def workloads(*, office: Office, people: Iterable[tuple[str, str]], clock: Clock) -> Workloads:
    """Return what each of these people has in hand here, and how much is late; one query.

    The keys are users' ids as text, as the choices of a form have them.
    """
    ids = [int(pk) for pk, _name in people]
    late = Count("pk", filter=Q(due_at__lt=clock.now))
    counted = [
        rows.filter(office=office, assignee_id__in=ids)
        .order_by()
        .values_list("assignee_id")
        .annotate(held=Count("pk"), late=late)
        for rows in (
            Report.objects.exclude(state__in=REPORT_ENDS),
            Tip.objects.exclude(state__in=TIP_ENDS),
            Matter.objects.exclude(state__in=[CaseState.INTAKE, CaseState.CLOSED]),
        )
    ]
    found: dict[str, tuple[int, int]] = {str(pk): (0, 0) for pk in ids}
    for pk, held, overdue in counted[0].union(*counted[1:], all=True):
        before, late_before = found[str(pk)]
        found[str(pk)] = before + held, late_before + overdue
    return found


def with_workload(
    people: Iterable[tuple[str, str]], *, office: Office, clock: Clock
) -> list[tuple[str, str]]:
    """Return the choices of an assignment, each name with the work in hand; one query."""
    people = list(people)
    loads = workloads(office=office, people=people, clock=clock)
    return [(pk, f"{name} ({_load(*loads[pk])})") for pk, name in people]


def _load(held: int, late: int) -> str:
    words = ngettext("%(held)d berkas terbuka", "%(held)d berkas terbuka", held) % {"held": held}
    if not late:
        return words
    return _("%(words)s, %(late)d terlambat") % {"words": words, "late": late}


def shifts(*, office: Office, day: date) -> list[ShiftRow]:
    """Return the turns of duty that have not ended; one query."""
    rows = DutyShift.objects.filter(office=office, ends_on__gte=day).select_related("user")
    return [
        ShiftRow(
            id=row.pk,
            who=row.user.name,
            days=_("%(first)s sampai %(last)s")
            % {"first": say_day(row.starts_on), "last": say_day(row.ends_on)},
            is_now=row.starts_on <= day,
        )
        for row in rows.order_by("starts_on", "pk")
    ]


def _all(actor: Actor, day: date) -> tuple[QuerySet[Any], ...]:
    return (
        access.reports_for(actor=actor, day=day),
        access.tips_for(actor=actor, day=day),
        access.matters_for(actor=actor, day=day),
    )


def _open(actor: Actor, day: date) -> tuple[QuerySet[Any], ...]:
    reports, tips, matters = _all(actor, day)
    return (
        reports.exclude(state__in=REPORT_ENDS),
        tips.exclude(state__in=TIP_ENDS),
        matters.exclude(state__in=[CaseState.INTAKE, CaseState.CLOSED]),
    )


def _held(rows: QuerySet[Any], holder: str) -> QuerySet[Any]:
    if holder == NOBODY:
        return rows.filter(assignee__isnull=True)
    return rows.filter(assignee_id=int(holder)) if holder.isdecimal() else rows


def _soonest(found: list[Any]) -> list[Thing]:
    timed = sorted((row for row in found if row.due_at), key=lambda row: (row.due_at, row.pk))
    return [*timed, *(row for row in found if not row.due_at)]


def _batch(row: AssignmentBatch, office: Office) -> BatchRow:
    return BatchRow(
        public_id=row.public_id,
        to=row.to.name if row.to else _("tanpa petugas"),
        by=row.made_by.name if row.made_by else "",
        at=say_short_instant(row.made_at, office.tz),
        number=len(row.changes.all()),
        undone=say_short_instant(row.undone_at, office.tz) if row.undone_at else "",
    )


def _reminder(row: Any, office: Office) -> ReminderRow:  # noqa: ANN401  with its counts
    waits = row.sent_at is None and row.undone_at is None
    if row.undone_at:
        state = _("ditahan %(at)s") % {"at": say_short_instant(row.undone_at, office.tz)}
    elif row.sent_at:
        state = _("terkirim %(at)s") % {"at": say_short_instant(row.sent_at, office.tz)}
    else:
        state = _("dikirim %(at)s") % {"at": say_short_instant(row.leaves_at, office.tz)}
    return ReminderRow(
        public_id=row.public_id,
        by=row.made_by.name if row.made_by else "",
        at=say_short_instant(row.made_at, office.tz),
        number=row.number,
        people=row.people,
        state=state,
        may_undo=waits,
    )
