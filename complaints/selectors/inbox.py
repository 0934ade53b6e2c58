"""What needs this person now: one short list per kind of work, overdue first."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from complaints import access
from complaints.codes import (
    CaseState,
    Direction,
    ItemOutcome,
    ReferralState,
    ReportState,
    TipState,
)
from complaints.models import AgendaItem, Matter, Message, ReferralItem, Report, Tip
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.law.clock import Clock
from neutrality.ui.due import DueWords, due_words
from neutrality.ui.keyset import CappedCount, capped_count

SHOWN: Final = 5
CAP: Final = 99


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One thing to do: what it is, where it leads, how its clock stands."""

    title: str
    detail: str
    url: str
    due: DueWords | None


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of work with the first rows of it."""

    title: str
    count: CappedCount
    rows: tuple[WorkRow, ...]
    all_url: str
    icon: str


@dataclass(frozen=True, slots=True)
class Pile:
    """How one kind of work is found.

    Attributes:
        roles: Whose work it is.
        rows: The query, given who asks and the day by which grants count.
        row: One of them as it is shown.
        all_view: The address of the whole list, with its query.
    """

    title: Promise | str
    icon: str
    roles: frozenset[str]
    rows: Callable[[Actor, date], QuerySet[Any]]
    row: Callable[[Any, Clock], WorkRow]
    all_view: str = ""
    query: str = ""


def inbox(*, actor: Actor, day: date, clock: Clock) -> tuple[Work, ...]:
    """Return the piles of the actor's roles that are not empty; two queries for each."""
    return tuple(_works(actor, day, clock))


def _works(actor: Actor, day: date, clock: Clock) -> Iterator[Work]:
    for pile in PILES:
        if not pile.roles & actor.roles:
            continue
        rows = pile.rows(actor, day)
        shown = list(rows[:SHOWN])
        if shown:
            yield Work(
                title=str(pile.title),
                count=capped_count(rows, cap=CAP),
                rows=tuple(pile.row(each, clock) for each in shown),
                all_url=reverse(pile.all_view) + pile.query if pile.all_view else "",
                icon=pile.icon,
            )


def _reports(*states: ReportState) -> Callable[[Actor, date], QuerySet[Report]]:
    def rows(actor: Actor, day: date) -> QuerySet[Report]:
        found = access.reports_for(actor=actor, day=day).filter(state__in=states)
        return found.select_related("office").order_by("due_at", "pk")

    return rows


def _tips(*states: TipState) -> Callable[[Actor, date], QuerySet[Tip]]:
    def rows(actor: Actor, day: date) -> QuerySet[Tip]:
        found = access.tips_for(actor=actor, day=day).filter(state__in=states)
        return found.select_related("office").order_by("due_at", "pk")

    return rows


def _agenda(actor: Actor, day: date) -> QuerySet[AgendaItem]:
    waiting = Q(outcome=ItemOutcome.PENDING)
    unratified = Q(coordinated_at__isnull=False, ratified_at__isnull=True)
    found = access.agenda_for(actor=actor, day=day).filter(waiting | unratified)
    return found.select_related("office", "matter").order_by("proposed_at", "pk")


def _matters(actor: Actor, day: date) -> QuerySet[Matter]:
    states = (
        CaseState.REGISTERED,
        CaseState.CLARIFICATION,
        CaseState.ASSESSMENT,
        CaseState.DECIDED,
    )
    found = access.matters_for(actor=actor, day=day).filter(state__in=states)
    return found.select_related("office").order_by("due_at", "pk")


def _returned(actor: Actor, day: date) -> QuerySet[ReferralItem]:
    found = access.items_for(actor=actor, day=day).filter(state=ReferralState.RETURNED)
    return found.select_related("office", "body", "respondent").order_by("due_at", "pk")


def _unread(actor: Actor, day: date) -> QuerySet[Message]:
    reports = access.reports_for(actor=actor, day=day).values("pk")
    tips = access.tips_for(actor=actor, day=day).values("pk")
    unanswered = Message.objects.filter(direction=Direction.FROM_PARTY, read_at__isnull=True)
    matters = access.matters_for(actor=actor, day=day).values("pk")
    found = unanswered.filter(
        Q(report__in=reports) | Q(tip__in=tips) | Q(party__matter__in=matters)
    )
    joined = ("report__office", "tip__office", "party__matter__office")
    return found.select_related(*joined).order_by("sent_at", "pk")


