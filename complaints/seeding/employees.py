"""Civil servants of synthetic agencies: persons, their numbers, where they work."""

from datetime import date, timedelta
from random import Random
from typing import Final

from complaints.seeding.sheets import Press, Sheet, hexed, lock_tables
from complaints.seeding.words import POSITIONS, UNITS
from neutrality.law.clock import Clock
from neutrality.law.codes import SubjectKind
from neutrality.organisations.codes import AgencyKind, RegionLevel, UnitKind
from neutrality.organisations.models import Agency, Region, Unit
from neutrality.personnel.codes import NumberKind, PositionClass
from neutrality.personnel.models import Employment, Person, PersonNumber
from neutrality.personnel.numbers import digest_of

BATCH: Final = 20_000
_KINDS: Final = {
    RegionLevel.PROVINCE: AgencyKind.PROVINCE,
    RegionLevel.REGENCY: AgencyKind.REGENCY,
    RegionLevel.CITY: AgencyKind.CITY,
}
_CLASSES: Final = (
    PositionClass.LURAH,
    PositionClass.CAMAT,
    PositionClass.JPT,
    PositionClass.ADMINISTRATOR,
    PositionClass.FUNCTIONAL,
    PositionClass.FUNCTIONAL,
    PositionClass.EXECUTIVE,
    PositionClass.FUNCTIONAL,
    PositionClass.SUPERVISOR,
    PositionClass.FUNCTIONAL,
    PositionClass.FUNCTIONAL,
    PositionClass.EXECUTIVE,
)
_EMPLOYMENT: Final = (
    "person",
    "agency",
    "unit",
    "position_title",
    "position_class",
    "kind",
    "grade",
    "valid_from",
)


def write_employees(*, amount: int, random: Random, clock: Clock) -> int:
    """Write so many civil servants in the caller's transaction; return how many rows."""
    units = _units()
    persons = Sheet(Person, "public_id", "name")
    numbers = Sheet(PersonNumber, "person", "kind", "digest", "shown", "valid_from")
    employments = Sheet(Employment, *_EMPLOYMENT)
    sheets = [persons, numbers, employments]
    lock_tables(sheet.model for sheet in sheets)
    since = clock.now.date() - timedelta(days=700)
    with Press(sheets) as press:
        for done in range(1, amount + 1):
            serial = persons.next_id
            person = persons.add(f"{random.getrandbits(128):032x}", f"Pegawai contoh {serial}")
            nip = _nip(serial, random)
            digest = digest_of(kind=NumberKind.NIP, number=nip)
            shown = f"{nip[:4]}…{nip[-4:]}"
            numbers.add(person, NumberKind.NIP.value, hexed(digest), shown, since.isoformat())
            unit = random.choice(units)
            which = random.randrange(len(POSITIONS))
            employments.add(
                person,
                unit.agency_id,
                unit.pk,
                POSITIONS[which],
                _CLASSES[which].value,
                SubjectKind.PNS.value,
                "III/c",
                since.isoformat(),
            )
            if done % BATCH == 0:
                press.run()
        press.finish()
    return 3 * amount


def _nip(serial: int, random: Random) -> str:
    """Return a number of 18 digits: birth, month of appointment, sex, and a serial of its own."""
    born = date(1966, 1, 1) + timedelta(days=serial % 11_000)
    month = 1 + serial // 11_000 % 12
    year = born.year + 24
    return f"{born:%Y%m%d}{year}{month:02d}{1 + random.randrange(2)}{serial // 132_000 % 1000:03d}"


def _units() -> list[Unit]:
    """Return the units of the synthetic agencies, one agency for each region; made once."""
    regions = Region.objects.exclude(level=RegionLevel.DISTRICT).order_by("code")
    codes = {f"benih-{region.code.replace('.', '')}": region for region in regions}
    known = set(Agency.objects.filter(code__in=codes).values_list("code", flat=True))
    agencies = Agency.objects.bulk_create(
        Agency(
            code=code,
            path=code,
            name=f"Pemerintah {region.name} (data buatan)",
            kind=_KINDS[RegionLevel(region.level)],
            region=region,
            appointing_authority="Kepala daerah contoh",
        )
        for code, region in codes.items()
        if code not in known
    )
    Unit.objects.bulk_create(
        (
            Unit(
                agency=agency,
                code=f"u{place}",
                path=f"{agency.path}/u{place}",
                name=name,
                kind=UnitKind.SERVICE,
                region=agency.region,
            )
            for agency in agencies
            for place, name in enumerate(UNITS, start=1)
        ),
        batch_size=2000,
    )
    return list(Unit.objects.filter(agency__code__in=codes).order_by("pk"))
