"""The columns of the lists: what each shows, what it asks of the database, which a person wants."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _

from complaints.act_words import spoken_acts
from complaints.codes import PartyKind, Source
from complaints.models import Allegation, AllegationResult, Finding, Party
from complaints.selectors.queue_wanted import CASES, Listing
from neutrality.law.codes import ActCode, OutcomeClass
from neutrality.law.labels import label
from neutrality.ui.dates import say_short_day, say_short_instant

SOON: Final = timedelta(hours=24)
LATE, NEAR, OPEN = "late", "soon", "open"
LONGEST_LIST: Final = 3


class Cell(NamedTuple):
    """What stands in one cell: the words, smaller words below, and a mark of the clock."""

    words: str
    below: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column that can be chosen.

    Attributes:
        fields: The columns of the row that it reads.
        made: What is computed for each row that is shown, by name.
        cell: From a row, the time and the row's zone to what is shown.
    """

    key: str
    label: str | Promise
    cell: Callable[[Any, datetime, ZoneInfo], Cell]
    fields: tuple[str, ...] = ()
    made: Mapping[str, Any] = field(default_factory=dict)


def standing(due_at: datetime | None, now: datetime) -> str:
    """Return how a deadline stands: late, soon (within a day), open, or nothing."""
    if due_at is None:
        return ""
    return LATE if due_at < now else NEAR if due_at < now + SOON else OPEN


def chosen_columns(listing: Listing, kept: str) -> tuple[Column, ...]:
    """Return the columns that somebody has chosen, in the list's order; else the usual ones."""
    wanted = set(kept.split(",")) if kept else set(USUAL[listing.name])
    return tuple(column for column in COLUMNS[listing.name] if column.key in wanted)


def _due(row: Any, now: datetime, tz: ZoneInfo) -> Cell:  # noqa: ANN401  a row of either list
    if row.due_at is None:
        return Cell(gettext("Tidak berjalan"))
    return Cell(say_short_instant(row.due_at, tz), mark=standing(row.due_at, now))


def _person(row: Any, _now: datetime, _tz: ZoneInfo) -> Cell:  # noqa: ANN401
    return Cell(row.assignee__name or gettext("belum ada"))


def _office(row: Any, _now: datetime, _tz: ZoneInfo) -> Cell:  # noqa: ANN401
    return Cell(row.office__name)


def _election(row: Any, _now: datetime, _tz: ZoneInfo) -> Cell:  # noqa: ANN401
    return Cell(row.contest__election__name or "", row.contest__name or "")


def _arrived(row: Any, _now: datetime, tz: ZoneInfo) -> Cell:  # noqa: ANN401
    return Cell(say_short_instant(row.submitted_at, tz))


def _registered(row: Any, _now: datetime, tz: ZoneInfo) -> Cell:  # noqa: ANN401
    return Cell(say_short_day(row.registered_at.astimezone(tz).date()))


def _entry_people(row: Any, _now: datetime, _tz: ZoneInfo) -> Cell:  # noqa: ANN401
    return Cell(row.respondent_line, row.agency_line)


def _entry_act(row: Any, _now: datetime, _tz: ZoneInfo) -> Cell:  # noqa: ANN401
    return Cell(spoken_acts(row.act_line))


def _entry_source(row: Any, _now: datetime, _tz: ZoneInfo) -> Cell:  # noqa: ANN401
    return Cell(str(Source(row.source).label))


def _case_people(row: Any, _now: datetime, _tz: ZoneInfo) -> Cell:  # noqa: ANN401
    return Cell(_listed(row.people), _listed(dict.fromkeys(filter(None, row.agencies))))


def _case_acts(row: Any, _now: datetime, _tz: ZoneInfo) -> Cell:  # noqa: ANN401
    acts = [str(label(ActCode(act))) for act in row.acts]
    return Cell(_listed(acts) or gettext("belum ditentukan"))


