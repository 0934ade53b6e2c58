"""A city's roster as large as a real one: units at every depth, thousands of people, by COPY."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from django.db import transaction

from neutrality.law.clock import Clock
from neutrality.law.codes import SubjectKind
from neutrality.organisations.codes import UnitKind as K
from neutrality.organisations.models import Agency, Unit
from neutrality.personnel.codes import NumberKind, PositionClass as P
from neutrality.personnel.models import Employment, Person, PersonNumber
from neutrality.personnel.numbers import digest_of
from neutrality.personnel.validators import mask_number
from pledges.demo.copying import copy_in
from pledges.models import UnitHead

# The three cities of the demo, with how many serve there.
SIZES: Final = {"pemkot-kediri": 3_000, "pemkot-pontianak": 3_700, "pemkot-kendari": 4_600}
AREA_CODES: Final = {"pemkot-kediri": "0354", "pemkot-pontianak": "0561", "pemkot-kendari": "0401"}
SINCE: Final = date(2020, 1, 1)
SERVICES: Final = (
    ("dpupr", "Dinas Pekerjaan Umum", K.SERVICE),
    ("dinsos", "Dinas Sosial", K.SERVICE),
    ("dishub", "Dinas Perhubungan", K.SERVICE),
    ("dlh", "Dinas Lingkungan Hidup", K.SERVICE),
    ("dukcapil", "Dinas Kependudukan dan Pencatatan Sipil", K.SERVICE),
    ("dkukm", "Dinas Koperasi dan UKM", K.SERVICE),
    ("disdag", "Dinas Perdagangan", K.SERVICE),
    ("dispar", "Dinas Pariwisata dan Olahraga", K.SERVICE),
    ("dkpp", "Dinas Ketahanan Pangan dan Pertanian", K.SERVICE),
    ("dpmptsp", "Dinas Penanaman Modal dan PTSP", K.SERVICE),
    ("arsip", "Dinas Perpustakaan dan Kearsipan", K.SERVICE),
    ("bappeda", "Badan Perencanaan Pembangunan Daerah", K.BOARD),
    ("bkad", "Badan Keuangan dan Aset Daerah", K.BOARD),
    ("bapenda", "Badan Pendapatan Daerah", K.BOARD),
    ("kesbangpol", "Badan Kesatuan Bangsa dan Politik", K.BOARD),
    ("bpbd", "Badan Penanggulangan Bencana Daerah", K.BOARD),
    ("rsud", "RSUD Contoh", K.HOSPITAL),
)
SECTIONS: Final = ("Sekretariat", "Bidang Perencanaan", "Bidang Pelayanan", "Bidang Pembinaan")
# How many people a unit has beside another of a different kind.
WEIGHTS: Final = {
    K.SCHOOL: 22,
    K.HEALTH_CENTRE: 40,
    K.HOSPITAL: 320,
    K.POLICE_UNIT: 110,
    K.SUBSECTION: 7,
    K.SECTION: 6,
    K.WARD: 9,
    K.DISTRICT: 14,
}
HEADS: Final = {
    K.SECRETARIAT: ("Sekretaris Daerah", P.JPT),
    K.COUNCIL_SECRETARIAT: ("Sekretaris DPRD", P.JPT),
    K.INSPECTORATE: ("Inspektur", P.JPT),
    K.SERVICE: ("Kepala Dinas", P.JPT),
    K.BOARD: ("Kepala Badan", P.JPT),
    K.HOSPITAL: ("Direktur", P.JPT),
    K.POLICE_UNIT: ("Kepala Satuan", P.JPT),
    K.DISTRICT: ("Camat", P.CAMAT),
    K.WARD: ("Lurah", P.LURAH),
    K.SECTION: ("Kepala Bidang", P.ADMINISTRATOR),
    K.SUBSECTION: ("Kepala Seksi", P.SUPERVISOR),
    K.TECHNICAL: ("Koordinator", P.SUPERVISOR),
    K.HEALTH_CENTRE: ("Kepala Puskesmas", P.SUPERVISOR),
    K.SCHOOL: ("Kepala Sekolah", P.FUNCTIONAL),
}
POSTS: Final = {
    K.SCHOOL: ("Guru kelas", "Guru mata pelajaran", "Guru agama", "Pengelola tata usaha"),
    K.HEALTH_CENTRE: ("Perawat", "Bidan", "Dokter umum", "Apoteker", "Sanitarian"),
    K.HOSPITAL: ("Perawat", "Bidan", "Dokter spesialis", "Radiografer", "Perekam medis"),
    K.POLICE_UNIT: ("Polisi pamong praja", "Pemadam kebakaran"),
}
OFFICE_POSTS: Final = (
    "Pengadministrasi umum",
    "Analis kebijakan",
    "Bendahara",
    "Pranata komputer",
    "Pengelola kepegawaian",
    "Penyuluh",
)
CALLED_ABOUT: Final = 2  # units down to this depth have a head with a telephone


@dataclass(frozen=True, slots=True)
class Post:
    """A post to be filled: where, as what."""

    unit: Unit
    name: str
    title: str
    position: P
    kind: SubjectKind


def grow_city(*, agency: Agency, clock: Clock) -> int:
    """Fill a city of the demo with units and people up to its size; return how many were hired.

    A city that is no demo city, or is full, stays as it is.
    """
    missing = SIZES.get(agency.code, 0) - agency.employments.count()
    if missing <= 0:
        return 0
    with transaction.atomic():
        units = _units(agency)
        posts = list(_posts(units, missing, Random(agency.code)))  # noqa: S311  no secret
        _hire(agency, posts)
        _name_heads(agency, posts, clock)
    return len(posts)


def _units(agency: Agency) -> list[Unit]:
    """Add the units that a small demo lacks, level by level."""
    known = {unit.code: unit for unit in Unit.objects.filter(agency=agency)}
    _add(agency, None, SERVICES, known)
    for parent in [unit for unit in known.values() if _has_sections(unit)]:
        rows = [(f"{parent.code}-{n}", name, K.SECTION) for n, name in enumerate(SECTIONS)]
        _add(agency, parent, rows, known)
    for parent in [unit for unit in known.values() if unit.code.endswith(("-1", "-2", "-3"))]:
        if parent.kind == K.SECTION:
            rows = [(f"{parent.code}{n}", f"Seksi {n}", K.SUBSECTION) for n in "AB"]
            _add(agency, parent, rows, known)
    for number, district in enumerate(_of_kind(known, K.DISTRICT), start=1):
        _add_district(agency, known, number, district)
    return list(known.values())


def _add_district(agency: Agency, known: dict[str, Unit], number: int, district: Unit) -> None:
    """Add wards, and the schools and the health centres that lie in the district."""
    area = district.name.removeprefix("Kecamatan ")
    wards = [(f"kel-{number}-{n}", f"Kelurahan {area} {n}", K.WARD) for n in range(1, 13)]
    _add(agency, district, wards, known)
    _add(agency, known["dikbud"], [(f"kw-{number}", f"Wilayah {area}", K.TECHNICAL)], known)
    schools = [(f"sd-{number}-{n}", f"SDN {area} {n}", K.SCHOOL) for n in range(1, 31)]
    schools += [(f"smp-{number}-{n}", f"SMPN {area} {n}", K.SCHOOL) for n in range(1, 7)]
    _add(agency, known[f"kw-{number}"], schools, known)
    centres = [(f"pkm-{number}-{n}", f"Puskesmas {area} {n}", K.HEALTH_CENTRE) for n in (1, 2, 3)]
    _add(agency, known["dinkes"], centres, known)


def _has_sections(unit: Unit) -> bool:
    return unit.parent_id is None and unit.kind in {K.SERVICE, K.BOARD}


def _of_kind(known: dict[str, Unit], kind: K) -> list[Unit]:
    return sorted((unit for unit in known.values() if unit.kind == kind), key=lambda u: u.code)


def _add(
    agency: Agency,
    parent: Unit | None,
    rows: Sequence[tuple[str, str, K]],
    known: dict[str, Unit],
) -> None:
    above = parent.path if parent else agency.path
    fresh = [
        Unit(
            agency=agency,
            parent=parent,
            code=code,
            path=f"{above}/{code}",
            name=name,
            kind=kind,
            region=agency.region,
            valid_from=SINCE,
        )
        for code, name, kind in rows
        if code not in known
    ]
    Unit.objects.bulk_create(fresh)
    known.update({unit.code: unit for unit in fresh})


def _posts(units: Sequence[Unit], amount: int, random: Random) -> Iterator[Post]:
    """Yield heads first, then staff in proportion to what kind of unit it is."""
    headed = [unit for unit in units if unit.kind in HEADS][:amount]
    for unit in headed:
        title, position = HEADS[K(unit.kind)]
        name = f"{title.split()[0]} contoh {unit.name}"
        yield Post(unit, name, title, position, SubjectKind.PNS)
    weights = [WEIGHTS.get(K(unit.kind), 5) for unit in units]
    for serial, unit in enumerate(random.choices(units, weights, k=amount - len(headed)), start=1):
        title = random.choice(POSTS.get(K(unit.kind), OFFICE_POSTS))
        position = P.FUNCTIONAL if unit.kind in POSTS else P.EXECUTIVE
        kind = SubjectKind.PPPK if random.random() < 0.25 else SubjectKind.PNS
        yield Post(unit, f"{title} contoh {serial:04d}", title, position, kind)


def _hire(agency: Agency, posts: Sequence[Post]) -> None:
    people = [Person(name=post.name) for post in posts]
    copy_in(people)
    hired = list(zip(people, posts, strict=True))
    first = sorted(SIZES).index(agency.code) * 10_000
    copy_in([_number(person, post, first + n) for n, (person, post) in enumerate(hired)])
    copy_in(
        [
            Employment(
                person=person,
                agency=agency,
                unit=post.unit,
                position_title=post.title,
                position_class=post.position,
                kind=post.kind,
                valid_from=SINCE,
            )
            for person, post in hired
        ]
    )


def _number(person: Person, post: Post, serial: int) -> PersonNumber:
    """Return a number that is well formed and nobody's: the people are made up."""
    born = date(1967, 1, 1) + timedelta(days=serial % 10_000)
    is_pns = post.kind == SubjectKind.PNS
    middle = f"{1 + serial % 12:02d}" if is_pns else "21"
    year = born.year + 25
    digits = f"{born:%Y%m%d}{year}{middle}{1 + serial % 2}{1 + serial // 10_000:03d}"
    kind = NumberKind.NIP if is_pns else NumberKind.NI_PPPK
    return PersonNumber(
        person=person,
        kind=kind,
        digest=digest_of(kind=kind, number=digits),
        shown=mask_number(kind=kind, number=digits),
        valid_from=SINCE,
    )


def _name_heads(agency: Agency, posts: Sequence[Post], clock: Clock) -> None:
    """Say whom to call about the upper units; the telephones are made up."""
    area = AREA_CODES[agency.code]
    heads = [
        post
        for post in posts
        if post.title in {title for title, _position in HEADS.values()}
        and post.unit.path.count("/") <= CALLED_ABOUT
    ]
    copy_in(
        [
            UnitHead(
                unit=post.unit,
                name=post.name,
                phone=f"{area} 000{1000 + number}",
                email=f"{post.unit.code.lower()}@{agency.code}.contoh.example",
                set_at=clock.now,
            )
            for number, post in enumerate(heads)
        ]
    )
