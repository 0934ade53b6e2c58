"""The dashboard of an office and its subtree, from figures that a task counts (`count_figures`)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _, gettext_lazy

from complaints.codes import CaseState, ReferralState, ReportState, TipState
from complaints.models import Figure
from complaints.tallies import TallyKind
from neutrality.accounts.models import User
from neutrality.accounts.roles import Role
from neutrality.accounts.scope import offices_in_scope
from neutrality.audit.actor import Actor
from neutrality.elections.models import Election
from neutrality.law.codes import ActCode, OfficeLevel, PeriodCode
from neutrality.law.labels import label
from neutrality.organisations.models import Agency, Office
from neutrality.personnel.codes import PositionClass
from neutrality.ui.charts import BarChart, Funnel, LineChart, Row, make_bars, make_funnel, make_line
from neutrality.ui.dates import say_short_instant
from neutrality.ui.tiles import TileMap, make_tiles

ROLES: Final = (Role.SUPERVISOR, Role.COMMISSIONER, Role.AUDITOR)
MOST_AGENCIES: Final = 15
Figures = Mapping[str, Mapping[str, int]]

_AGES: Final = (
    ("0-3", gettext_lazy("0 sampai 3 hari")),
    ("4-7", gettext_lazy("4 sampai 7 hari")),
    ("8-14", gettext_lazy("8 sampai 14 hari")),
    ("15-30", gettext_lazy("15 sampai 30 hari")),
    ("31", gettext_lazy("lebih dari 30 hari")),
)
_SPANS: Final = (
    ("0-1", gettext_lazy("0 sampai 1 hari")),
    ("2-3", gettext_lazy("2 sampai 3 hari")),
    ("4-7", gettext_lazy("4 sampai 7 hari")),
    ("8-14", gettext_lazy("8 sampai 14 hari")),
    ("15", gettext_lazy("15 hari atau lebih")),
)
_STAGES: Final = (
    ("RECEIVE", gettext_lazy("Dari masuk sampai diterima")),
    ("REGISTER", gettext_lazy("Dari diterima sampai diregistrasi")),
    ("DECIDE", gettext_lazy("Dari diregistrasi sampai diputus")),
    ("SEND", gettext_lazy("Dari diputus sampai diteruskan")),
    ("RECOMMEND", gettext_lazy("Dari diteruskan sampai rekomendasi")),
    ("SANCTION", gettext_lazy("Dari rekomendasi sampai sanksi")),
)


@dataclass(frozen=True, slots=True)
class ClockLine:
    """How one kind of period was kept; `share` is empty where none has ended or is overdue."""

    label: str
    met: int
    late: int
    running: int
    overdue: int
    share: str


@dataclass(frozen=True, slots=True)
class StageLine:
    """How long one stage took, as numbers per span of days."""

    label: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """An office right below, with what is open and how its periods were kept."""

    name: str
    url: str
    open: int
    overdue: int
    share: str


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """Somebody of this very office with the open work in hand."""

    name: str
    reports: int
    tips: int
    cases: int


@dataclass(frozen=True, slots=True)
class Headline:
    """One number on top, with what exactly it says and the list behind it."""

    label: str
    value: str | int
    note: str
    href: str
    tone: str


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything on the page; `as_of` is empty when nothing was counted yet."""

    office: Office
    parents: tuple[tuple[str, str], ...]
    as_of: str
    headlines: tuple[Headline, ...]
    by_month: LineChart
    stock: tuple[BarChart, ...]
    ages: tuple[StageLine, ...]
    age_headings: tuple[str, ...]
    clocks: tuple[ClockLine, ...]
    stages: tuple[StageLine, ...]
    span_headings: tuple[str, ...]
    funnel: Funnel
    followed_up: str
    breakdown: tuple[BarChart, ...]
    officers: tuple[OfficerLine, ...]
    places: tuple[PlaceLine, ...]
    map: TileMap | None


