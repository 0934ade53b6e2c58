"""Where and when synthetic files happen: offices, their people and contests, instants, periods."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password

from complaints.demo.election import DECREE, STAGES
from complaints.seeding.sheets import escaped
from neutrality.accounts.models import RoleGrant, User
from neutrality.accounts.roles import Role
from neutrality.audit.actor import SYSTEM
from neutrality.audit.record import SubjectRef
from neutrality.casework.clocks import new_clock
from neutrality.elections.models import Contest, Election
from neutrality.elections.services import (
    Areas,
    ContestRule,
    ElectionPlan,
    StagePlan,
    announce_election,
)
from neutrality.law.books import calendar_for, rulebook_at
from neutrality.law.clock import Clock
from neutrality.law.codes import Certainty, ContestKind, PeriodCode, Regime
from neutrality.law.numbering import ContestCode, contest_code
from neutrality.organisations.models import Office

DAYS: Final = 64
# Hours of UTC at which things happen: morning, noon and afternoon in all three zones.
HOURS: Final = ((1, 20), (4, 10), (6, 45))
DOMAIN: Final = "benih.example"
REGIME: Final = Regime.PILKADA
# Few offices get most of the reports: the weight of the n-th is 1 / (n + 8).
FLATTENING: Final = 8
PEOPLE: Final = (
    ("petugas", "Petugas contoh", (Role.INTAKE, Role.HANDLER)),
    ("pimpinan", "Ketua contoh", (Role.COMMISSIONER, Role.SUPERVISOR)),
    ("anggota", "Anggota contoh", (Role.COMMISSIONER,)),
)


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment, once in every form that the rows need."""

    at: datetime
    text: str
    micros: int


@dataclass(frozen=True, slots=True)
class Local:
    """A moment as the clocks on the wall of a zone tell it: day, first of its month, text."""

    on: date
    month: str
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Period:
    """A clock that starts at an instant in a zone: what its row says beside its subject."""

    code: str
    rule: str
    calendar: str
    time_zone: str
    started_text: str
    due: datetime
    due_text: str


@dataclass(frozen=True, slots=True)
class Place:
    """An office with the people who act there and the contest that is held there.

    The keys that rows need stand apart: a model's `pk` is looked up by name each time.
    """

    office: Office
    office_id: int
    path: str
    region_id: int | None
    contest_id: int
    desk_id: int
    head_id: int
    member_id: int
    series: tuple[ContestCode, str]
    zone: ZoneInfo
    staff: dict[str, User]

    def member(self, role: str) -> User:
        """Return who acts in this role."""
        desk = role in {Role.INTAKE, Role.HANDLER}
        return self.staff["petugas" if desk else "pimpinan"]


class Ground:
    """Offices, instants and periods; what costs more than a dictionary is made once."""

    def __init__(self, *, clock: Clock, random: Random) -> None:
        """Announce the election, hire the people, and lay out the days before `clock`."""
        self.random = random
        self.election = _election(clock)
        self.places = list(_places(self.election, clock))
        self.instants = _instants(clock)
        self.book = rulebook_at(regime=REGIME, day=clock.now.date())
        # Read before: the connection is busy while rows are made.
        zones = {place.zone.key: place.zone for place in self.places}
        self._local = {
            key: [_local(each.at, zone) for each in self.instants] for key, zone in zones.items()
        }
        days = {local.on for told in self._local.values() for local in told}
        self._books = {day: rulebook_at(regime=REGIME, day=day) for day in days}
        self._calendars = {key: calendar_for(area_codes=(), tz=zone) for key, zone in zones.items()}
        self._periods: dict[tuple[str, str, int], Period] = {}
        ranks = list(range(len(self.places)))
        random.shuffle(ranks)
        self._weights = [1 / (rank + FLATTENING) for rank in ranks]

    @property
    def last(self) -> int:
        """The number of the last instant."""
        return len(self.instants) - 1

    def draw(self, amount: int) -> list[Place]:
        """Return as many places, busy ones more often."""
        return self.random.choices(self.places, self._weights, k=amount)

    def busiest(self) -> Place:
        """Return the office with the most reports."""
        return self.places[self._weights.index(max(self._weights))]

    def local(self, place: Place, slot: int) -> Local:
        """Return this instant in the zone of the office."""
        return self._local[place.zone.key][slot]

    def period(self, place: Place, code: str, slot: int) -> Period:
        """Return the period that starts at this instant at an office of this zone."""
        key = (place.zone.key, code, slot)
        if key not in self._periods:
            self._periods[key] = self._start(place, PeriodCode(code), slot)
        return self._periods[key]

    def _start(self, place: Place, code: PeriodCode, slot: int) -> Period:
        instant = self.instants[slot]
        row = new_clock(
            rule=self._books[self.local(place, slot).on].period(code),
            subject=SubjectRef("report", 0),
            organisation=place.office.ref(),
            calendar=self._calendars[place.zone.key],
            started_at=instant.at,
        )
        return Period(
            code=str(code),
            rule=escaped(json.dumps(row.rule, ensure_ascii=False)),
            calendar=escaped(json.dumps(row.calendar, ensure_ascii=False)),
            time_zone=place.zone.key,
            started_text=instant.text,
            due=row.due_at,
            due_text=row.due_at.isoformat(),
        )


