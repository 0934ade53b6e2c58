"""The dashboard of an office and its subtree, from figures that a task counts (`count_figures`)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from complaints.codes import CaseState, ReferralState, ReportState, TipState
from complaints.models import Figure
from complaints.selectors.figure_list import LIST_PAGE, address_of
from neutrality.accounts.models import User
from neutrality.accounts.roles import Role
from neutrality.accounts.scope import offices_in_scope
from neutrality.audit.actor import Actor
from neutrality.elections.models import Election
from neutrality.law.codes import ActCode, OfficeLevel, PeriodCode
from neutrality.law.labels import label
from neutrality.organisations.models import Agency, Office
from neutrality.personnel.codes import PositionClass
from neutrality.ui.charts import (
    BarChart,
    Counted,
    FigureLine,
    Funnel,
    LineChart,
    Row,
    make_bars,
    make_funnel,
    make_line,
)
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
_CLOCK_HEADINGS: Final = (
    gettext_lazy("Tepat waktu"),
    gettext_lazy("Terlambat"),
    gettext_lazy("Berjalan"),
    gettext_lazy("Berjalan dan lewat"),
    gettext_lazy("Bagian tepat waktu"),
)
_OFFICER_HEADINGS: Final = (
    pgettext_lazy("daftar", "Laporan"),
    gettext_lazy("Informasi awal"),
    gettext_lazy("Perkara"),
)
_PLACE_HEADINGS: Final = (
    gettext_lazy("Belum selesai"),
    gettext_lazy("Lewat tenggat"),
    gettext_lazy("Tepat waktu"),
)


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
    ages: tuple[FigureLine, ...]
    age_headings: tuple[str, ...]
    clocks: tuple[FigureLine, ...]
    stages: tuple[FigureLine, ...]
    span_headings: tuple[str, ...]
    funnel: Funnel
    followed_up: str
    breakdown: tuple[BarChart, ...]
    officers: tuple[FigureLine, ...]
    places: tuple[FigureLine, ...]
    map: TileMap | None
    clock_headings: tuple[Any, ...] = _CLOCK_HEADINGS
    officer_headings: tuple[Any, ...] = _OFFICER_HEADINGS
    place_headings: tuple[Any, ...] = _PLACE_HEADINGS


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
    below = _sums([row.path for row in children], election)
    lists = _Lists(office, election, is_open=may_list(office=office, actor=actor))
    address = _address(election)
    return Dashboard(
        office=office,
        parents=_parents(office, actor, address),
        as_of=say_short_instant(counted_at, office.tz) if counted_at else "",
        headlines=_headlines(figures, lists),
        by_month=_by_month(figures["MONTH"], lists),
        stock=tuple(_states(topic, figures[topic], lists) for topic in _LISTS),
        ages=_lines(figures["AGE"], _KINDS, _AGES, lists.of("AGE")),
        age_headings=tuple(str(words) for _key, words in _AGES),
        clocks=tuple(_clocks(figures["CLOCK"], lists)),
        stages=_lines(figures["STAGE"], _STAGES, _SPANS, lists.of("STAGE")),
        span_headings=tuple(str(words) for _key, words in _SPANS),
        funnel=_funnel(figures, lists),
        followed_up=_followed_up(figures["FLOW"]),
        breakdown=_breakdown(figures, lists),
        officers=_officers(figures["WORKLOAD"], lists) if lists.is_open else (),
        places=tuple(_place(row, below[row.path], address, lists) for row in children),
        map=_map(office, children, below, address),
    )


def may_list(*, office: Office, actor: Actor) -> bool:
    """Whether the actor may open the files behind the figures of this office: auditors may not."""
    return any(actor.role_at([role], office.ref()) for role in ROLES[:2])


class _Lists:
    """Writes the addresses of the lists behind the figures of one page."""

    def __init__(self, office: Office, election: Election | None, *, is_open: bool) -> None:
        self.is_open, self.path = is_open, office.path
        self.election = election.code if election else ""
        self._page = reverse(LIST_PAGE)

    def of(self, topic: str) -> Callable[[str], str]:
        """Return what writes the address for a key of this topic."""
        if not self.is_open:
            return lambda _key: ""
        start, _star, end = self.to(f"{topic}:*").partition("*")
        return lambda key: f"{start}{key}{end}"

    def to(self, figure: str, place: str = "") -> str:
        """Return the address of the list of one figure, here or at an office below."""
        if not self.is_open:
            return ""
        return address_of(figure, place=place or self.path, election=self.election, page=self._page)

    def queue(self, page: str) -> Callable[[str], str]:
        """Return what writes the address of a queue of one state: here, this election, all of it."""
        if not self.is_open:
            return lambda _state: ""
        chosen = f"&pemilihan={self.election}" if self.election else ""
        start = f"{reverse(page)}?keadaan="
        return lambda state: f"{start}{state}&tempat={self.path}{chosen}&urut=terbaru"


_KINDS: Final = tuple(zip(("REPORT", "TIP", "CASE"), _OFFICER_HEADINGS, strict=True))
_LISTS: Final[Mapping[str, tuple[Any, Any, str]]] = {
    "REPORT": (gettext_lazy("Laporan menurut keadaan"), ReportState, "staff:reports"),
    "TIP": (gettext_lazy("Informasi awal menurut keadaan"), TipState, "staff:tips"),
    "CASE": (gettext_lazy("Perkara menurut keadaan"), CaseState, "staff:cases"),
    "ITEM": (gettext_lazy("Penerusan menurut keadaan"), ReferralState, ""),
}


def _read(path: str, election: Election | None) -> tuple[Figures, Any]:
    """Return the figures of one office by topic and key, and when they were counted."""
    rows = Figure.objects.filter(path=path, election=election)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    counted_at = None
    for topic, key, amount, at in rows.values_list("topic", "key", "amount", "counted_at"):
        found[topic][key] = amount
        counted_at = at
    return found, counted_at


def _sums(paths: Sequence[str], election: Election | None) -> Figures:
    """Return how much is open, and how periods were kept, by office."""
    rows = Figure.objects.filter(path__in=paths, election=election, topic="SUM")
    found: dict[str, dict[str, int]] = {path: {} for path in paths}
    for path, key, amount in rows.values_list("path", "key", "amount"):
        found[path][key] = amount
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


def _headlines(figures: Figures, lists: _Lists) -> tuple[Headline, ...]:
    sums = figures["SUM"]
    overdue = sums.get("overdue", 0)
    return (
        Headline(
            _("Masuk seluruhnya"),
            _entered(figures),
            _("laporan dan informasi awal"),
            lists.to("ENTRY:"),
            "neutral",
        ),
        Headline(
            _("Belum selesai"),
            sums.get("open", 0),
            _("laporan, informasi awal, dan perkara"),
            lists.to("AGE:*"),
            "neutral",
        ),
        Headline(
            _("Lewat tenggat"),
            overdue,
            _("tenggat yang berjalan dan sudah lewat"),
            lists.to(_OVERDUE),
            "danger" if overdue else "neutral",
        ),
        Headline(
            _("Tepat waktu"),
            _share(sums) or "–",  # noqa: RUF001
            _("selesai tepat waktu ÷ (selesai + berjalan dan lewat)"),
            lists.to("CLOCK:*:met,*:late,*:overdue"),
            "neutral",
        ),
    )


_OVERDUE: Final = "CLOCK:*:overdue"


def _entered(figures: Figures) -> int:
    """Return how many reports and tips there are, whatever became of them."""
    return sum(figures["REPORT"].values()) + sum(figures["TIP"].values())


def _share(sums: Mapping[str, int]) -> str:
    """Say how many periods were kept, of those that ended or should have."""
    whole = sums.get("met", 0) + sums.get("late", 0) + sums.get("overdue", 0)
    return f"{round(100 * sums.get('met', 0) / whole)}%" if whole else ""


def _by_month(numbers: Mapping[str, int], lists: _Lists) -> LineChart:
    to = lists.of("MONTH")
    return make_line(
        title=_("Laporan dan informasi awal per bulan"),
        label_heading=_("Bulan"),
        value_heading=_("Jumlah"),
        rows=[(_month(month), numbers[month], to(month)) for month in sorted(numbers)],
    )


def _month(key: str) -> str:
    year, _dash, month = key.partition("-")
    return f"{MONTHS[int(month)]} {year}"


def _states(topic: str, numbers: Mapping[str, int], lists: _Lists) -> BarChart:
    title, states, page = _LISTS[topic]
    to = lists.queue(page) if page else lists.of(topic)
    rows: list[Row] = [
        (str(state.label), numbers.get(state.value, 0), "primary", to(state.value))
        for state in states
        if state.value != CaseState.INTAKE
    ]
    return _bars(str(title), _("Keadaan"), rows)


def _bars(title: str, heading: str, rows: Iterable[Row]) -> BarChart:
    return make_bars(title=title, label_heading=heading, value_heading=_("Jumlah"), rows=rows)


def _lines(
    numbers: Mapping[str, int],
    kinds: Iterable[tuple[str, Any]],
    spans: Sequence[tuple[str, Any]],
    to: Callable[[str], str],
) -> tuple[FigureLine, ...]:
    keys = [span for span, _name in spans]
    return tuple(
        FigureLine(str(words), tuple(_counted(numbers, f"{kind}:{key}", to) for key in keys))
        for kind, words in kinds
    )


def _counted(numbers: Mapping[str, int], key: str, to: Callable[[str], str]) -> Counted:
    return Counted(numbers.get(key, 0), to(key))


def _clocks(numbers: Mapping[str, int], lists: _Lists) -> Iterable[FigureLine]:
    to = lists.of("CLOCK")
    counted_codes = {key.partition(":")[0] for key in numbers}
    for code in (each.value for each in PeriodCode if each in counted_codes):
        one = {state: numbers.get(f"{code}:{state}", 0) for state in _STANDINGS}
        counted = tuple(Counted(n, to(f"{code}:{state}")) for state, n in one.items())
        yield FigureLine(label(PeriodCode(code)), counted, _share(one))


_STANDINGS: Final = ("met", "late", "running", "overdue")


def _funnel(figures: Figures, lists: _Lists) -> Funnel:
    flow = figures["FLOW"]
    steps = (
        (_("Laporan dan informasi awal"), _entered(figures), "ENTRY:"),
        (_("Perkara diregistrasi"), sum(figures["CASE"].values()), "CASE:*"),
        (_("Dugaan terbukti"), flow.get("PROVEN", 0), "FLOW:PROVEN"),
        (_("Diteruskan"), sum(figures["ITEM"].values()), "ITEM:*"),
        (_("Direkomendasikan"), flow.get("RECOMMENDED", 0), "FLOW:RECOMMENDED"),
        (_("Dijatuhi sanksi"), flow.get("SANCTIONED", 0), "FLOW:SANCTIONED"),
    )
    return make_funnel(
        title=_("Dari laporan sampai sanksi"),
        rows=[(words, value, "primary", lists.to(figure)) for words, value, figure in steps],
    )


def _followed_up(flow: Mapping[str, int]) -> str:
    """Say how many of the recommendations became a sanction."""
    whole = flow.get("RECOMMENDED", 0)
    return f"{round(100 * flow.get('SANCTIONED', 0) / whole)}%" if whole else ""


def _breakdown(figures: Figures, lists: _Lists) -> tuple[BarChart, ...]:
    acts = {key: label(ActCode(key)) for key in figures["ACT"]}
    positions = {key: str(PositionClass(key).label) for key in figures["POSITION"]}
    agencies = _agencies(figures["AGENCY"])
    ranked = (
        ("ACT", _("Perbuatan yang diduga"), _("Perbuatan"), acts),
        ("AGENCY", _("Instansi terlapor"), _("Instansi"), agencies),
        ("POSITION", _("Golongan jabatan terlapor"), _("Golongan jabatan"), positions),
    )
    return tuple(
        _bars(title, heading, _ranked(figures[topic], words, lists.of(topic)))
        for topic, title, heading, words in ranked
    )


def _ranked(
    numbers: Mapping[str, int], words: Mapping[str, str], to: Callable[[str], str]
) -> list[Row]:
    keys = sorted(words, key=lambda key: (-numbers[key], words[key]))
    return [(words[key], numbers[key], "primary", to(key)) for key in keys]


def _agencies(numbers: Mapping[str, int]) -> dict[str, str]:
    most = sorted(numbers, key=lambda key: -numbers[key])[:MOST_AGENCIES]
    names = Agency.objects.filter(pk__in=[int(key) for key in most]).values_list("pk", "name")
    return {str(pk): name for pk, name in names}


def _officers(numbers: Mapping[str, int], lists: _Lists) -> tuple[FigureLine, ...]:
    people = {int(key.partition(":")[2]) for key in numbers}
    names = User.objects.filter(pk__in=people).order_by("name", "pk").values_list("pk", "name")
    to = lists.of("WORKLOAD")
    return tuple(
        FigureLine(name, tuple(_counted(numbers, f"{kind}:{pk}", to) for kind, _words in _KINDS))
        for pk, name in names
    )


def _place(office: Office, sums: Mapping[str, int], address: str, lists: _Lists) -> FigureLine:
    return FigureLine(
        label=office.name,
        numbers=(
            Counted(sums.get("open", 0), lists.to("AGE:*", office.path)),
            Counted(sums.get("overdue", 0), lists.to(_OVERDUE, office.path)),
        ),
        share=_share(sums),
        url=_to(office, address),
    )


def _map(
    office: Office, children: Sequence[Office], below: Figures, address: str
) -> TileMap | None:
    if office.level != OfficeLevel.RI:
        return None
    return make_tiles(
        title=_("Yang belum selesai, menurut provinsi"),
        rows={
            row.path.rpartition("/")[2]: (
                row.name,
                below[row.path].get("open", 0),
                _to(row, address),
            )
            for row in children
        },
    )
