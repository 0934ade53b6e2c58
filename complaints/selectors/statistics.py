"""Public statistics: exact counts by office, contest and month, folded from small changes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import quote

from django.db.models import CharField, Exists, F, Func, OuterRef, Q, QuerySet, Sum, Value
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from complaints.models import Tally
from complaints.selectors.json_schema import TEXT, WHOLE, schema_of
from complaints.tallies import TallyKind
from neutrality.elections.models import Contest
from neutrality.law.codes import OfficeLevel
from neutrality.organisations.models import ROOT_OFFICE, Office
from neutrality.ui.charts import BarChart, LineChart, make_bars, make_line
from neutrality.ui.tiles import TileMap, make_tiles

K = TallyKind
COUNTS: Final = (K.REPORT, K.MATTER, K.PERSON)
ENTRIES: Final = (K.REPORT, K.TIP, K.FINDING)
COURSE: Final = (K.CASE, K.DECIDED, K.REFERRED, K.RECOMMENDED, K.FOLLOWED_UP)
OUTCOMES: Final = tuple(kind for kind in TallyKind if kind.startswith("OUTCOME_"))
COLUMNS: Final = (*ENTRIES, *COURSE)
MEANINGS: Final[Mapping[str, Any]] = {
    K.REPORT: gettext_lazy("laporan yang masuk, di kantor tempat laporan itu masuk"),
    K.TIP: gettext_lazy("informasi awal yang dicatat, termasuk laporan yang terlambat"),
    K.MATTER: gettext_lazy("berkas yang dibuka; beberapa laporan dapat menjadi satu berkas"),
    K.PERSON: gettext_lazy(
        "orang yang disebut dalam laporan dan informasi awal saat masuk; orang yang sama dalam dua "
        "laporan dihitung dua kali"
    ),
    K.FINDING: gettext_lazy("temuan yang ditetapkan pleno dari pengawasan sendiri"),
    K.CASE: gettext_lazy("berkas yang mendapat nomor registrasi"),
    K.DECIDED: gettext_lazy("berkas yang hasilnya ditetapkan pleno dan tidak dibuka kembali"),
    K.REFERRED: gettext_lazy("penerusan per orang dan golongan hasil, termasuk yang dibatalkan"),
    K.RECOMMENDED: gettext_lazy("rekomendasi instansi tujuan per orang"),
    K.FOLLOWED_UP: gettext_lazy(
        "penerusan yang tindak lanjutnya selesai dengan keputusan yang berlaku, pada bulan "
        "keputusannya; jenis keputusannya tidak disebut; yang diajukan keberatan atau dibatalkan "
        "tidak dihitung"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody asks: an office with all below it, a contest, and months."""

    path: str = ROOT_OFFICE
    contest_id: int | None = None
    from_month: date | None = None
    until_month: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: a place or a month, and a number for each column."""

    label: str
    key: str
    numbers: tuple[int, ...]
    has_more: bool = False

    @property
    def is_empty(self) -> bool:
        """Say whether every number is zero."""
        return not any(self.numbers)


@dataclass(frozen=True, slots=True)
class Figure:
    """One count with its name and what exactly is counted."""

    label: str
    value: int
    meaning: str


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything on the page."""

    office: Office
    parents: tuple[Office, ...]
    counts: tuple[Figure, ...]
    columns: tuple[str, ...]
    total: Line
    places: tuple[Line, ...]
    months: tuple[Line, ...]
    outcomes: BarChart
    course: BarChart
    by_month: LineChart
    meanings: tuple[Figure, ...]
    follow_up: "FollowUp | None"
    map: TileMap | None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What became of what was sent: how many were recommended, how many finished, and the share."""

    referred: int
    recommended: int
    finished: int
    recommended_share: str
    finished_share: str


def statistics(*, wanted: Wanted, office: Office, filters: str = "") -> Statistics:
    """Return the page in a constant number of queries; a place without anything is shown as 0.

    `filters` is what the links of the map carry on. The cost follows the folded counts of the
    offices asked for, never the complaints themselves.
    """
    children = list(_children(office))
    by_place = _by_place(wanted, depth=len(office.path.split("/")) + 1)
    by_month = _by_month(wanted)
    totals = _summed(by_place.values())
    return Statistics(
        office=office,
        parents=_parents(office),
        counts=tuple(_figure(kind, totals) for kind in COUNTS),
        columns=tuple(str(kind.label) for kind in COLUMNS),
        total=_line(_("Jumlah"), "", totals),
        places=_places(office, children, by_place),
        months=tuple(_line(_month(month), f"{month:%Y-%m}", by_month[month]) for month in by_month),
        outcomes=_chart(_("Hasil pleno per dugaan"), OUTCOMES, totals),
        course=_chart(
            _("Dari laporan sampai tindak lanjut selesai"), (K.REPORT, K.TIP, *COURSE), totals
        ),
        by_month=make_line(
            title=_("Laporan dan informasi awal per bulan"),
            label_heading=_("Bulan"),
            value_heading=_("Jumlah"),
            rows=[
                (_month(month), by_month[month][K.REPORT] + by_month[month][K.TIP])
                for month in by_month
            ],
        ),
        meanings=tuple(_figure(kind, totals) for kind in MEANINGS),
        follow_up=_follow_up(totals),
        map=_map(office, children, by_place, filters),
    )


def _map(
    office: Office,
    children: Sequence[Office],
    found: Mapping[str, Mapping[str, int]],
    filters: str,
) -> TileMap | None:
    """Return the country as tiles; its table is that of the offices on the same page."""
    if office.level != OfficeLevel.RI:
        return None
    return make_tiles(
        title=_("Laporan menurut provinsi"),
        rows={
            row.path.rpartition("/")[2]: (
                row.name,
                found.get(row.path, {}).get(K.REPORT, 0),
                f"?kantor={quote(row.path)}&{filters}",
            )
            for row in children
        },
    )


def _follow_up(totals: Mapping[str, int]) -> FollowUp | None:
    """Return the rates of the whole chain; None where nothing was ever sent."""
    referred, recommended = totals.get(K.REFERRED, 0), totals.get(K.RECOMMENDED, 0)
    finished = totals.get(K.FOLLOWED_UP, 0)
    if referred <= 0:
        return None
    return FollowUp(
        referred=referred,
        recommended=recommended,
        finished=finished,
        recommended_share=f"{round(100 * recommended / referred)}%",
        finished_share=f"{round(100 * finished / referred)}%",
    )


def offices() -> "QuerySet[Office]":
    """Return every office that public statistics know, districts under their city."""
    return Office.objects.order_by("path")


def contests() -> list[tuple[int, str]]:
    """Return the contests in which something was counted, newest election first; one query."""
    counted = Tally.objects.filter(contest=OuterRef("pk"))
    rows = Contest.objects.filter(Exists(counted)).select_related("election")
    ordered = rows.order_by("-election__polling_on", "name", "pk")
    return [(row.pk, f"{row.election.name}: {row.name}") for row in ordered]


def open_data(*, wanted: Wanted) -> Iterator[dict[str, Any]]:
    """Yield one row per office, contest and month, and one of zeros for each office without any.

    Rows come by office, then election and month; every kind has its number, also where it is 0.
    """
    cells: dict[tuple[str, int, date], dict[str, int]] = defaultdict(dict)
    for path, contest, month, kind, amount in _cells(wanted):
        cells[(path, contest or 0, month)][kind] = amount
    names = dict(contests())
    by_path: dict[str, list[tuple[int, date]]] = defaultdict(list)
    for path, contest, month in cells:
        by_path[path].append((contest, month))
    for office in _under(wanted.path).order_by("path"):
        for contest, month in sorted(by_path.get(office.path, [])):
            numbers = cells[(office.path, contest, month)]
            yield _row(office, names.get(contest, ""), f"{month:%Y-%m}", numbers)
        if office.path not in by_path:
            yield _row(office, "", "", {})


def data_columns() -> tuple[str, ...]:
    """Return the names of the columns of the open data, in order."""
    return ("office", "office_name", "contest", "month", *(kind.column for kind in TallyKind))


def schema() -> dict[str, Any]:
    """Return the JSON schema of one row, with what each number counts."""
    words: dict[str, Any] = {
        "office": {**TEXT, "description": _("Jalur kode wilayah kantor, RI/35/35.71")},
        "office_name": TEXT,
        "contest": {**TEXT, "description": _("Kosong bila belum diketahui saat masuk")},
        "month": {
            **TEXT,
            "pattern": r"^(\d{4}-\d{2})?$",
            "description": _("Kosong pada baris nol sebuah kantor"),
        },
    }
    for kind in TallyKind:
        meaning = str(MEANINGS.get(kind, kind.label))
        words[kind.column] = {**WHOLE, "description": meaning}
    return schema_of(words)


def _row(office: Office, contest: str, month: str, numbers: Mapping[str, int]) -> dict[str, Any]:
    counted = {kind.column: numbers.get(kind, 0) for kind in TallyKind}
    return {
        "office": office.path,
        "office_name": office.name,
        "contest": contest,
        "month": month,
        **counted,
    }


def _tallies(wanted: Wanted) -> "QuerySet[Tally]":
    rows = Tally.objects.all()
    if wanted.path != ROOT_OFFICE:
        below = Q(office__path__startswith=f"{wanted.path}/")
        rows = rows.filter(Q(office__path=wanted.path) | below)
    if wanted.contest_id is not None:
        rows = rows.filter(contest_id=wanted.contest_id)
    if wanted.from_month:
        rows = rows.filter(month__gte=wanted.from_month)
    return rows.filter(month__lte=wanted.until_month) if wanted.until_month else rows


def _cells(wanted: Wanted) -> Iterable[tuple[str, int | None, date, str, int]]:
    rows = _tallies(wanted).values_list("office__path", "contest_id", "month", "kind")
    summed: Iterable[tuple[str, int | None, date, str, int]] = (
        rows.order_by("office__path").annotate(n=Sum("amount")).filter(~Q(n=0))
    )
    return summed


def _by_place(wanted: Wanted, *, depth: int) -> dict[str, dict[str, int]]:
    """Sum by the office itself and by each office right below it; one query."""
    place = Func(
        Func(F("office__path"), Value("/"), function="string_to_array"),
        template=f"array_to_string((%(expressions)s)[1:{depth:d}], '/')",
        output_field=CharField(),
    )
    rows = _tallies(wanted).annotate(place=place).values_list("place", "kind")
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for path, kind, amount in rows.order_by("place").annotate(Sum("amount")):
        found[path][kind] = amount
    return found


def _by_month(wanted: Wanted) -> dict[date, dict[str, int]]:
    """Sum by month, with the months of zero between the first and the last; one query."""
    rows = _tallies(wanted).values_list("month", "kind").order_by("month")
    found: dict[date, dict[str, int]] = {}
    for month, kind, amount in rows.annotate(Sum("amount")):
        found.setdefault(month, defaultdict(int))[kind] = amount
    return {month: found.get(month, defaultdict(int)) for month in _months(found)}


def _months(found: Mapping[date, object]) -> Iterator[date]:
    if not found:
        return
    month, last = min(found), max(found)
    while month <= last:
        yield month
        month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)


def _children(office: Office) -> "QuerySet[Office]":
    rows = Office.objects.filter(parent=office).exclude(level=OfficeLevel.DISTRICT)
    return rows.order_by("path")


def _under(path: str) -> "QuerySet[Office]":
    rows = Office.objects.exclude(level=OfficeLevel.DISTRICT)
    if path == ROOT_OFFICE:
        return rows
    return rows.filter(Q(path=path) | Q(path__startswith=f"{path}/"))


def _parents(office: Office) -> tuple[Office, ...]:
    segments = office.path.split("/")
    paths = ["/".join(segments[:depth]) for depth in range(1, len(segments))]
    return tuple(Office.objects.filter(path__in=paths).order_by("path")) if paths else ()


def _places(
    office: Office, children: Sequence[Office], found: Mapping[str, Mapping[str, int]]
) -> tuple[Line, ...]:
    more = office.level == OfficeLevel.RI
    own = _line(office.name, "", found.get(office.path, {}))
    below = [_line(row.name, row.path, found.get(row.path, {}), has_more=more) for row in children]
    return (own, *below)


def _line(label: str, key: str, numbers: Mapping[str, int], *, has_more: bool = False) -> Line:
    return Line(label, key, tuple(numbers.get(kind, 0) for kind in COLUMNS), has_more)


def _summed(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    totals: dict[str, int] = defaultdict(int)
    for part in parts:
        for kind, amount in part.items():
            totals[kind] += amount
    return totals


def _figure(kind: str, totals: Mapping[str, int]) -> Figure:
    return Figure(str(TallyKind(kind).label), totals.get(kind, 0), str(MEANINGS[kind]))


def _chart(title: str, kinds: Iterable[TallyKind], totals: Mapping[str, int]) -> BarChart:
    return make_bars(
        title=title,
        label_heading=_("Yang dihitung"),
        value_heading=_("Jumlah"),
        rows=[(str(kind.label), totals.get(kind, 0)) for kind in kinds],
    )


def _month(month: date) -> str:
    return date_format(month, "F Y")