def offices_shown(*, actor: Actor) -> QuerySet[Office]:
    """Return the offices whose dashboard this actor may open, the highest first."""
    return offices_in_scope(actor, *ROLES).order_by("path")


def elections() -> list[tuple[str, str]]:
    """Return the elections to choose from, newest first; one query."""
    rows = Election.objects.order_by("-polling_on", "code").values_list("code", "name")
    return [("", _("Semua pemilu dan pemilihan")), *rows[:50]]


def dashboard(*, office: Office, election: Election | None, actor: Actor) -> Dashboard:
    """Return the page in six queries, whatever was reported."""
    figures, counted_at = _read(office.path, election)
    children = list(Office.objects.filter(parent=office).order_by("path"))
    below = _below([row.path for row in children], election)
    works = any(actor.role_at([role], office.ref()) for role in ROLES[:2])
    address = _address(election)
    return Dashboard(
        office=office,
        parents=_parents(office, actor, address),
        as_of=say_short_instant(counted_at, office.tz) if counted_at else "",
        headlines=_headlines(figures, works=works),
        by_month=_by_month(figures),
        stock=_stock(figures, works=works),
        ages=_lines(figures["AGE"], _KINDS, _AGES),
        age_headings=tuple(str(words) for _key, words in _AGES),
        clocks=tuple(_clocks(figures["CLOCK"])),
        stages=_lines(figures["STAGE"], _STAGES, _SPANS),
        span_headings=tuple(str(words) for _key, words in _SPANS),
        funnel=_funnel(figures["FLOW"]),
        followed_up=_followed_up(figures["FLOW"]),
        breakdown=_breakdown(figures),
        officers=_officers(figures["WORKLOAD"]) if works else (),
        places=tuple(_place(row, below[row.path], address) for row in children),
        map=_map(office, children, below, address),
    )


_KINDS: Final = (
    ("REPORT", gettext_lazy("Laporan")),
    ("TIP", gettext_lazy("Informasi awal")),
    ("CASE", gettext_lazy("Perkara")),
)
_LISTS: Final[Mapping[str, tuple[Any, Any, str]]] = {
    "REPORT": (gettext_lazy("Laporan menurut keadaan"), ReportState, "staff:reports"),
    "TIP": (gettext_lazy("Informasi awal menurut keadaan"), TipState, "staff:tips"),
    "CASE": (gettext_lazy("Perkara menurut keadaan"), CaseState, "staff:cases"),
    "ITEM": (gettext_lazy("Penerusan menurut keadaan"), ReferralState, "staff:items"),
}
_PARAMETERS: Final = {"ITEM": "tampilan"}


def _read(path: str, election: Election | None) -> tuple[Figures, Any]:
    """Return the figures of one office by topic and key, and when they were counted."""
    rows = Figure.objects.filter(path=path, election=election)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    counted_at = None
    for topic, key, amount, at in rows.values_list("topic", "key", "amount", "counted_at"):
        found[topic][key] = amount
        counted_at = at
    return found, counted_at


def _below(paths: Sequence[str], election: Election | None) -> Mapping[str, Figures]:
    """Return what is open, and how periods were kept, of several offices."""
    rows = Figure.objects.filter(path__in=paths, election=election, topic__in=("AGE", "CLOCK"))
    found: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for path, topic, key, amount in rows.values_list("path", "topic", "key", "amount"):
        found[path][topic][key] = amount
    return found


def _address(election: Election | None) -> str:
    page = reverse("staff:dashboard")
    return f"{page}?{urlencode({'pemilihan': election.code})}&" if election else f"{page}?"


def _parents(office: Office, actor: Actor, address: str) -> tuple[tuple[str, str], ...]:
    segments = office.path.split("/")
    paths = ["/".join(segments[:depth]) for depth in range(1, len(segments))]
    rows = offices_shown(actor=actor).filter(path__in=paths) if paths else []
    return tuple((row.name, _to(row, address)) for row in rows)


