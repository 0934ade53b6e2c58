"""Where the respondent of an act online works: the office there handles it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from complaints.codes import PartyKind, ReportState
from complaints.models import Allegation, Party, Report
from neutrality.organisations.models import Office, Unit
from neutrality.organisations.selectors import office_for_region


@dataclass(frozen=True, slots=True)
class Seat:
    """A respondent whose workplace belongs to another office than the report's."""

    alias: str
    workplace: str
    office: Office


def seats_elsewhere(*, report: Report, day: date) -> tuple[Seat, ...]:
    """Return who is said to have acted online and works where another office is responsible.

    Only while the report can still be sent on. An office below the respondent's own is taken as
    right: the agency's region says no more than the province.
    """
    if report.state != ReportState.SUBMITTED:
        return ()
    return tuple(_seats(report, day))


def _seats(report: Report, day: date) -> Iterable[Seat]:
    for party in _acting_online(report):
        code = _region_code(party)
        if not code:
            continue
        office = office_for_region(region_code=code, day=day)
        if f"{report.office.path}/".startswith(f"{office.path}/"):
            continue
        place = party.unit.name if party.unit else party.agency.name if party.agency else ""
        yield Seat(alias=party.spoken_alias, workplace=place, office=office)


def _acting_online(report: Report) -> Iterable[Party]:
    acts = Allegation.objects.filter(respondent=OuterRef("pk"), incident__online=True)
    return (
        Party.objects.filter(Exists(acts), matter_id=report.matter_id, kind=PartyKind.RESPONDENT)
        .filter(Q(unit__isnull=False) | Q(agency__isnull=False))
        .select_related("agency__region", "unit__region")
        .order_by("pk")
    )


def _region_code(party: Party) -> str:
    """The region of the unit, of the nearest one above it that has one, or of the agency."""
    unit = party.unit
    if unit and unit.region:
        return unit.region.code
    if unit and (above := _nearest_above(unit)):
        return above
    return party.agency.region.code if party.agency and party.agency.region else ""


def _nearest_above(unit: Unit) -> str:
    parts = unit.path.split("/")
    paths = ["/".join(parts[:depth]) for depth in range(2, len(parts))]
    placed = Unit.objects.filter(agency_id=unit.agency_id, path__in=paths, region__isnull=False)
    codes = placed.order_by("-path").values_list("region__code", flat=True)
    return codes.first() or ""