def _entry_row(entry: Report | Tip, clock: Clock) -> WorkRow:
    view = "staff:report" if isinstance(entry, Report) else "staff:tip"
    return WorkRow(
        title=f"{entry}: {entry.act_line or entry.account[:80]}",
        detail=" · ".join(filter(None, (entry.respondent_line, entry.agency_line))),
        url=reverse(view, args=[entry.public_id]),
        due=_due(entry, clock),
    )


def _matter_row(matter: Matter, clock: Clock) -> WorkRow:
    return WorkRow(
        title=matter.title,
        detail=str(matter.get_state_display()),
        url=reverse("staff:case", args=[matter.public_id]),
        due=_due(matter, clock),
    )


def _agenda_row(item: AgendaItem, clock: Clock) -> WorkRow:  # noqa: ARG001  the shape of a pile
    return WorkRow(
        title=f"{item.get_kind_display()}: {item.matter.title}",
        detail=str(item.get_outcome_display()),
        url=reverse("staff:agenda_item", args=[item.public_id]),
        due=None,
    )


def _item_row(item: ReferralItem, clock: Clock) -> WorkRow:
    return WorkRow(
        title=str(item.respondent),
        detail=item.body.name if item.body else "",
        url=reverse("staff:item", args=[item.public_id]),
        due=_due(item, clock),
    )


def _message_row(message: Message, clock: Clock) -> WorkRow:
    entry, party = message.report or message.tip, message.party
    if party is not None:
        url = reverse("staff:party", args=[party.matter.public_id, party.public_id])
        return WorkRow(party.matter.title, party.alias, f"{url}#pesan", None)
    if entry is None:
        raise ValueError("A message belongs to one mailbox; the database sees to it.")
    row = _entry_row(entry, clock)
    return WorkRow(row.title, row.detail, f"{row.url}#pesan", None)


def _due(row: Report | Tip | Matter | ReferralItem, clock: Clock) -> DueWords | None:
    if row.due_at is None:
        return None
    return due_words(due_at=row.due_at, now=clock.now, tz=row.office.tz)


def _for(*roles: Role) -> frozenset[str]:
    return frozenset(str(role) for role in roles)


PILES: Final[Iterable[Pile]] = (
    Pile(
        _("Laporan baru yang menunggu diterima"), "inbox", _for(Role.INTAKE),
        _reports(ReportState.SUBMITTED), _entry_row, "staff:reports", "?keadaan=SUBMITTED",
    ),
    Pile(
        _("Pelimpahan yang menunggu diterima"), "inbox", _for(Role.INTAKE, Role.HANDLER),
        _reports(ReportState.TRANSFERRED), _entry_row, "staff:reports", "?keadaan=TRANSFERRED",
    ),
    Pile(
        _("Kajian awal"), "folder", _for(Role.HANDLER),
        _reports(ReportState.RECEIVED, ReportState.INITIAL_REVIEW), _entry_row,
        "staff:reports", "?keadaan=INITIAL_REVIEW",
    ),
    Pile(
        _("Menunggu perbaikan dari pelapor"), "clock", _for(Role.HANDLER),
        _reports(ReportState.AWAITING_COMPLETION), _entry_row,
        "staff:reports", "?keadaan=AWAITING_COMPLETION",
    ),
    Pile(
        _("Informasi awal yang perlu ditelusuri"), "search", _for(Role.HANDLER),
        _tips(TipState.RECORDED, TipState.TRACING, TipState.TRANSFERRED), _entry_row, "staff:tips",
    ),
    Pile(
        _("Pesan baru dari pelapor"), "chat", _for(Role.INTAKE, Role.HANDLER),
        _unread, _message_row,
    ),
    Pile(
        _("Penanganan yang berjalan"), "folder", _for(Role.HANDLER),
        _matters, _matter_row, "staff:cases",
    ),
    Pile(
        _("Menunggu keputusan atau pengesahan pleno"), "gavel", _for(Role.COMMISSIONER),
        _agenda, _agenda_row, "staff:meetings",
    ),
    Pile(
        _("Penerusan yang dikembalikan"), "send", _for(Role.HANDLER, Role.COMMISSIONER),
        _returned, _item_row, "staff:items",
    ),
)  # fmt: skip