def _to(office: Office, address: str) -> str:
    return f"{address}{urlencode({'kantor': office.path})}"


def _headlines(figures: Figures, *, works: bool) -> tuple[Headline, ...]:
    totals = _kept(figures["CLOCK"])
    overdue = f"{reverse('staff:reports')}?tenggat=terlambat" if works else ""
    unfinished = sum(figures["AGE"].values())
    flow = figures["FLOW"]
    return (
        Headline(
            _("Masuk seluruhnya"),
            flow.get(TallyKind.REPORT, 0) + flow.get(TallyKind.TIP, 0),
            _("laporan dan informasi awal"),
            "",
            "neutral",
        ),
        Headline(
            _("Belum selesai"), unfinished, _("laporan, informasi awal, dan perkara"), "", "neutral"
        ),
        Headline(
            _("Lewat tenggat"),
            totals["overdue"],
            _("tenggat yang berjalan dan sudah lewat"),
            overdue,
            "danger" if totals["overdue"] else "neutral",
        ),
        Headline(
            _("Tepat waktu"),
            _share(totals) or "–",  # noqa: RUF001
            _("selesai tepat waktu ÷ (selesai + berjalan dan lewat)"),
            "",
            "neutral",
        ),
    )


def _kept(clocks: Mapping[str, int]) -> dict[str, int]:
    totals: dict[str, int] = defaultdict(int)
    for key, amount in clocks.items():
        totals[key.rpartition(":")[2]] += amount
    return totals


def _share(totals: Mapping[str, int]) -> str:
    """Say how many periods were kept, of those that ended or should have."""
    whole = totals.get("met", 0) + totals.get("late", 0) + totals.get("overdue", 0)
    return f"{round(100 * totals.get('met', 0) / whole)}%" if whole else ""


def _by_month(figures: Figures) -> LineChart:
    months = sorted(figures["MONTH"])
    return make_line(
        title=_("Laporan dan informasi awal per bulan"),
        label_heading=_("Bulan"),
        value_heading=_("Jumlah"),
        rows=[(_month(month), figures["MONTH"][month]) for month in months],
    )


def _month(key: str) -> str:
    year, _dash, month = key.partition("-")
    return f"{MONTHS[int(month)]} {year}"


def _stock(figures: Figures, *, works: bool) -> tuple[BarChart, ...]:
    return tuple(_states(topic, figures[topic], works=works) for topic in _LISTS)


def _states(topic: str, numbers: Mapping[str, int], *, works: bool) -> BarChart:
    title, states, page = _LISTS[topic]
    address = reverse(page)
    parameter = _PARAMETERS.get(topic, "keadaan")
    rows: list[Row] = [
        (
            str(state.label),
            numbers.get(state.value, 0),
            "primary",
            f"{address}?{parameter}={state.value}" if works else "",
        )
        for state in states
        if state.value != CaseState.INTAKE
    ]
    return _bars(str(title), _("Keadaan"), rows)


def _bars(title: str, heading: str, rows: Iterable[Row]) -> BarChart:
    return make_bars(title=title, label_heading=heading, value_heading=_("Jumlah"), rows=rows)


def _lines(
    numbers: Mapping[str, int],
    kinds: Iterable[tuple[str, Any]],
    spans: Iterable[tuple[str, Any]],
) -> tuple[StageLine, ...]:
    spans = list(spans)
    return tuple(
        StageLine(str(words), tuple(numbers.get(f"{kind}:{span}", 0) for span, _name in spans))
        for kind, words in kinds
    )


def _clocks(numbers: Mapping[str, int]) -> Iterable[ClockLine]:
    for code in sorted({key.partition(":")[0] for key in numbers}):
        one = {
            state: numbers.get(f"{code}:{state}", 0)
            for state in ("met", "late", "running", "overdue")
        }
        yield ClockLine(label(PeriodCode(code)), **one, share=_share(one))


