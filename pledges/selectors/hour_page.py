"""One page for the mayor: how it stands at this hour, and who of the leaders has not signed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from neutrality.personnel.codes import PositionClass
from neutrality.ui.dates import say_instant
from pledges.codes import GapReason
from pledges.models import Obligation, Round, UnitHead
from pledges.selectors.coverage import whole_coverage
from pledges.selectors.gaps import annotated, gaps_by_reason, not_signed
from pledges.selectors.round_pages import say_gap, say_share
from pledges.selectors.unit_names import UnitNames

# Heads first, then camat and lurah: they are the example that others look at.
LEADERS: Final = (
    PositionClass.JPT,
    PositionClass.CAMAT,
    PositionClass.LURAH,
    PositionClass.ADMINISTRATOR,
    PositionClass.SUPERVISOR,
)
# What fits on one sheet of A4 together.
LEADERS_SHOWN: Final = 24
UNITS_SHOWN: Final = 12
LEADER_ORDER: Final = ("rank", "unit_path", "person__name", "pk")
_RANK: Final = Case(
    *(When(employment__position_class=each, then=Value(n)) for n, each in enumerate(LEADERS)),
    default=Value(len(LEADERS)),
    output_field=IntegerField(),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    """A leader who has not signed."""

    position_class: str
    name: str
    position: str
    unit: str
    reason: str
    call: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitGap:
    """A unit at the top of the tree with how many have not signed there and below."""

    name: str
    call: str
    missing: int
    mostly: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HourPage:
    """The whole sheet; what does not fit on paper is counted, and the screen shows it."""

    agency: str
    elections: str
    at: str
    share: str
    signed: int
    total: int
    missing: int
    reasons: Sequence[tuple[str, int]]
    leaders: Sequence[Leader]
    leaders_left: int
    units: Sequence[UnitGap]
    units_left: int
    more_units: Sequence[UnitGap]


def hour_page(*, place: Round, now: datetime) -> HourPage:
    """Return the sheet of this moment; seven queries, whatever the size."""
    rows = not_signed(place=place, day=day_of(place=place, now=now))
    coverage = whole_coverage(rounds=[place])[place.pk]
    calls, names = Calls.of_agency(place.agency_id), UnitNames.of_agency(place.agency_id)
    leaders = _lines(ranked(_leader_rows(rows))[:LEADERS_SHOWN], calls, names)
    units = _units(rows, calls, names)
    elections = place.elections.order_by("polling_on").values_list("name", flat=True)
    return HourPage(
        agency=place.agency.name,
        elections=", ".join(elections),
        at=say_instant(now, place.office.tz),
        share=say_share(coverage),
        signed=coverage.signed,
        total=coverage.total,
        missing=coverage.missing,
        reasons=_reasons(gaps_by_reason(rows=rows)),
        leaders=leaders[:LEADERS_SHOWN],
        leaders_left=max(0, _leader_rows(rows).count() - LEADERS_SHOWN),
        units=units[:UNITS_SHOWN],
        units_left=max(0, len(units) - UNITS_SHOWN),
        more_units=units[UNITS_SHOWN:],
    )


def missing_leaders(*, place: Round, now: datetime) -> QuerySet[Obligation]:
    """Return every leader who has not signed, for a page in `LEADER_ORDER`."""
    rows = _leader_rows(not_signed(place=place, day=day_of(place=place, now=now)))
    return rows.annotate(rank=_RANK, unit_path=Coalesce("unit_now__path", Value("")))


def leader_lines(*, place: Round, rows: Iterable[Any]) -> list[Leader]:
    """Say these rows of `missing_leaders`; two queries."""
    agency_id = place.agency_id
    return _lines(rows, Calls.of_agency(agency_id), UnitNames.of_agency(agency_id))


def ranked(rows: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """Order by position class (heads, camat, lurah first), then unit, then name."""
    return rows.annotate(rank=_RANK).order_by("rank", "unit_now__path", "person__name", "pk")


@dataclass(frozen=True, slots=True)
class Calls:
    """Whom to call about each unit of an agency; the nearest head above answers for a unit."""

    heads: Mapping[str, UnitHead]

    @classmethod
    def of_agency(cls, agency_id: int) -> "Calls":
        """Read the heads of an agency; one query."""
        heads = UnitHead.objects.filter(unit__agency=agency_id).select_related("unit")
        return cls({head.unit.path: head for head in heads})

    def about(self, path: str, *, asker: str = "") -> str:
        """Return `Kepala contoh, 0354 000000`; empty when nobody is named up to the top.

        To `asker`, who is the head, only the number is of use.
        """
        while path:
            head = self.heads.get(path)
            if head is not None:
                name = "" if head.name == asker else head.name
                phone = head.phone.replace(" ", "\N{NO-BREAK SPACE}")
                return ", ".join(filter(None, (name, phone or head.email)))
            path = path.rpartition("/")[0]
        return ""


def _leader_rows(rows: QuerySet[Obligation]) -> QuerySet[Obligation]:
    return rows.filter(employment__position_class__in=LEADERS)


def _lines(rows: Iterable[Any], calls: Calls, names: UnitNames) -> list[Leader]:
    return [
        Leader(
            position_class=str(PositionClass(row.employment.position_class).label),
            name=row.person.name,
            position=row.employment.position_title,
            unit=names.full(row.unit_now),
            reason=say_gap(row),
            call=calls.about(row.unit_now.path, asker=row.person.name) if row.unit_now else "",
        )
        for row in rows
    ]


def _reasons(counts: Mapping[GapReason, int]) -> list[tuple[str, int]]:
    return [(str(reason.label), number) for reason, number in counts.items()]


def _units(rows: QuerySet[Obligation], calls: Calls, names: UnitNames) -> list[UnitGap]:
    """Return the units directly below the agency, those with the most gaps first."""
    counted = annotated(rows).values_list("unit_now__path", "gap")
    tops: dict[str, dict[str, int]] = {}
    for path, gap, number in counted.annotate(n=Count("pk")):
        top = "/".join((path or "").split("/")[:2])
        reasons = tops.setdefault(top, {})
        reasons[gap] = reasons.get(gap, 0) + number
    made = [
        _unit(names.top(path) or _("Tanpa unit"), calls.about(path), reasons)
        for path, reasons in tops.items()
    ]
    return sorted(made, key=lambda unit: (-unit.missing, unit.name))


def _unit(name: str, call: str, reasons: Mapping[str, int]) -> UnitGap:
    gap, number = max(reasons.items(), key=lambda row: (row[1], row[0]))
    mostly = f"{GapReason(gap).label} ({number})"
    return UnitGap(name=name, call=call, missing=sum(reasons.values()), mostly=mostly)


def day_of(*, place: Round, now: datetime) -> date:
    """Return the local day at the office that watches the round."""
    return now.astimezone(place.office.tz).date()
