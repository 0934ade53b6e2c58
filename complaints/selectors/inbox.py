"""What needs this person now: one short list per kind of work, soonest first, in one query."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from complaints.act_words import spoken_acts
from complaints.selectors import inbox_arms as arms, inbox_words as say
from complaints.selectors.inbox_arms import CAP, Arm, Reader
from complaints.selectors.inbox_statement import ask
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.law.clock import Clock
from neutrality.ui.due import DueWords, due_words
from neutrality.ui.keyset import CappedCount

# Kind, key and version, as `mark_seen` keeps them.
Thing = tuple[str, int, int]


class Found(NamedTuple):
    """One row of the inbox as it comes from the database; the columns are those of the arms."""

    pile: int
    kind: str
    key: int
    public: str
    name: str
    line: str
    person: str
    place: str
    due_at: datetime | None
    office: int | None
    version: int
    since: datetime
    total: int
    tz: str
    seen_version: int | None
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One thing to do: what it is, where it leads, how its clock stands, and what is new in it.

    `mark` is empty when the reader has seen the thing as it is; `thing` names it for marking.
    """

    title: str
    detail: str
    url: str
    due: DueWords | None
    mark: str
    thing: Thing
    take: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of work with the first rows of it."""

    title: str
    count: CappedCount
    rows: tuple[WorkRow, ...]
    all_url: str
    icon: str


@dataclass(frozen=True, slots=True)
class Inbox:
    """Everything on the page, and how many of the rows shown are new to the reader."""

    works: tuple[Work, ...]
    unseen: int


@dataclass(frozen=True, slots=True)
class Pile:
    """How one kind of work is found and told.

    Attributes:
        roles: Whose work it is, at the offices where they hold the role.
        arm: Its query, or several whose rows stand together.
        tell: From a row and the time to title, detail and address.
        all_view: The address of the whole list, with its query.
        take: The address of the button that says "I take care of it".
    """

    title: Promise | str
    icon: str
    roles: frozenset[str]
    arm: Callable[[Reader], Arm | tuple[Arm, ...]]
    tell: Callable[[Found, datetime], say.Told]
    all_view: str = ""
    query: str = ""
    take: str = ""


def inbox(*, actor: Actor, day: date, clock: Clock) -> Inbox:
    """Return the piles of the actor's roles that are not empty; two queries, however many rows."""
    rows = ask(_ARMS, actor=actor, day=day, clock=clock)
    works = tuple(_works([Found(*row) for row in rows], clock))
    return Inbox(works, sum(1 for work in works for row in work.rows if row.mark))


def _works(found: Sequence[Found], clock: Clock) -> Iterator[Work]:
    for place, group in groupby(found, key=lambda row: row.pile):
        pile, rows = PILES[place], list(group)
        total = rows[0].total
        yield Work(
            title=str(pile.title),
            count=CappedCount(value=min(total, CAP), is_capped=total > CAP),
            rows=tuple(_row(pile, row, clock) for row in rows),
            all_url=reverse(pile.all_view) + pile.query if pile.all_view else "",
            icon=pile.icon,
        )


def _row(pile: Pile, row: Found, clock: Clock) -> WorkRow:
    told = pile.tell(row, clock.now)
    due = None
    if row.due_at is not None and told.is_due:
        due = due_words(due_at=row.due_at, now=clock.now, tz=ZoneInfo(row.tz))
    return WorkRow(
        title=spoken_acts(told.title),
        detail=spoken_acts(told.detail),
        url=told.url,
        due=due,
        mark=say.mark(row),
        thing=(row.kind, row.key, row.version),
        take=reverse(pile.take, args=[row.key]) if pile.take else "",
    )


def _for(*roles: Role) -> frozenset[str]:
    return frozenset(str(role) for role in roles)


