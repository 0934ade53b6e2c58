"""Papers for the head of the region: the sheet of the hour, and the report with charts."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from neutrality.documents.rendering import typeset
from neutrality.documents.wording import Json
from neutrality.ui.charts import BarChart
from neutrality.ui.dates import say_instant
from pledges.access import Sight
from pledges.models import Round
from pledges.selectors.comparison import earlier_rounds
from pledges.selectors.coverage import coverage_tree
from pledges.selectors.day_trend import day_to_show, day_trend
from pledges.selectors.hour_page import HourPage, Leader
from pledges.selectors.round_pages import CoveragePage, coverage_page, shown_number

FOLDER: Final = Path(__file__).parent / "typst"


def hour_pdf(*, page: HourPage) -> bytes:
    """Return the sheet of the hour as one page of A4."""
    left, units = page.leaders_left, page.units_left
    data: dict[str, Json] = {
        "agency": page.agency,
        "elections": page.elections,
        "share": page.share,
        "signed": shown_number(page.signed),
        "total": shown_number(page.total),
        "missing": shown_number(page.missing),
        "reasons": [
            {"label": label, "number": shown_number(number)} for label, number in page.reasons
        ],
        "leaders_title": _("Pimpinan yang belum menandatangani"),
        "leaders_none": _("Semua pimpinan sudah menandatangani."),
        "leaders_head": [_("Kelompok"), _("Nama"), _("Jabatan dan unit"), _("Sebab"), _("Hubungi")],
        "leaders": [_leader(row) for row in page.leaders],
        "leaders_left": _("Dan %(n)d pimpinan lain; daftar lengkap ada pada ekspor.") % {"n": left}
        if left
        else "",
        "units_title": _("Unit dengan yang belum terbanyak"),
        "units_none": _("Tidak ada."),
        "units_head": [_("Unit"), _("Belum"), _("Sebab terbanyak"), _("Hubungi")],
        "units": [{**asdict(row), "missing": shown_number(row.missing)} for row in page.units],
        "units_left": _("Dan %(n)d unit lain.") % {"n": units} if units else "",
        "note": _("Memuat nama. Hanya untuk pimpinan instansi dan petugas kepegawaian."),
    }
    title = _("Pakta integritas per %(at)s") % {"at": page.at}
    return typeset(source=FOLDER / "hour.typ", data=data, title=title)


def report_pdf(*, place: Round, sight: Sight, now: datetime) -> bytes:
    """Return the report: figures, units, the day, earlier elections; it names nobody."""
    tree = coverage_tree(place=place)
    page = coverage_page(place=place, unit=None, tree=tree, sight=sight)
    day = day_to_show(place=place, now=now)
    trend = day_trend(place=place, day=day, now=now)
    charts = [page.states, trend.bars, page.chart, earlier_rounds(place=place).chart]
    names = place.elections.order_by("polling_on").values_list("name", flat=True)
    data: dict[str, Json] = {
        "agency": place.agency.name,
        "elections": ", ".join(names),
        "at": say_instant(now, place.office.tz),
        "tiles": _tiles(page),
        "charts": [_chart(chart) for chart in charts if chart is not None],
        "units_title": _("Cakupan menurut unit"),
        "units_head": [_("Unit"), *page.columns],
        "units": [[line.name, *line.cells] for line in page.lines],
        "note": _(
            "Yang dikecualikan dan yang kewajibannya berakhir tidak dihitung. Tanda tangan "
            "perwakilan dan kehadiran tidak dihitung sebagai tanda tangan pegawai."
        ),
    }
    title = _("Laporan pakta integritas netralitas")
    return typeset(source=FOLDER / "report.typ", data=data, title=title)


def _leader(row: Leader) -> dict[str, Json]:
    return {
        "position_class": row.position_class,
        "name": row.name,
        "place": f"{row.position}, {row.unit}",
        "reason": row.reason,
        "call": row.call,
    }


def _tiles(page: CoveragePage) -> list[Json]:
    whole = page.whole
    if whole is None:
        return []
    return [
        {"number": page.share, "label": _("menandatangani")},
        {"number": shown_number(whole.signed), "label": _("sudah menandatangani")},
        {"number": shown_number(whole.total), "label": _("wajib menandatangani")},
        {"number": shown_number(whole.missing), "label": _("belum menandatangani")},
    ]


def _chart(chart: BarChart) -> Json:
    return {
        "title": chart.title,
        "label": chart.label_heading,
        "value": chart.value_heading,
        "rows": [
            {
                "label": bar.label,
                "number": shown_number(bar.value),
                "width": bar.width,
            }
            for bar in chart.bars
        ],
    }
