"""Dated releases of open data: cross-tables in which small counts are hidden."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _, gettext_lazy

from complaints.models import DataRelease
from complaints.selectors.json_schema import TEXT, WHOLE, list_of, object_of, schema_of
from neutrality.law.codes import ActCode, CandidateStage, OutcomeClass
from neutrality.law.labels import label
from neutrality.personnel.codes import PositionClass
from neutrality.ui.dates import say_day

TABLES: Final = {
    "act": gettext_lazy("Perbuatan yang diduga"),
    "stage": gettext_lazy("Tahap calon saat kejadian"),
    "position": gettext_lazy("Golongan jabatan terlapor"),
    "agency": gettext_lazy("Instansi terlapor"),
    "outcome": gettext_lazy("Hasil pleno per dugaan"),
    "election": gettext_lazy("Dugaan menurut pemilu atau pemilihan"),
}
COLUMNS: Final = (
    "released_on", "table", "office", "office_name", "column", "count", "hidden", "since",
)  # fmt: skip


class NoRelease(LookupError):
    """There is no release of that day, or none at all."""


@dataclass(frozen=True, slots=True)
class Line:
    """One province: a number or None for each column, and for the whole row."""

    name: str
    counts: tuple[int | None, ...]
    total: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """One cross-table."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    totals: tuple[int | None, ...]
    total: int | None
    empty: int


@dataclass(frozen=True, slots=True)
class Release:
    """One release as the page shows it; `days` are all there are, newest first."""

    day: str
    said: str
    sha256: str
    table: Table
    days: tuple[date, ...]


def latest_day() -> date:
    """Return the day of the newest release; raises `NoRelease`."""
    day = DataRelease.objects.values_list("released_on", flat=True).first()
    if day is None:
        raise NoRelease("Nothing was published yet.")
    return day


def get_release(day: date) -> DataRelease:
    """Return the release of a day; raises `NoRelease`."""
    try:
        return DataRelease.objects.get(released_on=day)
    except DataRelease.DoesNotExist as missing:
        raise NoRelease(str(day)) from missing


def release_page(*, row: DataRelease, table: str) -> Release:
    """Return one table of a release for the page; `table` is one of `TABLES`."""
    empty: dict[str, Any] = {"columns": [], "rows": [], "totals": [], "total": 0}
    days = DataRelease.objects.values_list("released_on", flat=True)[:60]
    return Release(
        day=f"{row.released_on:%Y-%m-%d}",
        said=say_day(row.released_on),
        sha256=row.sha256,
        table=_table(table, row.content.get(table, empty)),
        days=tuple(days),
    )


def release_rows(row: DataRelease) -> Iterator[tuple[str, ...]]:
    """Yield one row per table, province and column, as the CSV has it; codes and not words."""
    day = f"{row.released_on:%Y-%m-%d}"
    for name, table in row.content.items():
        for line in table["rows"]:
            starts = line.get("since") or [day] * len(line["counts"])
            cells = zip(table["columns"], line["counts"], starts, strict=True)
            for column, count, since in cells:
                shown = "" if count is None else str(count)
                hidden = "1" if count is None else "0"
                yield (day, name, line["office"], line["name"], column, shown, hidden, since)


def release_schema() -> dict[str, Any]:
    """Return the JSON schema of a release: its head, and the same form for each table."""
    day = {**TEXT, "pattern": r"^\d{4}-\d{2}-\d{2}$"}
    count = {
        **WHOLE,
        "type": ["integer", "null"],
        "description": _(
            "null berarti disamarkan; angka yang berubah kurang dari 5 tetap seperti sebelumnya"
        ),
    }
    since = {**day, "description": _("rilis sejak angka itu ditampilkan demikian")}
    row = {
        "office": {**TEXT, "description": _("Jalur kode wilayah kantor, RI/35/35.71")},
        "name": TEXT,
        "counts": list_of(count),
        "since": list_of(since),
        "total": count,
    }
    # The first releases have fewer tables, no days beside their counts, and no sum of all.
    table = object_of(
        {
            "columns": list_of(TEXT),
            "rows": list_of(object_of(row, optional=["since"])),
            "totals": list_of(count),
            "total": count,
        },
        optional=["total"],
    )
    tables = object_of(
        {name: {**table, "description": str(words)} for name, words in TABLES.items()},
        optional=["outcome", "election"],
    )
    head = {"released_on": day, "as_of": TEXT, "sha256": TEXT, "schema": TEXT}
    return schema_of({**head, "tables": tables})


def _table(name: str, content: Mapping[str, Any]) -> Table:
    """Provinces with nothing at all are counted instead of listed: a row of noughts tells less."""
    lines = [Line(row["name"], tuple(row["counts"]), row["total"]) for row in content["rows"]]
    return Table(
        title=str(TABLES[name]),
        columns=tuple(_column(name, code) for code in content["columns"]),
        lines=tuple(line for line in lines if line.total != 0),
        totals=tuple(content["totals"]),
        total=content["total"] if "total" in content else sum(line.total or 0 for line in lines),
        empty=sum(line.total == 0 for line in lines),
    )


def _column(name: str, code: str) -> str:
    if name == "act":
        return label(ActCode(code))
    if name == "stage":
        return label(CandidateStage(code))
    if name == "outcome":
        return label(OutcomeClass(code))
    if name == "position":
        return str(PositionClass(code).label) if code else _("belum diketahui")
    return code