def _case_results(row: Any, _now: datetime, _tz: ZoneInfo) -> Cell:  # noqa: ANN401
    results = [str(label(OutcomeClass(each))) for each in row.results]
    return Cell(_listed(results) or gettext("belum ada"))


def _case_origin(row: Any, _now: datetime, _tz: ZoneInfo) -> Cell:  # noqa: ANN401
    return Cell(gettext("Temuan") if row.is_finding else gettext("Laporan"))


def _listed(words: Sequence[str] | Mapping[str, Any]) -> str:
    """Name some, and say how many more there are."""
    every = list(words)
    shown = ", ".join(every[:LONGEST_LIST])
    more = len(every) - LONGEST_LIST
    if more <= 0:
        return shown
    return gettext("%(shown)s, dan %(more)d lagi") % {"shown": shown, "more": more}


def _respondents() -> QuerySet[Party]:
    rows = Party.objects.filter(matter_id=OuterRef("pk"), kind=PartyKind.RESPONDENT)
    return rows.order_by("pk")


_PEOPLE: Final = {
    "people": ArraySubquery(
        _respondents().values_list(
            Case(When(name="", then=F("description")), default=F("name")), flat=True
        )
    ),
    "agencies": ArraySubquery(
        _respondents().values_list(
            Coalesce("agency__name", NullIf("agency_text", Value("")), output_field=CharField()),
            flat=True,
        )
    ),
}
_ACTS: Final = {
    "acts": ArraySubquery(
        Allegation.objects.filter(matter_id=OuterRef("pk"))
        .exclude(act="")
        .order_by("act")
        .values_list("act", flat=True)
        .distinct()
    )
}
_RESULTS: Final = {
    "results": ArraySubquery(
        AllegationResult.objects.filter(
            allegation__matter_id=OuterRef("pk"), superseded_at__isnull=True
        )
        .order_by("outcome")
        .values_list("outcome", flat=True)
        .distinct()
    )
}
_IS_FINDING: Final = {"is_finding": Exists(Finding.objects.filter(matter_id=OuterRef("pk")))}

_DUE: Final = Column("tenggat", _("Tenggat"), _due)
_PERSON: Final = Column("petugas", _("Petugas"), _person, ("assignee__name",))
_OFFICE: Final = Column("kantor", _("Kantor"), _office, ("office__name",))
_ELECTION: Final = Column(
    "pemilihan", _("Pemilu atau pemilihan"), _election, ("contest__election__name", "contest__name")
)
_OF_ENTRIES: Final = (
    Column("terlapor", _("Terlapor"), _entry_people, ("respondent_line", "agency_line")),
    Column("perbuatan", _("Perbuatan"), _entry_act, ("act_line",)),
    _DUE,
    _PERSON,
    _OFFICE,
    _ELECTION,
    Column("sumber", _("Sumber"), _entry_source, ("source",)),
    Column("masuk", _("Masuk"), _arrived, ("submitted_at",)),
)
_OF_CASES: Final = (
    Column("terlapor", _("Terlapor"), _case_people, made=_PEOPLE),
    Column("perbuatan", _("Perbuatan"), _case_acts, made=_ACTS),
    _DUE,
    _OFFICE,
    _PERSON,
    _ELECTION,
    Column("asal", _("Asal"), _case_origin, made=_IS_FINDING),
    Column("hasil", _("Hasil"), _case_results, made=_RESULTS),
    Column("registrasi", _("Diregistrasi"), _registered, ("registered_at",)),
)
COLUMNS: Final[Mapping[str, tuple[Column, ...]]] = {
    "reports": _OF_ENTRIES,
    "tips": _OF_ENTRIES,
    CASES.name: _OF_CASES,
}
USUAL: Final[Mapping[str, tuple[str, ...]]] = {
    "reports": ("terlapor", "perbuatan", "tenggat", "petugas"),
    "tips": ("terlapor", "perbuatan", "tenggat", "petugas"),
    CASES.name: ("tenggat", "kantor", "petugas"),
}
