"""What the address of a queue asks for: an allow-list of filters, the same for its three lists."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from complaints.codes import CaseState, ReportState, Source, TipState
from complaints.selectors.same_text import same_key
from neutrality.audit.actor import Actor
from neutrality.law.codes import ActCode, OutcomeClass
from neutrality.organisations.models import ROOT_OFFICE

Choice = tuple[str, str | Promise]

STATE, DUE, PLACE, ELECTION, ACT, SOURCE, WHOSE, AGENCY, OUTCOME, TEXT, SORT = (
    "keadaan", "tenggat", "tempat", "pemilihan", "perbuatan", "sumber", "petugas", "instansi",
    "hasil", "cari", "urut",
)  # fmt: skip
SAME, GROUPS, APART = "sama", "kelompok", "tidak"
FILTERS: Final = (
    STATE, DUE, PLACE, ELECTION, ACT, SOURCE, WHOSE, AGENCY, OUTCOME, TEXT, SORT, GROUPS,
)  # fmt: skip
TODAY, WEEK, OVERDUE, BEFORE_OPENING, WITHOUT = (
    "hari-ini", "minggu-ini", "terlambat", "sebelum-buka", "tanpa"
)  # fmt: skip
MINE, NOBODY = "saya", "belum"
NEWEST: Final = "terbaru"
BY_CLOCK: Final = ("due_at", "pk")
LONGEST_TEXT: Final = 100

DUE_CHOICES: Final[tuple[Choice, ...]] = (
    (OVERDUE, _("Terlambat")),
    (TODAY, _("Jatuh tempo hari ini")),
    (WEEK, _("Jatuh tempo dalam 7 hari")),
    (BEFORE_OPENING, _("Berakhir sebelum kantor buka lagi")),
    (WITHOUT, _("Tanpa tenggat berjalan")),
)
WHOSE_CHOICES: Final[tuple[Choice, ...]] = ((MINE, _("Saya")), (NOBODY, _("Belum ada petugas")))
SORT_CHOICES: Final[tuple[Choice, ...]] = ((NEWEST, _("Terbaru dahulu")),)
FROM_REPORT, FROM_FINDING, FROM_TIP = "LAPORAN", "TEMUAN", "INFORMASI"
ORIGINS: Final[tuple[Choice, ...]] = (
    (FROM_REPORT, _("Laporan")),
    (FROM_FINDING, _("Temuan")),
    (FROM_TIP, _("Informasi awal")),
)
_CODE: Final = re.compile(r"[A-Za-z0-9._/-]{1,100}")
_NUMBER: Final = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One of the three lists: its states, where its rows come from, and its columns by name.

    Attributes:
        ended: States without a clock; asked for one, the list is sorted by arrival.
        matter: The column that names the matter.
        arrived: The instant by which the list is sorted when it is not by the clock.
    """

    name: str
    view: str
    states: tuple[Choice, ...]
    sources: tuple[Choice, ...]
    ended: frozenset[str]
    matter: str
    arrived: str


def _states(states: type[TextChoices], *, without: str = "") -> tuple[Choice, ...]:
    return tuple((state.value, state.label) for state in states if state.value != without)


