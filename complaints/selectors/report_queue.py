"""The queues of reports and tips: rows as text, in one query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext as _, gettext_lazy

from complaints.codes import ReportState, Source, TipState
from complaints.models import Report, Tip
from complaints.selectors.file_parts import TONES
from complaints.selectors.same_text import counts_of_same, first_of_its_text, same_key
from complaints.selectors.spelling import spellings
from neutrality.audit.actor import Actor
from neutrality.elections.models import Election
from neutrality.ui.dates import say_short_instant
from neutrality.ui.keyset import CappedCount, capped_count
from neutrality.ui.prepared import Prepared

Entries = QuerySet[Report] | QuerySet[Tip]

STATE, DUE, SOURCE, ELECTION, WHOSE, TEXT, SORT = (
    "keadaan", "tenggat", "sumber", "pemilihan", "petugas", "cari", "urut"
)  # fmt: skip
TODAY, WEEK, OVERDUE = "hari-ini", "minggu-ini", "terlambat"
BEFORE_OPENING: Final = "sebelum-buka"
MINE, NOBODY = "saya", "belum"
SAME, GROUPS, APART = "sama", "kelompok", "tidak"
NEWEST: Final = "terbaru"
BY_CLOCK: Final = ("due_at", "pk")
BY_ARRIVAL: Final = ("-submitted_at", "-pk")
LONGEST_TEXT: Final = 100
SHORTEST_LIKE: Final = 4


class QueueRow(NamedTuple):
    """One row, every cell as text."""

    url: str
    number: str
    state: str
    tone: str
    respondent: str
    agency: str
    act: str
    due: str
    standing: str
    person: str
    same: int
    same_url: str


@dataclass(frozen=True, slots=True)
class Filter:
    """One select of the filters, its options as they stand in the page."""

    name: str
    label: str
    options: SafeString


Filters = tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for; only values of the allow-list are left."""

    state: str = ""
    due: str = ""
    source: str = ""
    election: str = ""
    whose: str = ""
    text: str = ""
    same: str = ""
    newest: bool = False
    one_by_one: bool = False
    opens_at: datetime | None = None

    @property
    def order(self) -> tuple[str, str]:
        """The columns to sort by; what has no clock any more is found by arrival only."""
        return BY_ARRIVAL if self.newest else BY_CLOCK

    @property
    def is_filtered(self) -> bool:
        """Whether anything is left out."""
        chosen = (self.state, self.due, self.source, self.election, self.whose, self.text)
        return any((*chosen, self.same))


_DUE: Final = (
    (OVERDUE, gettext_lazy("Terlambat")),
    (TODAY, gettext_lazy("Jatuh tempo hari ini")),
    (WEEK, gettext_lazy("Jatuh tempo dalam 7 hari")),
    (BEFORE_OPENING, gettext_lazy("Berakhir sebelum kantor buka lagi")),
)
_WHOSE: Final = (
    (MINE, gettext_lazy("Saya")),
    (NOBODY, gettext_lazy("Belum ada petugas")),
)
_SORT: Final = ((NEWEST, gettext_lazy("Terbaru dahulu")),)


def wanted_from(given: Mapping[str, str], *, states: type[ReportState] | type[TipState]) -> Wanted:
    """Read the filters of an address; what is not on the list is as if it were not there."""
    election = given.get(ELECTION, "")
    state = _allowed(given.get(STATE, ""), states.values)
    return Wanted(
        state=state,
        due=_allowed(given.get(DUE, ""), [value for value, _label in _DUE]),
        source=_allowed(given.get(SOURCE, ""), Source.values),
        election=election if election.isascii() and len(election) <= 40 else "",
        whose=_allowed(given.get(WHOSE, ""), (MINE, NOBODY)),
        text=" ".join(given.get(TEXT, "").replace("\0", "").split())[:LONGEST_TEXT],
        same=same_key(given.get(SAME, "")),
        newest=given.get(SORT) == NEWEST or state in _ENDED,
        one_by_one=given.get(GROUPS) == APART,
    )


_ENDED: Final = frozenset(
    {"NOT_REGISTERED", "TIP", "REFERRED", "WITHDRAWN", "REGISTERED", "CLOSED", "FINDING", "REPORT"}
)


def queue_rows(*, rows: Entries, wanted: Wanted, actor: Actor, now: datetime) -> Any:  # noqa: ANN401
    """Return what the filtered rows show, ready to be cut into pages."""
    found = filtered(rows=rows, wanted=wanted, actor=actor, now=now)
    numbers = ("receipt_number",) if rows.model is Tip else ("receipt_number", "number")
    return found.values_list(*_COLUMNS, *numbers, named=True)


_COLUMNS: Final = (
    "pk", "due_at", "submitted_at", "public_id", "state", "respondent_line", "agency_line",
    "act_line", "office__time_zone", "assignee__name", "text_key", "office_path",
)  # fmt: skip


