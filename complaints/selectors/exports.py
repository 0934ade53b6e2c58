"""Lists to take out of the system, row by row: never a reporter, a witness or their words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _, gettext_lazy

from complaints import access
from complaints.act_words import spoken_acts
from complaints.codes import CaseState, ReferralState, ReportState, TipState
from complaints.models import Report, Sanction, Tip
from neutrality.audit.actor import Actor
from neutrality.law.codes import OutcomeClass, SanctionClass
from neutrality.law.labels import label
from neutrality.ui.keyset import CappedCount, capped_count

CHUNK: Final = 2000
LISTS: Final = {
    "laporan": gettext_lazy("Laporan"),
    "informasi-awal": gettext_lazy("Informasi awal"),
    "perkara": gettext_lazy("Perkara"),
    "penerusan": gettext_lazy("Penerusan"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From and until which day, both counted, in this zone."""

    first: date
    last: date
    tz: ZoneInfo

    def condition(self, field: str) -> Q:
        """Return the condition that the instant of this column lies within."""
        begin = datetime.combine(self.first, time(), self.tz)
        end = datetime.combine(self.last + timedelta(days=1), time(), self.tz)
        return Q(**{f"{field}__gte": begin, f"{field}__lt": end})


@dataclass(frozen=True, slots=True)
class Export:
    """One list: its headings and its rows; asking for rows reads them once."""

    columns: list[str]
    found: QuerySet[Any, Any]
    line: Callable[[Any], list[str]]

    def rows(self) -> Iterator[list[str]]:
        """Yield the rows as texts; memory does not grow with their number."""
        for row in self.found.iterator(chunk_size=CHUNK):
            yield self.line(row)

    def count(self, *, cap: int) -> CappedCount:
        """Count the rows up to a cap."""
        return capped_count(self.found, cap=cap)


def export_of(*, name: str, period: Period, actor: Actor, day: date) -> Export:
    """Return one of `LISTS` for what this actor may see.

    Raises:
        KeyError: There is no such list.
    """
    return _MAKERS[name](period, actor, day)


def _reports(period: Period, actor: Actor, day: date) -> Export:
    rows = access.reports_for(actor=actor, day=day).filter(period.condition("submitted_at"))
    columns = [_("Nomor laporan"), _("Nomor registrasi"), *_entry_columns(), _("Terlambat lapor")]
    return Export(columns, _joined(rows), _report_line)


def _report_line(row: Report) -> list[str]:
    state = str(ReportState(row.state).label)
    late = _("ya") if row.late else _("tidak")
    return [row.number or row.receipt_number, row.register_number, *_entry(row, state), late]


def _tips(period: Period, actor: Actor, day: date) -> Export:
    rows = access.tips_for(actor=actor, day=day).filter(period.condition("submitted_at"))
    return Export([_("Nomor tanda terima"), *_entry_columns()], _joined(rows), _tip_line)


def _tip_line(row: Tip) -> list[str]:
    return [row.receipt_number, *_entry(row, str(TipState(row.state).label))]


def _joined(rows: QuerySet[Any]) -> QuerySet[Any]:
    joined = rows.select_related("office", "contest__election", "assignee")
    return joined.defer("account").order_by("submitted_at", "pk")


def _entry_columns() -> list[str]:
    return [
        _("Kantor"),
        _("Masuk"),
        _("Keadaan"),
        _("Pemilihan"),
        _("Terlapor"),
        _("Instansi terlapor"),
        _("Perbuatan"),
        _("Tenggat terdekat"),
        _("Petugas"),
    ]


def _entry(row: Report | Tip, state: str) -> list[str]:
    tz = row.office.tz
    return [
        row.office.name,
        _at(row.submitted_at, tz),
        state,
        row.contest.name if row.contest else "",
        row.respondent_line,
        row.agency_line,
        spoken_acts(row.act_line),
        _at(row.due_at, tz),
        row.assignee.name if row.assignee else "",
    ]


