"""The queues of reports and tips: rows as text, made by the database in one query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from django.contrib.postgres.search import SearchQuery
from django.db.models import (
    Case,
    CharField,
    F,
    Func,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat, NullIf
from django.utils.translation import gettext as _, gettext_lazy

from complaints.codes import ReportState, Source, TipState
from complaints.models import Report, Tip
from complaints.selectors.file_parts import TONES
from neutrality.accounts.roles import OFFICE_ROLES
from neutrality.audit.actor import Actor
from neutrality.elections.models import Election
from neutrality.organisations.models import Office
from neutrality.ui.keyset import CappedCount, capped_count

Entries = QuerySet[Report] | QuerySet[Tip]

STATE, DUE, SOURCE, ELECTION, WHOSE, TEXT, SORT = (
    "keadaan", "tenggat", "sumber", "pemilihan", "petugas", "cari", "urut"
)  # fmt: skip
TODAY, WEEK, OVERDUE = "hari-ini", "minggu-ini", "terlambat"
MINE, NOBODY = "saya", "belum"
NEWEST: Final = "terbaru"
BY_CLOCK: Final = ("due_at", "pk")
BY_ARRIVAL: Final = ("-submitted_at", "-pk")
LONGEST_TEXT: Final = 100


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


class Option(NamedTuple):
    """One choice of a filter."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One select of the filters."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for; only values of the allow-list are left."""

    state: str = ""
    due: str = ""
    source: str = ""
    election: str = ""
    whose: str = ""
    text: str = ""
    newest: bool = False

    @property
    def order(self) -> tuple[str, str]:
        """The columns to sort by; what has no clock any more is found by arrival only."""
        return BY_ARRIVAL if self.newest else BY_CLOCK

    @property
    def is_filtered(self) -> bool:
        """Whether anything is left out."""
        return any((self.state, self.due, self.source, self.election, self.whose, self.text))


_DUE: Final = (
    (OVERDUE, gettext_lazy("Terlambat")),
    (TODAY, gettext_lazy("Jatuh tempo hari ini")),
    (WEEK, gettext_lazy("Jatuh tempo dalam 7 hari")),
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
        newest=given.get(SORT) == NEWEST or state in _ENDED,
    )


_ENDED: Final = frozenset(
    {"NOT_REGISTERED", "TIP", "REFERRED", "WITHDRAWN", "REGISTERED", "CLOSED", "FINDING", "REPORT"}
)


def queue_rows(*, rows: Entries, wanted: Wanted, actor: Actor, now: datetime) -> Any:  # noqa: ANN401
    """Return the filtered rows as text, ready to be cut into pages."""
    found = filtered(rows=rows, wanted=wanted, actor=actor, now=now).annotate(
        shown_number=_number(rows),
        due_text=_due_text(),
        standing=_standing(now),
        person=Coalesce("assignee__name", Value("")),
    )
    return found.values_list(*_COLUMNS, named=True)


_COLUMNS: Final = (
    "pk", "due_at", "submitted_at", "public_id", "shown_number", "state", "respondent_line",
    "agency_line", "act_line", "due_text", "standing", "person",
)  # fmt: skip


def shown(
    *, items: Sequence[Any], states: type[ReportState] | type[TipState], prefix: str
) -> list[QueueRow]:
    """Return the rows of one page as they are shown; labels are looked up once."""
    words = state_words(states)
    return [
        QueueRow(
            f"{prefix}{row.public_id}/",
            row.shown_number,
            *words[row.state],
            row.respondent_line,
            row.agency_line,
            row.act_line,
            row.due_text,
            row.standing,
            row.person,
        )
        for row in items
    ]


def filtered(*, rows: Entries, wanted: Wanted, actor: Actor, now: datetime) -> Entries:
    """Return only what is wanted."""
    rows = rows.filter(_conditions(wanted, actor, now))
    return rows if wanted.newest else rows.filter(due_at__isnull=False)


def own_paths(*, actor: Actor) -> str | None:
    """Return the path of the only office that the actor reaches, or None when there are more.

    With one path the rows come sorted from an index; "at or below" cannot.
    """
    paths = {grant.at.path for grant in actor.grants if grant.role in OFFICE_ROLES}
    if len(paths) != 1:
        return None
    (path,) = paths
    below = Office.objects.filter(path__startswith=f"{path}/").exists()
    return None if below or not path else path


def count_of(rows: Entries) -> CappedCount:
    """Count up to a thousand."""
    return capped_count(rows)


def filters(*, wanted: Wanted, states: type[ReportState] | type[TipState]) -> tuple[Filter, ...]:
    """Return the filters with what is chosen; one query for the elections."""
    elections = Election.objects.order_by("-polling_on", "code").values_list("code", "name")[:50]
    return (
        _filter(STATE, _("Keadaan"), states.choices, wanted.state),
        _filter(DUE, _("Tenggat"), _DUE, wanted.due),
        _filter(ELECTION, _("Pemilu atau pemilihan"), list(elections), wanted.election),
        _filter(SOURCE, _("Sumber"), Source.choices, wanted.source),
        _filter(WHOSE, _("Petugas"), _WHOSE, wanted.whose),
        _filter(SORT, _("Urutan"), _SORT, NEWEST if wanted.newest else "", _("Tenggat terdekat")),
    )


def state_words(states: type[ReportState] | type[TipState]) -> dict[str, tuple[str, str]]:
    """Return label and tone of every state, made once for the page."""
    return {value: (str(words), TONES.get(value, "info")) for value, words in states.choices}


def _allowed(value: str, known: Sequence[str]) -> str:
    return value if value in known else ""


def _filter(
    name: str, label: str, choices: Sequence[tuple[Any, Any]], chosen: str, first: str = ""
) -> Filter:
    options = (Option("", first or _("Semua"), not chosen), *(
        Option(str(value), str(words), str(value) == chosen) for value, words in choices
    ))  # fmt: skip
    return Filter(name, label, options)


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
        condition &= _due_condition(wanted.due, now)
    return condition & _text_condition(wanted.text) if wanted.text else condition


def _due_condition(due: str, now: datetime) -> Q:
    if due == OVERDUE:
        return Q(due_at__lt=now)
    if due == TODAY:
        return Q(due_at__gte=now, due_at__lt=now + timedelta(hours=24))
    return Q(due_at__gte=now, due_at__lt=now + timedelta(days=7))


def _text_condition(text: str) -> Q:
    """Find numbers by their beginning, names by likeness of letters, the account by its words."""
    found = Q(search=SearchQuery(text, config="indonesian", search_type="websearch"))
    found |= Q(respondent_line__icontains=text)
    return found | Q(receipt_number__istartswith=text)


def _number(rows: Entries) -> Any:  # noqa: ANN401
    if rows.model is Tip:
        return F("receipt_number")
    return Coalesce(NullIf("number", Value("")), "receipt_number")


def _due_text() -> Func | Case:
    """Write the due instant in the zone of its office: `21-11-2026 16.00 WIB`."""
    local = Func(F("office__time_zone"), F("due_at"), function="timezone")
    text = Func(local, Value("DD-MM-YYYY HH24.MI"), function="to_char", output_field=CharField())
    zone = Case(
        When(office__time_zone="Asia/Makassar", then=Value(" WITA")),
        When(office__time_zone="Asia/Jayapura", then=Value(" WIT")),
        default=Value(" WIB"),
    )
    return Case(When(due_at=None, then=Value("")), default=Concat(text, zone))


def _standing(now: datetime) -> Case:
    return Case(
        When(due_at=None, then=Value("")),
        When(due_at__lt=now, then=Value("late")),
        When(due_at__lt=now + timedelta(hours=24), then=Value("soon")),
        default=Value("open"),
        output_field=CharField(),
    )