def shown(
    *,
    items: Sequence[Any],
    states: type[ReportState] | type[TipState],
    prefix: str,
    now: datetime,
) -> list[QueueRow]:
    """Return the rows of one page as they are shown; labels are looked up once.

    Equal texts are counted in one query more, only where there are texts long enough to compare.
    """
    words = state_words(states)
    model = Report if states is ReportState else Tip
    same = counts_of_same(model=model, pairs=((row.text_key, row.office_path) for row in items))
    soon = now + timedelta(hours=24)
    return [
        QueueRow(
            f"{prefix}{row.public_id}/",
            getattr(row, "number", "") or row.receipt_number,
            *words[row.state],
            row.respondent_line,
            row.agency_line,
            row.act_line,
            say_short_instant(row.due_at, ZoneInfo(row.office__time_zone)) if row.due_at else "",
            _standing(row.due_at, now, soon),
            row.assignee__name or "",
            same.get((row.text_key, row.office_path), 0),
            f"{prefix}?{SAME}={row.text_key}",
        )
        for row in items
    ]


def _standing(due_at: datetime | None, now: datetime, soon: datetime) -> str:
    if due_at is None:
        return ""
    return "late" if due_at < now else "soon" if due_at < soon else "open"


def filtered(*, rows: Entries, wanted: Wanted, actor: Actor, now: datetime) -> Entries:
    """Return only what is wanted."""
    rows = rows.filter(_conditions(wanted, actor, now))
    if not (wanted.same or wanted.one_by_one or wanted.newest):
        rows = rows.filter(first_of_its_text(rows.model))
    return rows if wanted.newest else rows.filter(due_at__isnull=False)


def count_of(rows: Entries) -> CappedCount:
    """Count up to a thousand."""
    return capped_count(rows)


def filters(*, wanted: Wanted, states: type[ReportState] | type[TipState]) -> Filters:
    """Return the filters with what is chosen; one query for the elections."""
    chosen = (wanted.state, wanted.due, wanted.election, wanted.source, wanted.whose)
    sort = NEWEST if wanted.newest else ""
    return _filters(get_language(), states, tuple(_ELECTIONS()), (*chosen, sort))


def _elections() -> QuerySet[Election, tuple[str, str]]:
    return Election.objects.order_by("-polling_on", "code").values_list("code", "name")[:50]


_ELECTIONS: Final = Prepared(_elections)


@lru_cache(maxsize=256)
def _filters(
    _language: str | None,
    states: type[ReportState] | type[TipState],
    elections: tuple[tuple[str, str], ...],
    chosen: tuple[str, ...],
) -> Filters:
    """Make the choices, which cost more than the list: the same few are asked for all day."""
    state, due, election, source, whose, sort = chosen
    return (
        _filter(STATE, _("Keadaan"), states.choices, state),
        _filter(DUE, _("Tenggat"), _DUE, due),
        _filter(ELECTION, _("Pemilu atau pemilihan"), elections, election),
        _filter(SOURCE, _("Sumber"), Source.choices, source),
        _filter(WHOSE, _("Petugas"), _WHOSE, whose),
        _filter(SORT, _("Urutan"), _SORT, sort, _("Tenggat terdekat")),
    )


def state_words(states: type[ReportState] | type[TipState]) -> dict[str, tuple[str, str]]:
    """Return label and tone of every state, made once for the page."""
    return {value: (str(words), TONES.get(value, "info")) for value, words in states.choices}


def _allowed(value: str, known: Sequence[str]) -> str:
    return value if value in known else ""


def _filter(
    name: str, label: str, choices: Sequence[tuple[Any, Any]], chosen: str, first: str = ""
) -> Filter:
    every = [("", first or _("Semua")), *choices]
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, _SELECTED if str(value) == chosen else "", words) for value, words in every),
    )
    return Filter(name, label, options)


_SELECTED: Final = format_html("{}", " selected")


def _conditions(wanted: Wanted, actor: Actor, now: datetime) -> Q:
    condition = Q()
    if wanted.state:
        condition &= Q(state=wanted.state)
    if wanted.source:
        condition &= Q(source=wanted.source)
    if wanted.election:
        condition &= Q(contest__election__code=wanted.election)
    if wanted.whose:
        condition &= Q(assignee_id=actor.user_id) if wanted.whose == MINE else Q(assignee=None)
    if wanted.due:
        condition &= _due_condition(wanted, now)
    if wanted.same:
        condition &= Q(text_key=wanted.same)
    return condition & _text_condition(wanted.text) if wanted.text else condition


def _due_condition(wanted: Wanted, now: datetime) -> Q:
    if wanted.due == OVERDUE:
        return Q(due_at__lt=now)
    if wanted.due == TODAY:
        return Q(due_at__gte=now, due_at__lt=now + timedelta(hours=24))
    if wanted.due == BEFORE_OPENING:
        return Q(due_at__gte=now, due_at__lt=wanted.opens_at or now)
    return Q(due_at__gte=now, due_at__lt=now + timedelta(days=7))


def _text_condition(text: str) -> Q:
    """Find numbers by their beginning, names by likeness of letters, the account by its words."""
    found = Q(search=SearchQuery(text, config="indonesian", search_type="websearch"))
    for name in spellings(text):  # Soedirman is found as Sudirman; all ask the trigram index
        found |= Q(respondent_line__icontains=name)
    if len(text) >= SHORTEST_LIKE:  # and Sudirmen too
        found |= Q(respondent_line__trigram_word_similar=text)
    return found | Q(receipt_number__istartswith=text)
