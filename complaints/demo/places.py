"""The three cities of the demo, their agencies with unit trees, and a few employees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from neutrality.law.codes import Certainty, SubjectKind
from neutrality.organisations.codes import AgencyKind, UnitKind
from neutrality.organisations.models import Agency, Office, Region, Unit
from neutrality.personnel.codes import PositionClass
from neutrality.personnel.models import Employment, Person

FOUNDED: Final = date(2010, 1, 1)


@dataclass(frozen=True, slots=True)
class City:
    """One city: its region, the example office code, its short name, its districts and wards."""

    region: str
    slug: str
    office_code: str
    wards: tuple[str, ...]
    districts: tuple[str, ...]

    @property
    def agency_code(self) -> str:
        """Return the code of the city government."""
        return f"pemkot-{self.slug}"


# The office codes of Pontianak and Kendari are examples: no official list is known.
CITIES: Final = (
    City(
        region="35.71",
        slug="kediri",
        office_code="16.04",
        districts=("Mojoroto", "Kota", "Pesantren"),
        wards=("Contoh Barat", "Contoh Timur", "Contoh Tengah"),
    ),
    City(
        region="61.71",
        slug="pontianak",
        office_code="20.71",
        districts=("Contoh Utara", "Contoh Selatan"),
        wards=("Contoh Hulu", "Contoh Hilir"),
    ),
    City(
        region="74.71",
        slug="kendari",
        office_code="28.71",
        districts=("Contoh Pesisir", "Contoh Bukit"),
        wards=("Contoh Lama", "Contoh Baru"),
    ),
)

TOP_UNITS: Final = (
    ("setda", "Sekretariat Daerah", UnitKind.SECRETARIAT),
    ("setwan", "Sekretariat DPRD", UnitKind.COUNCIL_SECRETARIAT),
    ("inspektorat", "Inspektorat", UnitKind.INSPECTORATE),
    ("bkpsdm", "BKPSDM", UnitKind.BOARD),
    ("dikbud", "Dinas Pendidikan", UnitKind.SERVICE),
    ("dinkes", "Dinas Kesehatan", UnitKind.SERVICE),
    ("diskominfo", "Dinas Komunikasi dan Informatika", UnitKind.SERVICE),
    ("satpolpp", "Satuan Polisi Pamong Praja", UnitKind.POLICE_UNIT),
)
BELOW: Final = (
    ("setda", "umum", "Bagian Umum", UnitKind.SECTION),
    ("setda", "hukum", "Bagian Hukum", UnitKind.SECTION),
    ("dikbud", "sd-contoh", "SD Negeri Contoh", UnitKind.SCHOOL),
    ("dinkes", "puskesmas", "Puskesmas Contoh", UnitKind.HEALTH_CENTRE),
)
POSTS: Final = (
    ("Kepala contoh", "Kepala", PositionClass.SUPERVISOR, SubjectKind.PNS),
    ("Pegawai contoh", "Pengadministrasi umum", PositionClass.EXECUTIVE, SubjectKind.PNS),
    ("Pegawai PPPK contoh", "Pengelola layanan", PositionClass.FUNCTIONAL, SubjectKind.PPPK),
)


def office_of(city: City) -> Office:
    """Return the city's office, with its example code and a visiting address."""
    office = Office.objects.select_related("region").get(region__code=city.region)
    if not office.code_bawaslu:
        office.code_bawaslu = city.office_code
        office.code_certainty = Certainty.UNCERTAIN
    office.address = office.address or f"Jalan Contoh Nomor 1, {office.region}"
    office.email = office.email or f"kantor.{city.slug}@contoh.example"
    office.save(update_fields=["code_bawaslu", "code_certainty", "address", "email"])
    return office


def agency_of(city: City) -> Agency:
    """Return the city government with its unit tree."""
    region = Region.objects.get(code=city.region)
    agency, created = Agency.objects.get_or_create(
        code=city.agency_code,
        defaults={
            "path": city.agency_code,
            "name": f"Pemerintah {region.name}",
            "kind": AgencyKind.CITY,
            "region": region,
            "appointing_authority": f"Wali Kota selaku PPK ({region.name})",
            "hr_email": f"bkpsdm.{city.slug}@contoh.example",
            "valid_from": FOUNDED,
        },
    )
    if created:
        _units(agency, city)
        _employees(agency)
    return agency


def _units(agency: Agency, city: City) -> None:
    tops = [(code, name, kind) for code, name, kind in TOP_UNITS]
    tops += [
        (f"kec-{number}", f"Kecamatan {name}", UnitKind.DISTRICT)
        for number, name in enumerate(city.districts, start=1)
    ]
    parents = {unit.code: unit for unit in Unit.objects.bulk_create(_level(agency, None, tops))}
    below = [
        unit
        for parent, code, name, kind in BELOW
        for unit in _level(agency, parents[parent], [(code, name, kind)])
    ]
    wards = [
        (f"kel-{number}", f"Kelurahan {name}", UnitKind.WARD)
        for number, name in enumerate(city.wards, start=1)
    ]
    Unit.objects.bulk_create([*below, *_level(agency, parents["kec-1"], wards)])


def _level(
    agency: Agency, parent: Unit | None, rows: Sequence[tuple[str, str, UnitKind]]
) -> list[Unit]:
    above = parent.path if parent else agency.path
    return [
        Unit(
            agency=agency,
            parent=parent,
            code=code,
            path=f"{above}/{code}",
            name=name,
            kind=kind,
            region=agency.region,
            valid_from=FOUNDED,
        )
        for code, name, kind in rows
    ]


def _employees(agency: Agency) -> None:
    """Give every unit a few people, who are roles."""
    units = list(Unit.objects.filter(agency=agency).order_by("path"))
    posts = [(unit, *post) for unit in units for post in POSTS]
    people = Person.objects.bulk_create(
        Person(name=f"{name} {unit.name}") for unit, name, *_post in posts
    )
    Employment.objects.bulk_create(
        Employment(
            person=person,
            agency=agency,
            unit=unit,
            position_title=title,
            position_class=position,
            kind=kind,
            valid_from=FOUNDED,
        )
        for person, (unit, _name, title, position, kind) in zip(people, posts, strict=True)
    )
