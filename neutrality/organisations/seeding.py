"""Regions, permanent offices and referral bodies from the CSV files of the package."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Final

from django.db import transaction

from neutrality.law.codes import Certainty, OfficeLevel
from neutrality.organisations.codes import RegionLevel, TimeZone
from neutrality.organisations.models import Office, ReferralBody, ReferralTerritory, Region

SEEDS: Final = Path(__file__).parent / "seeds"

# The law gives a range; these are its usual ends (README of the seeds).
MEMBERS: Final = {
    OfficeLevel.RI: 5,
    OfficeLevel.PROVINCE: 5,
    OfficeLevel.REGENCY: 3,
    OfficeLevel.CITY: 3,
}

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many regions are known, and how many rows of the others were added."""

    regions: int
    offices: int
    bodies: int
    territories: int


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One referral body as the seeds state it."""

    code: str
    parent: str
    succeeds: str
    kind: str
    name: str
    valid_from: date | None
    valid_until: date | None
    territories: tuple[str, ...]
    legal_basis: str
    certainty: str


@transaction.atomic(durable=True)
def load_regions() -> Loaded:
    """Add what is missing and correct region names; edited offices and bodies stay as they are."""
    provinces = _rows("provinces")
    regions = _store_regions(provinces, _rows("regencies"))
    offices = _add_offices(regions, {row["code"]: row for row in provinces})
    rows = [*_single_bodies(), *_bodies_by_pattern(regions, provinces)]
    bodies = _add_bodies(rows)
    territories = _add_territories(rows, bodies, regions)
    return Loaded(len(regions), offices, len(bodies), territories)


def _rows(name: str) -> list[Row]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _store_regions(provinces: list[Row], regencies: list[Row]) -> dict[str, Region]:
    heads = _upsert(
        Region(
            code=row["code"],
            name=row["name"],
            level=RegionLevel.PROVINCE,
            time_zone=TimeZone[row["time_zone"]],
        )
        for row in provinces
    )
    below = _upsert(
        Region(
            code=row["code"],
            name=row["name"],
            level=_level_of(row["name"]),
            parent=heads[row["province_code"]],
            time_zone=heads[row["province_code"]].time_zone,
        )
        for row in regencies
    )
    return heads | below


def _level_of(name: str) -> RegionLevel:
    return RegionLevel.CITY if name.startswith("Kota ") else RegionLevel.REGENCY


def _upsert(regions: Iterable[Region]) -> dict[str, Region]:
    stored = Region.objects.bulk_create(
        regions,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "level", "parent", "time_zone"],
    )
    return {region.code: region for region in stored}


def _add_offices(regions: Mapping[str, Region], provinces: Mapping[str, Row]) -> int:
    standing = Office.objects.exclude(level=OfficeLevel.DISTRICT)
    known = {office.path: office for office in standing}
    codes = {row["path"]: row for row in _rows("office_codes")}
    added = 0
    for level in _offices_by_level(regions, provinces, known):
        new = [_with_code(office, codes) for office in level if office.path not in known]
        known |= {office.path: office for office in Office.objects.bulk_create(new)}
        added += len(new)
    return added


def _offices_by_level(
    regions: Mapping[str, Region], provinces: Mapping[str, Row], known: Mapping[str, Office]
) -> Iterator[list[Office]]:
    """Yield the offices of each level once the level above is in `known`."""
    yield [_national_office()]
    national = known["RI"]
    for depth in (1, 2):
        yield [
            _office(region, provinces[region.lineage[0]], known.get(_path_above(region), national))
            for region in regions.values()
            if len(region.lineage) == depth
        ]


def _path_above(region: Region) -> str:
    return "/".join(("RI", *region.lineage[:-1]))


def _national_office() -> Office:
    return Office(
        level=OfficeLevel.RI,
        path="RI",
        name="Bawaslu Republik Indonesia",
        time_zone=TimeZone.WIB,
        members=MEMBERS[OfficeLevel.RI],
    )


def _office(region: Region, province: Row, parent: Office) -> Office:
    level = OfficeLevel(region.level)
    title = province["title"] if level is OfficeLevel.PROVINCE else region.name
    return Office(
        region=region,
        level=level,
        parent=parent,
        path=f"{parent.path}/{region.code}",
        name=f"{province['supervisor']} {title}",
        time_zone=region.time_zone,
        members=MEMBERS[level],
    )


def _with_code(office: Office, codes: Mapping[str, Row]) -> Office:
    if row := codes.get(office.path):
        office.code_bawaslu = row["code"]
        office.code_certainty = Certainty(row["certainty"])
    return office


def _single_bodies() -> list[BodyRow]:
    return [
        BodyRow(
            code=row["code"],
            parent=row["parent"],
            succeeds=row["succeeds"],
            kind=row["kind"],
            name=row["name"],
            valid_from=_day(row["valid_from"]),
            valid_until=_day(row["valid_until"]),
            territories=tuple(row["territories"].split()),
            legal_basis=row["legal_basis"],
            certainty=row["certainty"],
        )
        for row in _rows("bodies")
    ]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _bodies_by_pattern(regions: Mapping[str, Region], provinces: list[Row]) -> list[BodyRow]:
    by_code = {row["code"]: row for row in provinces}
    return [
        _patterned(pattern, region, by_code[region.lineage[0]])
        for pattern in _rows("body_patterns")
        for region in regions.values()
        if _applies(pattern, region)
    ]


def _applies(pattern: Row, region: Region) -> bool:
    wants_province = pattern["level"] == RegionLevel.PROVINCE
    is_province = region.level == RegionLevel.PROVINCE
    excepted = region.lineage[0] in pattern["except_provinces"].split()
    return wants_province == is_province and not excepted


def _patterned(pattern: Row, region: Region, province: Row) -> BodyRow:
    is_province = region.level == RegionLevel.PROVINCE
    above = pattern["root"] if is_province else f"{pattern['prefix']}-{region.lineage[0]}"
    return BodyRow(
        code=f"{pattern['prefix']}-{region.code}",
        parent=above if pattern["root"] else "",
        succeeds="",
        kind=pattern["kind"],
        name=pattern["name"].format(
            name=region.name,
            title=province["title"],
            organiser=province["organiser"],
            head="" if is_province else _head_of(region),
        ),
        valid_from=None,
        valid_until=None,
        territories=(region.code,),
        legal_basis=pattern["legal_basis"],
        certainty=pattern["certainty"],
    )


def _head_of(region: Region) -> str:
    title = "Wali Kota" if region.level == RegionLevel.CITY else "Bupati"
    return f"{title} {region.name.removeprefix('Kota ').removeprefix('Kabupaten ')}"


def _add_bodies(rows: list[BodyRow]) -> dict[str, ReferralBody]:
    """The bodies that were missing, by code; parents are stored before what stands below them."""
    known = {body.code: body for body in ReferralBody.objects.order_by("valid_from")}
    parents = {row.code: row.parent for row in rows}
    missing = sorted(
        (row for row in rows if row.code not in known),
        key=lambda row: _rank(row, parents),
    )
    added: dict[str, ReferralBody] = {}
    for _rank_of, level in groupby(missing, key=lambda row: _rank(row, parents)):
        stored = ReferralBody.objects.bulk_create([_body(row, known) for row in level])
        added |= {body.code: body for body in stored}
        known |= added
    return added


def _rank(row: BodyRow, parents: Mapping[str, str]) -> int:
    """How many rows must stand before this one: those above it, and the one it succeeds."""
    depth, above = int(bool(row.succeeds)), row.parent
    while above:
        depth, above = depth + 2, parents[above]
    return depth


def _body(row: BodyRow, known: Mapping[str, ReferralBody]) -> ReferralBody:
    parent = known[row.parent] if row.parent else None
    return ReferralBody(
        code=row.code,
        kind=row.kind,
        name=row.name,
        parent=parent,
        succeeds=known[row.succeeds] if row.succeeds else None,
        path=f"{parent.path}/{row.code}" if parent else row.code,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        legal_basis=row.legal_basis,
        certainty=row.certainty,
    )


def _add_territories(
    rows: list[BodyRow], bodies: Mapping[str, ReferralBody], regions: Mapping[str, Region]
) -> int:
    territories = [
        ReferralTerritory(body=bodies[row.code], region=regions[code])
        for row in rows
        if row.code in bodies
        for code in row.territories
    ]
    return len(ReferralTerritory.objects.bulk_create(territories))
