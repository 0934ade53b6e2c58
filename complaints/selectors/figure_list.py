"""The list behind one figure of the dashboard: the rows that it counts, each with its file."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from complaints import access
from complaints.codes import CaseState, ReferralState, ReportState, TipState
from complaints.models import Matter, ReferralItem, Report, Tip
from complaints.selectors.figure_rows import COLUMNS, LISTED
from complaints.selectors.file_parts import tone_of
from neutrality.audit.actor import Actor
from neutrality.elections.models import Election
from neutrality.law.clock import Clock
from neutrality.organisations.models import Office
from neutrality.ui.dates import say_short_instant

FIGURE, PLACE, ELECTION, AFTER = "angka", "kantor", "pemilihan", "sesudah"
LIST_PAGE: Final = "staff:dashboard_list"
PAGE: Final = 40
MOST: Final = 10_000
TITLES: Final[Mapping[str, str | Promise]] = {
    "ENTRY": gettext_lazy("Laporan dan informasi awal"),
    "REPORT": gettext_lazy("Laporan menurut keadaan"),
    "TIP": gettext_lazy("Informasi awal menurut keadaan"),
    "CASE": gettext_lazy("Perkara menurut keadaan"),
    "ITEM": gettext_lazy("Penerusan menurut keadaan"),
    "AGE": gettext_lazy("Umur yang belum selesai"),
    "WORKLOAD": gettext_lazy("Beban kerja kantor ini"),
    "CLOCK": gettext_lazy("Tenggat"),
    "STAGE": gettext_lazy("Lama setiap tahap"),
    "ACT": gettext_lazy("Perbuatan yang diduga"),
    "AGENCY": gettext_lazy("Instansi terlapor"),
    "POSITION": gettext_lazy("Golongan jabatan terlapor"),
    "FLOW": gettext_lazy("Dari laporan sampai sanksi"),
    "MONTH": gettext_lazy("Laporan dan informasi awal per bulan"),
}
_ASKED: Final = re.compile(r"([A-Z]+):([A-Za-z0-9_.:*-]{0,120})")
_CURSOR: Final = re.compile(r"([0-9]{1,18})\.([a-z_]{1,20})")
_FIRST: Final = (2**62, "~")
_FROM: Final = f"""
    FROM ({{sql}}) AS row {COLUMNS}
    WHERE (path = %(path)s OR path LIKE %(below)s) AND key LIKE ANY(%(keys)s)
        AND (%(election)s::bigint IS NULL OR election_id = %(election)s)
"""
_PAGE: Final = f"""
    SELECT row_id, kind, file_id {_FROM}
        AND (row_id, kind) < (%(row)s, %(kind)s)
    ORDER BY row_id DESC, kind DESC LIMIT %(limit)s