def _cases(period: Period, actor: Actor, day: date) -> Export:
    rows = access.matters_for(actor=actor, day=day).exclude(state=CaseState.INTAKE)
    rows = rows.filter(period.condition("registered_at"))
    rows = rows.select_related("office", "contest", "assignee").annotate(
        found=StringAgg(
            "allegations__results__outcome",
            ",",
            distinct=True,
            filter=Q(allegations__results__superseded_at__isnull=True),
            default="",
        ),
        registered=StringAgg(
            "numbers__text",
            ", ",
            distinct=True,
            filter=Q(numbers__kind__in=_REGISTERED),
            default="",
        ),
    )
    columns = [
        _("Nomor registrasi"),
        _("Berkas"),
        _("Kantor"),
        _("Pemilihan"),
        _("Diregistrasi"),
        _("Diputus"),
        _("Selesai"),
        _("Keadaan"),
        _("Hasil"),
        _("Tenggat terdekat"),
        _("Petugas"),
    ]
    return Export(columns, rows.order_by("registered_at", "pk"), _case_line)


_REGISTERED: Final = ("REG_LP", "REG_TM")


def _case_line(row: Any) -> list[str]:  # noqa: ANN401  a matter with what was annotated
    tz = row.office.tz
    return [
        row.registered,
        spoken_acts(row.title),
        row.office.name,
        row.contest.name if row.contest else "",
        _at(row.registered_at, tz),
        _at(row.decided_at, tz),
        _at(row.closed_at, tz),
        str(CaseState(row.state).label),
        _outcomes(filter(None, row.found.split(","))),
        _at(row.due_at, tz),
        row.assignee.name if row.assignee else "",
    ]


def _outcomes(codes: Iterable[str]) -> str:
    return ", ".join(str(label(OutcomeClass(code))) for code in codes)


def _items(period: Period, actor: Actor, day: date) -> Export:
    rows = access.items_for(actor=actor, day=day, side="office").filter(period.condition("sent_at"))
    rows = rows.select_related("office", "body", "agency", "respondent").annotate(
        sanction=_latest("sanction_class"), decree=_latest("decree_number")
    )
    columns = [
        _("Terlapor"),
        _("Golongan hasil"),
        _("Kantor"),
        _("Kepada"),
        _("Dikirim"),
        _("Keadaan"),
        _("Nomor rekomendasi"),
        _("Rekomendasi"),
        _("Nomor keputusan"),
        _("Sanksi"),
    ]
    return Export(columns, rows.order_by("sent_at", "pk"), _item_line)


def _latest(field: str) -> Subquery:
    rows = Sanction.objects.filter(item=OuterRef("pk")).order_by("-decree_on", "-pk")
    return Subquery(rows.values(field)[:1])


def _item_line(row: Any) -> list[str]:  # noqa: ANN401  an item with what was annotated
    to = row.body or row.agency
    return [
        row.respondent.name or row.respondent.description,
        str(label(OutcomeClass(row.outcome))),
        row.office.name,
        to.name if to else "",
        _at(row.sent_at, row.office.tz),
        str(ReferralState(row.state).label),
        row.recommendation_number,
        _sanction(row.recommended_class),
        row.decree or "",
        _sanction(row.sanction),
    ]


def _sanction(code: str | None) -> str:
    return str(label(SanctionClass(code))) if code else ""


def _at(instant: datetime | None, tz: ZoneInfo) -> str:
    """Write an instant as spreadsheets sort it: `2026-11-21 16:00`, in the office's zone."""
    return f"{instant.astimezone(tz):%Y-%m-%d %H:%M}" if instant else ""


_MAKERS: Final[Mapping[str, Callable[[Period, Actor, date], Export]]] = {
    "laporan": _reports,
    "informasi-awal": _tips,
    "perkara": _cases,
    "penerusan": _items,
}