_OFFICE: Final = _for(Role.INTAKE, Role.HANDLER, Role.COMMISSIONER, Role.SUPERVISOR)
_SECOND: Final = _for(Role.HANDLER, Role.COMMISSIONER, Role.SUPERVISOR)
PILES: Final[tuple[Pile, ...]] = (
    Pile(
        _("Tenggat yang berakhir sebelum kantor buka lagi"), "bell", _OFFICE,
        arms.alarms, say.alarm, take="staff:alarm_take",
    ),
    Pile(
        _("Laporan baru yang menunggu diterima"), "inbox", _for(Role.INTAKE),
        arms.submitted, say.entry, "staff:reports", "?keadaan=SUBMITTED",
    ),
    Pile(
        _("Pelimpahan yang menunggu diterima"), "inbox", _for(Role.INTAKE, Role.HANDLER),
        arms.transferred, say.entry, "staff:reports", "?keadaan=TRANSFERRED",
    ),
    Pile(
        _("Pesan baru dari pelapor"), "chat", _for(Role.INTAKE, Role.HANDLER),
        arms.letters, say.letter,
    ),
    Pile(
        _("Kajian awal"), "folder", _for(Role.HANDLER),
        arms.reviewed, say.entry, "staff:reports", "?keadaan=INITIAL_REVIEW",
    ),
    Pile(
        _("Pemberitahuan kekurangan yang penyampaiannya perlu dicatat"), "send",
        _for(Role.HANDLER), arms.notices, say.entry,
        "staff:reports", "?keadaan=AWAITING_COMPLETION",
    ),
    Pile(
        _("Perbaikan tidak datang pada waktunya"), "clock", _for(Role.HANDLER),
        arms.not_completed, say.entry,
        "staff:reports", "?keadaan=AWAITING_COMPLETION&tenggat=terlambat",
    ),
    Pile(
        _("Informasi awal yang perlu ditelusuri"), "search", _for(Role.HANDLER),
        arms.traced, say.tip, "staff:tips",
    ),
    Pile(
        _("Penelusuran yang didelegasikan kepada kantor ini"), "search", _for(Role.HANDLER),
        arms.delegated, say.delegation, "staff:delegations",
    ),
    Pile(
        _("Klarifikasi: undangan, sidang, dan berita acara"), "calendar", _for(Role.HANDLER),
        arms.sessions, say.session, "staff:calendar",
    ),
    Pile(
        _("Penanganan yang berjalan"), "folder", _for(Role.HANDLER),
        arms.matters, say.matter, "staff:cases", "?petugas=saya",
    ),
    Pile(
        _("Menunggu keputusan atau pengesahan pleno"), "gavel", _for(Role.COMMISSIONER),
        arms.agenda, say.agenda, "staff:meetings",
    ),
    Pile(
        _("Kajian yang menunggu persetujuan orang kedua"), "check", _SECOND,
        arms.assessments, say.assessment,
    ),
    Pile(
        _("Koreksi yang menunggu orang kedua"), "check", _SECOND,
        arms.second_words, say.second_word,
    ),
    Pile(
        _("Salinan bukti yang menunggu pemeriksaan kedua"), "check", _SECOND,
        arms.copies, say.copy,
    ),
    Pile(
        _("Uraian yang menunggu pemeriksaan kedua"), "check", _SECOND,
        arms.wordings, say.wording,
    ),
    Pile(
        _("Penerusan yang dikembalikan"), "send", _for(Role.HANDLER, Role.COMMISSIONER),
        arms.returned, say.item, "staff:items", "?tampilan=RETURNED",
    ),
    Pile(
        _("Permohonan informasi"), "document", _for(Role.HANDLER),
        arms.requests, say.request, "staff:information_requests",
    ),
    Pile(
        _("Tugas dari SBT, LAPOR!, dan instansi lain"), "document", _for(Role.HANDLER),
        arms.tasks, say.task, "staff:outside_tasks",
    ),
    Pile(
        _("Permintaan perbaikan atau penghapusan data pribadi"), "document",
        _for(Role.HANDLER, Role.COMMISSIONER), arms.data_requests, say.data_request,
        "staff:data_requests",
    ),
)  # fmt: skip
_ARMS: Final = tuple((pile.roles, pile.arm) for pile in PILES)