"""
_COUNT: Final = f"SELECT count(*) FROM (SELECT 1 {_FROM} LIMIT %(most)s) AS counted"  # noqa: S608


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which figure: a topic and its keys (`*` stands for anything, a comma between several)."""

    topic: str
    keys: tuple[str, ...]
    office: Office
    election: Election | None = None


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row: the file behind it, or a word that it is not open to the reader."""

    name: str
    url: str
    state: str
    tone: str
    place: str
    due: str


@dataclass(frozen=True, slots=True)
class FigureList:
    """One page of the list; `next` is the cursor of the page after it."""

    title: str
    count: int
    is_capped: bool
    rows: tuple[FileRow, ...]
    next: str


def topic_of(typed: str) -> tuple[str, tuple[str, ...]] | None:
    """Return topic and keys that an address names; None for what is no figure."""
    topic, colon, keys = typed.partition(":")
    wanted = tuple(keys.split(","))
    known = (
        bool(colon)
        and topic in TITLES
        and all(_ASKED.fullmatch(f"{topic}:{key}") for key in wanted)
    )
    return (topic, wanted) if known else None


def address_of(figure: str, *, place: str, election: str = "", page: str = "") -> str:
    """Return the address of the list behind `TOPIC:key`; `page` spares looking up its own."""
    chosen = f"&{ELECTION}={election}" if election else ""
    return f"{page or reverse(LIST_PAGE)}?{FIGURE}={figure}&{PLACE}={place}{chosen}"


def figure_list(*, asked: Asked, after: str, actor: Actor, day: date, clock: Clock) -> FigureList:
    """Return the rows that are counted now, the latest first.

    A file that a declared relation keeps from the reader stands in the list without name or link,
    so that list and figure stay equal.
    """
    cursor = _CURSOR.fullmatch(after)
    row, kind = (int(cursor[1]), cursor[2]) if cursor else _FIRST
    values = {**_values(asked, clock), "row": row, "kind": kind, "limit": PAGE + 1}
    sql = LISTED[asked.topic]
    with connection.cursor() as database:
        database.execute(_PAGE.format(sql=sql), values)
        found = database.fetchall()
        database.execute(_COUNT.format(sql=sql), {**values, "most": MOST + 1})
        (count,) = database.fetchone() or (0,)
    shown = found[:PAGE]
    last = shown[-1] if len(found) > PAGE else None
    return FigureList(
        title=str(TITLES[asked.topic]),
        count=min(count, MOST),
        is_capped=count > MOST,
        rows=tuple(_written(shown, actor=actor, day=day)),
        next=f"{last[0]}.{last[1]}" if last else "",
    )


def _values(asked: Asked, clock: Clock) -> dict[str, Any]:
    # Workload is that of the office alone, as it is counted.
    below = "" if asked.topic == "WORKLOAD" else f"{asked.office.path}/%"
    keys = [key.replace("_", r"\_").replace("*", "%") for key in asked.keys]
    election = asked.election.pk if asked.election else None
    return {
        "now": clock.now,
        "path": asked.office.path,
        "below": below,
        "keys": keys,
        "election": election,
    }


def _written(
    found: Sequence[tuple[int, str, int]], *, actor: Actor, day: date
) -> Iterable[FileRow]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for _row, kind, key in found:
        wanted[kind].add(key)
    files = {
        kind: {row.pk: row for row in _files(kind, keys, actor, day)}
        for kind, keys in wanted.items()
    }
    closed = FileRow(_("Berkas ini tidak terbuka bagi Anda"), "", "", "neutral", "", "")
    for _row, kind, key in found:
        file = files[kind].get(key)
        yield _file_row(kind, file) if file else closed


def _files(kind: str, keys: set[int], actor: Actor, day: date) -> Iterable[Any]:
    """Return those of these files that the actor may open; one query."""
    if kind not in _SHOWN:
        return []
    rows: QuerySet[Any] = _SHOWN[kind][0](actor=actor, day=day)
    joined = ("respondent", "body", "agency") if kind == "referral_item" else ()
    return rows.filter(pk__in=keys).select_related("office", *joined)


def _file_row(kind: str, file: Any) -> FileRow:  # noqa: ANN401  a file of any of the four kinds
    _rows, page, states, name = _SHOWN[kind]
    return FileRow(
        name=name(file),
        url=reverse(page, args=[file.public_id]),
        state=str(states(file.state).label),
        tone=tone_of(file.state),
        place=file.office.name,
        due=say_short_instant(file.due_at, file.office.tz) if file.due_at else "",
    )


def _report(row: Report) -> str:
    return row.number or row.receipt_number


def _tip(row: Tip) -> str:
    return row.receipt_number


def _matter(row: Matter) -> str:
    return row.spoken_title


def _item(row: ReferralItem) -> str:
    party = row.respondent
    return f"{party.name or party.description}: {row.addressee}"


_SHOWN: Final[Mapping[str, tuple[Any, str, Any, Any]]] = {
    "report": (access.reports_for, "staff:report", ReportState, _report),
    "tip": (access.tips_for, "staff:tip", TipState, _tip),
    "matter": (access.matters_for, "staff:case", CaseState, _matter),
    "referral_item": (access.items_for, "staff:item", ReferralState, _item),
}