REPORTS: Final = Listing(
    name="reports",
    view="staff:reports",
    states=_states(ReportState),
    sources=_states(Source),
    ended=frozenset({"NOT_REGISTERED", "TIP", "REFERRED", "WITHDRAWN", "REGISTERED"}),
    matter="matter_id",
    arrived="submitted_at",
)
TIPS: Final = Listing(
    name="tips",
    view="staff:tips",
    states=_states(TipState),
    sources=_states(Source),
    ended=frozenset({"CLOSED", "FINDING", "REPORT", "REFERRED"}),
    matter="matter_id",
    arrived="submitted_at",
)
CASES: Final = Listing(
    name="cases",
    view="staff:cases",
    states=_states(CaseState, without=CaseState.INTAKE),
    sources=ORIGINS,
    ended=frozenset({"DECIDED", "CLOSED"}),
    matter="pk",
    arrived="registered_at",
)
LISTINGS: Final[Mapping[str, Listing]] = {each.name: each for each in (REPORTS, TIPS, CASES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the address asks for; only values of the allow-list are left.

    `day_ends` and `opens_at` are instants at the reader's own office, where a filter needs them.
    """

    state: str = ""
    due: str = ""
    place: str = ""
    election: str = ""
    act: str = ""
    source: str = ""
    whose: str = ""
    agency: str = ""
    outcome: str = ""
    text: str = ""
    same: str = ""
    newest: bool = False
    one_by_one: bool = False
    day_ends: datetime | None = None
    opens_at: datetime | None = None

    @property
    def chosen(self) -> tuple[str, ...]:
        """The values of the selects, in the order of the page."""
        return (
            self.state, self.due, self.place, self.election, self.act, self.source, self.whose,
            self.agency, self.outcome, NEWEST if self.newest else "",
        )  # fmt: skip

    @property
    def is_filtered(self) -> bool:
        """Whether anything is left out."""
        return any((*self.chosen[:-1], self.text, self.same))

    @property
    def needs_hours(self) -> bool:
        """Whether a filter asks when the office closes or opens."""
        return self.due in {TODAY, BEFORE_OPENING}


def order_of(listing: Listing, wanted: Wanted) -> tuple[str, str]:
    """Return the columns to sort by; what has no clock any more is found by arrival only."""
    return (f"-{listing.arrived}", "-pk") if wanted.newest else BY_CLOCK


def wanted_from(given: Mapping[str, str], *, listing: Listing, actor: Actor) -> Wanted:
    """Read the filters of an address; what is not on the list is as if it were not there."""
    state = _allowed(given.get(STATE, ""), listing.states)
    due = _allowed(given.get(DUE, ""), DUE_CHOICES)
    outcome = given.get(OUTCOME, "")
    outcome = outcome if outcome in set(OutcomeClass) else ""
    act = given.get(ACT, "")
    whose = given.get(WHOSE, "")
    by_arrival = state in listing.ended or due == WITHOUT or bool(outcome)
    return Wanted(
        state=state,
        due=due,
        place=_place(given.get(PLACE, ""), actor),
        election=_code(given.get(ELECTION, "")),
        act=act if act in set(ActCode) else "",
        source=_allowed(given.get(SOURCE, ""), listing.sources),
        whose=whose if whose in {MINE, NOBODY} or _NUMBER.fullmatch(whose) else "",
        agency=_code(given.get(AGENCY, "")),
        outcome=outcome,
        text=" ".join(given.get(TEXT, "").replace("\0", "").split())[:LONGEST_TEXT],
        same=same_key(given.get(SAME, "")) if listing is not CASES else "",
        newest=given.get(SORT) == NEWEST or by_arrival,
        one_by_one=given.get(GROUPS) == APART,
    )


def roots_of(actor: Actor) -> tuple[str, ...]:
    """Return the paths of the offices at which the actor's view of the tree begins."""
    if any(grant.at.kind == "national" for grant in actor.grants):
        return (ROOT_OFFICE,)
    held = {grant.at.path for grant in actor.grants if grant.at.kind == "office"}
    inner = {path for path in held if any(path.startswith(f"{other}/") for other in held)}
    return tuple(sorted(held - inner))


def _place(typed: str, actor: Actor) -> str:
    """Return a path of the tree that lies within the actor's own part of it."""
    if not _CODE.fullmatch(typed):
        return ""
    roots = roots_of(actor)
    return typed if any(typed == root or typed.startswith(f"{root}/") for root in roots) else ""


def _allowed(value: str, choices: Sequence[Choice]) -> str:
    return value if any(value == known for known, _words in choices) else ""


def _code(typed: str) -> str:
    return typed if _CODE.fullmatch(typed) else ""
