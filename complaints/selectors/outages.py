"""Outages of an office's area, and what they excuse."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from complaints.models import LateExcuse, Report
from complaints.services.excuse_late import Lateness, latenesses, outages_of
from neutrality.law.models import Outage
from neutrality.organisations.models import Office, Region
from neutrality.ui.dates import say_instant, say_short_instant


@dataclass(frozen=True, slots=True)
class OutageRow:
    """One outage in the list."""

    id: int
    system: str
    area: str
    lasted: str
    is_open: bool
    is_own: bool
    description: str
    source: str
    excused: int


@dataclass(frozen=True, slots=True)
class ExcuseRow:
    """One excuse of a report."""

    id: int
    what: str
    outage: str
    reason: str
    by: str
    withdrawn: str
    withdrawal_reason: str


@dataclass(frozen=True, slots=True)
class LateRow:
    """Something that came late, with the outages that may excuse it."""

    key: str
    words: str
    outages: tuple[tuple[str, str], ...]


def outages_near(*, offices: Sequence[Office]) -> QuerySet[Outage]:
    """Return the outages of these offices' areas, of those around them, and of the whole country."""
    codes = {code for office in offices for code in office.area_codes}
    rows = Outage.objects.filter(Q(area_code="") | Q(area_code__in=codes))
    return rows.order_by("-started_at", "-pk")


def outage_rows(*, rows: Sequence[Outage], offices: Sequence[Office]) -> tuple[OutageRow, ...]:
    """Return outages in words, with how many excuses name them; two queries."""
    tz = offices[0].tz
    named = LateExcuse.objects.filter(outage__in=rows, withdrawn_at__isnull=True)
    excused = dict(named.values_list("outage").annotate(Count("pk")))
    names = dict(
        Region.objects.filter(code__in={row.area_code for row in rows}).values_list("code", "name")
    )
    own = {office.region.code for office in offices if office.region}
    return tuple(
        OutageRow(
            id=row.pk,
            system=row.system,
            area=names.get(row.area_code, row.area_code) or _("seluruh Indonesia"),
            lasted=_lasted(row, tz),
            is_open=row.ended_at is None,
            is_own=row.area_code in own,
            description=row.description,
            source=row.source,
            excused=excused.get(row.pk, 0),
        )
        for row in rows
    )


def late_rows(*, report: Report) -> tuple[LateRow, ...]:
    """Return what is late, each with its outages; a query for each late thing, two at the most."""
    return tuple(_late(report, late) for late in latenesses(report=report))


def excuse_rows(*, report: Report) -> tuple[ExcuseRow, ...]:
    """Return the excuses of a report, latest first; one query."""
    rows = LateExcuse.objects.filter(report=report)
    joined = rows.select_related("outage", "excused_by", "withdrawn_by")
    tz = report.office.tz
    return tuple(
        ExcuseRow(
            id=row.pk,
            what=_("Perbaikan") if row.completion_id else _("Penyampaian laporan"),
            outage=f"{row.outage.system}: {_lasted(row.outage, tz)}",
            reason=row.reason,
            by=_by(row.excused_by, row.excused_at, tz),
            withdrawn=_by(row.withdrawn_by, row.withdrawn_at, tz) if row.withdrawn_at else "",
            withdrawal_reason=row.withdrawal_reason,
        )
        for row in joined.order_by("-excused_at", "-pk")
    )


def _late(report: Report, late: Lateness) -> LateRow:
    tz = report.office.tz
    what = _("Perbaikan") if late.completion else _("Penyampaian laporan")
    words = _("%(what)s: batas %(due)s, datang %(came)s") % {
        "what": what,
        "due": say_instant(late.due_at, tz),
        "came": say_instant(late.came_at, tz),
    }
    found = outages_of(report=report, late=late)
    return LateRow(
        key=str(late.completion.pk) if late.completion else "laporan",
        words=words,
        outages=tuple((str(row.pk), f"{row.system}: {_lasted(row, tz)}") for row in found),
    )


def _lasted(row: Outage, tz: Any) -> str:  # noqa: ANN401
    if row.ended_at is None:
        return _("sejak %(start)s") % {"start": say_short_instant(row.started_at, tz)}
    return _("%(first)s sampai %(last)s") % {
        "first": say_short_instant(row.started_at, tz),
        "last": say_short_instant(row.ended_at, tz),
    }


def _by(person: Any, at: Any, tz: Any) -> str:  # noqa: ANN401
    return f"{person.name}, {say_short_instant(at, tz)}" if person else say_short_instant(at, tz)
