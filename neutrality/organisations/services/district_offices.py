"""District supervisors: an office that opens for an election and closes after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.law.clock import Clock
from neutrality.law.codes import OfficeLevel
from neutrality.organisations.codes import RegionLevel
from neutrality.organisations.models import Office, Region
from neutrality.organisations.refusals import (
    EndsBeforeItBegins,
    NoParentOffice,
    NotADistrictOffice,
    OfficeAlreadyOpen,
)
from neutrality.organisations.validity import lasting

SEATS = (OfficeLevel.REGENCY, OfficeLevel.CITY)


@dataclass(frozen=True, slots=True)
class District:
    """A district by its code (`35.71.01`), its name and the size of its committee."""

    code: str
    name: str
    members: int = 3


@transaction.atomic(durable=True)
def open_district_offices(
    *,
    parent_id: int,
    districts: Sequence[District],
    valid_from: date,
    valid_until: date,
    decree: str,
    actor: Actor,
    clock: Clock,
) -> list[Office]:
    """Open the supervisors' offices of districts from `valid_from` to the day before `valid_until`.

    All are opened or none.

    Raises:
        NoParentOffice: when the office above is not one of a regency or city, or not in force.
        EndsBeforeItBegins: when the dates are the wrong way round.
        OfficeAlreadyOpen: when a district has an office at any time between them.
    """
    parent = Office.objects.select_for_update(of=("self",)).get(pk=parent_id)
    if parent.level not in SEATS or not parent.holds_on(valid_from):
        raise NoParentOffice
    if valid_until <= valid_from:
        raise EndsBeforeItBegins
    paths = [f"{parent.path}/{district.code}" for district in districts]
    standing = Office.objects.filter(lasting(valid_from), valid_from__lt=valid_until)
    if standing.filter(path__in=paths).exists():
        raise OfficeAlreadyOpen
    opened = [_open(parent, district, valid_from, valid_until) for district in districts]
    for office in opened:
        _record("office.open", office, decree=decree, actor=actor, clock=clock)
    return opened


def _open(parent: Office, district: District, valid_from: date, valid_until: date) -> Office:
    return Office.objects.create(
        region=_region(district, parent),
        level=OfficeLevel.DISTRICT,
        parent=parent,
        path=f"{parent.path}/{district.code}",
        name=f"Panwaslu Kecamatan {district.name}",
        time_zone=parent.time_zone,
        members=district.members,
        valid_from=valid_from,
        valid_until=valid_until,
    )


@transaction.atomic(durable=True)
def close_district_office(
    *, office_id: int, valid_until: date, decree: str, actor: Actor, clock: Clock
) -> Office:
    """Let the office end on another day than it was opened for.

    Raises:
        NotADistrictOffice: when the office is a permanent one.
        EndsBeforeItBegins: when the day is not after the office's first.
        OfficeAlreadyOpen: when the district has its next office by then.
    """
    office = Office.objects.select_for_update(of=("self",)).get(pk=office_id)
    if office.level != OfficeLevel.DISTRICT or office.valid_from is None:
        raise NotADistrictOffice
    if valid_until <= office.valid_from:
        raise EndsBeforeItBegins
    later = Office.objects.filter(lasting(office.valid_from), path=office.path)
    if later.filter(valid_from__lt=valid_until).exclude(pk=office.pk).exists():
        raise OfficeAlreadyOpen
    office.valid_until = valid_until
    office.save(update_fields=["valid_until"])
    _record("office.close", office, decree=decree, actor=actor, clock=clock)
    return office


def _region(district: District, parent: Office) -> Region:
    region, _created = Region.objects.get_or_create(
        code=district.code,
        defaults={
            "name": f"Kecamatan {district.name}",
            "level": RegionLevel.DISTRICT,
            "parent_id": parent.region_id,
            "time_zone": parent.time_zone,
        },
    )
    return region


def _record(what: str, office: Office, *, decree: str, actor: Actor, clock: Clock) -> None:
    record(
        what=what,
        subject=SubjectRef("office", office.pk),
        actor=actor,
        clock=clock,
        organisation=office.ref(),
        data={
            "valid_from": str(office.valid_from),
            "valid_until": str(office.valid_until),
            "decree": decree,
        },
    )