def _local(at: datetime, zone: ZoneInfo) -> Local:
    told = at.astimezone(zone)
    return Local(told.date(), told.date().replace(day=1).isoformat(), told.isoformat())


def _instants(clock: Clock) -> list[Instant]:
    epoch = datetime.fromtimestamp(0, clock.now.tzinfo)
    today = clock.now.replace(hour=0, minute=0, second=0, microsecond=0)
    found = (
        today + timedelta(days=day - DAYS, hours=hour, minutes=minute)
        for day in range(DAYS + 1)
        for hour, minute in HOURS
    )
    return [
        Instant(at, at.isoformat(), (at - epoch) // timedelta(microseconds=1))
        for at in found
        if at <= clock.now
    ]


def _election(clock: Clock) -> Election:
    """Announce an election that is in its campaign: governors, regents and mayors everywhere."""
    today = clock.now.date()

    def day(offset: int) -> date:
        return today + timedelta(days=offset)

    rules = (
        (ContestKind.GOVERNOR, Areas.PROVINCE, "Gubernur {name}"),
        (ContestKind.REGENT, Areas.REGENCY, "Bupati {name}"),
        (ContestKind.MAYOR, Areas.CITY, "Wali Kota {name}"),
    )
    return announce_election(
        plan=ElectionPlan(
            code=f"benih-{today:%Y%m%d}",
            name="Pemilihan Benih (data buatan)",
            regime=REGIME,
            polling_on=day(44),
            valid_from=day(-200),
            valid_until=day(120),
            is_demo=True,
        ),
        contests=[
            ContestRule(
                kind=kind,
                areas=areas,
                name=name,
                number_code=contest_code(kind),
                number_code_certainty=Certainty.MEMORY,
                candidates_determined_on=day(-70),
                decree=DECREE,
            )
            for kind, areas, name in rules
        ],
        stages=[
            StagePlan(kind, day(first), day(last), DECREE, Certainty.INFERRED)
            for kind, first, last in STAGES
        ],
        actor=SYSTEM,
        clock=clock,
    )


def _places(election: Election, clock: Clock) -> Iterator[Place]:
    offices = list(Office.objects.select_related("region").exclude(level="DISTRICT"))
    staff = _staff(offices, clock)
    contests = {
        contest.region_id: contest
        for contest in Contest.objects.filter(election=election).select_related("election")
    }
    anywhere = next(iter(contests.values()))
    for office in offices:
        contest, people = contests.get(office.region_id, anywhere), staff[office.pk]
        yield Place(
            office=office,
            office_id=office.pk,
            path=office.path,
            region_id=office.region_id,
            contest_id=contest.pk,
            desk_id=people["petugas"].pk,
            head_id=people["pimpinan"].pk,
            member_id=people["anggota"].pk,
            series=(contest_code(ContestKind(contest.kind)), _office_code(office)),
            zone=office.tz,
            staff=people,
        )


def _office_code(office: Office) -> str:
    """Return the official code or, as nobody gave one, the region's in its form."""
    region = office.region.code if office.region else "00"
    return office.code_bawaslu or (region if "." in region else f"{region}.00")


def _staff(offices: list[Office], clock: Clock) -> dict[int, dict[str, User]]:
    """Return three people for each office; nobody can log in as one of them by a password."""
    wanted = {
        _address(desk, office): (desk, name, office)
        for office in offices
        for desk, name, _ in PEOPLE
    }
    known = set(User.objects.filter(email__in=wanted).values_list("email", flat=True))
    fresh = [
        User(email=email, name=name, is_demo=True, password=make_password(None))
        for email, (_, name, _) in wanted.items()
        if email not in known
    ]
    User.objects.bulk_create(fresh, batch_size=1000)
    _grant(fresh, wanted, clock)
    staff: dict[int, dict[str, User]] = {office.pk: {} for office in offices}
    for user in User.objects.filter(email__in=wanted):
        desk, _, office = wanted[user.email]
        staff[office.pk][desk] = user
    return staff


def _grant(people: list[User], wanted: dict[str, tuple[str, str, Office]], clock: Clock) -> None:
    roles = {desk: held for desk, _, held in PEOPLE}
    RoleGrant.objects.bulk_create(
        (
            RoleGrant(
                user=user,
                role=role,
                office=wanted[user.email][2],
                starts_on=clock.now.date() - timedelta(days=365),
                granted_at=clock.now,
            )
            for user in people
            for role in roles[wanted[user.email][0]]
        ),
        batch_size=1000,
    )


def _address(desk: str, office: Office) -> str:
    code = office.region.code if office.region else "00"
    return f"{desk}.{code}@{DOMAIN}"