def _funnel(flow: Mapping[str, int]) -> Funnel:
    proven = sum(
        amount
        for kind, amount in flow.items()
        if kind.startswith("OUTCOME_") and kind not in _UNPROVEN
    )
    return make_funnel(
        title=_("Dari laporan sampai sanksi"),
        rows=[
            (_("Laporan dan informasi awal"), sum(flow.get(kind, 0) for kind in _ENTERED)),
            (_("Perkara diregistrasi"), flow.get(TallyKind.CASE, 0)),
            (_("Dugaan terbukti"), proven),
            (_("Diteruskan"), flow.get(TallyKind.REFERRED, 0)),
            (_("Direkomendasikan"), flow.get(TallyKind.RECOMMENDED, 0)),
            (_("Dijatuhi sanksi"), flow.get(TallyKind.SANCTIONED, 0)),
        ],
    )


_ENTERED: Final = (TallyKind.REPORT, TallyKind.TIP)
_UNPROVEN: Final = (TallyKind.OUTCOME_NOT_VIOLATION, TallyKind.OUTCOME_NOT_PROVEN)


def _followed_up(flow: Mapping[str, int]) -> str:
    """Say how many of the recommendations became a sanction."""
    whole = flow.get(TallyKind.RECOMMENDED, 0)
    return f"{round(100 * flow.get(TallyKind.SANCTIONED, 0) / whole)}%" if whole else ""


def _breakdown(figures: Figures) -> tuple[BarChart, ...]:
    acts = {label(ActCode(key)): amount for key, amount in figures["ACT"].items()}
    positions = {str(PositionClass(key).label): n for key, n in figures["POSITION"].items()}
    return (
        _ranked(_("Perbuatan yang diduga"), _("Perbuatan"), acts),
        _ranked(_("Instansi terlapor"), _("Instansi"), _agencies(figures["AGENCY"])),
        _ranked(_("Golongan jabatan terlapor"), _("Golongan jabatan"), positions),
    )


def _ranked(title: str, heading: str, numbers: Mapping[str, int]) -> BarChart:
    rows = sorted(numbers.items(), key=lambda row: (-row[1], row[0]))
    return _bars(title, heading, rows)


def _agencies(numbers: Mapping[str, int]) -> dict[str, int]:
    most = sorted(numbers, key=lambda key: -numbers[key])[:MOST_AGENCIES]
    names = Agency.objects.filter(pk__in=[int(key) for key in most]).values_list("pk", "name")
    return {name: numbers[str(pk)] for pk, name in names}


def _officers(numbers: Mapping[str, int]) -> tuple[OfficerLine, ...]:
    work: dict[int, dict[str, int]] = defaultdict(dict)
    for key, amount in numbers.items():
        kind, _colon, user_id = key.partition(":")
        work[int(user_id)][kind] = amount
    names = User.objects.filter(pk__in=work).order_by("name", "pk").values_list("pk", "name")
    return tuple(
        OfficerLine(name, *(work[pk].get(kind, 0) for kind, _words in _KINDS)) for pk, name in names
    )


def _place(office: Office, figures: Figures, address: str) -> PlaceLine:
    totals = _kept(figures["CLOCK"])
    return PlaceLine(
        name=office.name,
        url=_to(office, address),
        open=sum(figures["AGE"].values()),
        overdue=totals["overdue"],
        share=_share(totals),
    )


def _map(
    office: Office, children: Sequence[Office], below: Mapping[str, Figures], address: str
) -> TileMap | None:
    if office.level != OfficeLevel.RI:
        return None
    return make_tiles(
        title=_("Yang belum selesai, menurut provinsi"),
        rows={
            row.path.rpartition("/")[2]: (
                row.name,
                sum(below[row.path]["AGE"].values()),
                _to(row, address),
            )
            for row in children
        },
    )
