"""One account per role and city, all with the password that the login page of the demo shows."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password

from complaints.demo.places import FOUNDED, City
from neutrality.accounts.actors import actor_of
from neutrality.accounts.models import RoleGrant, User
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.law.clock import Clock
from neutrality.law.codes import BodyKind
from neutrality.organisations.models import Agency, Office, ReferralBody, Unit
from neutrality.organisations.selectors import body_for

LAST_ACCOUNT: Final = "admin@contoh.example"
OFFICE_CAST: Final = (
    ("penerima", "Penerima laporan contoh", Role.INTAKE),
    ("staf", "Staf penanganan contoh", Role.HANDLER),
    ("ketua", "Ketua contoh", Role.COMMISSIONER),
    ("anggota1", "Anggota contoh pertama", Role.COMMISSIONER),
    ("anggota2", "Anggota contoh kedua", Role.COMMISSIONER),
    ("pengawas", "Kepala sekretariat contoh", Role.SUPERVISOR),
)
AGENCY_CAST: Final = (
    ("pakta", "Petugas pakta contoh", Role.HR_PLEDGES),
    ("disiplin", "Petugas disiplin contoh", Role.HR_DISCIPLINE),
    ("pemeriksa", "Pemeriksa contoh", Role.EXAMINER),
    ("pimpinan", "Pimpinan instansi contoh", Role.AGENCY_HEAD),
)


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of one city by the first part of their address."""

    city: City
    office: Office
    agency: Agency
    actors: dict[str, Actor] = field(repr=False)

    @property
    def above(self) -> Office:
        """Return the office of the province."""
        return Office.objects.get(pk=self.office.parent_id or 0)

    def __getitem__(self, who: str) -> Actor:
        """Return the actor called so."""
        return self.actors[who]


@dataclass(frozen=True, slots=True)
class Post:
    """A role at one organisation, for the grants of the demo."""

    role: Role
    office: Office | None = None
    agency: Agency | None = None
    unit: Unit | None = None
    body: ReferralBody | None = None
    is_national: bool = False


def cast_of(city: City, office: Office, agency: Agency, clock: Clock) -> Cast:
    """Write the accounts of one city and return its actors."""
    unit = Unit.objects.get(agency=agency, code="kel-1")
    today = clock.today_in(office.tz)
    body = body_for(kind=BodyKind.CIVIL_SERVICE, region=office.region, day=today)
    posts = {name: (label, Post(role, office=office)) for name, label, role in OFFICE_CAST}
    posts |= {name: (label, Post(role, agency=agency)) for name, label, role in AGENCY_CAST}
    posts["operator"] = ("Operator unit contoh", Post(Role.UNIT_OPERATOR, unit=unit))
    posts["penghubung"] = ("Penghubung contoh", Post(Role.LIAISON, body=body))
    users = {
        name: account(f"{name}.{city.slug}", f"{label}, {office.region}", post, clock)
        for name, (label, post) in posts.items()
    }
    actors = {name: actor_of(user=user, day=today) for name, user in users.items()}
    return Cast(city=city, office=office, agency=agency, actors=actors)


def national_cast(clock: Clock) -> None:
    """Write the accounts that belong to no city."""
    national = Office.objects.get(path="RI")
    account(
        "pengawas.ri", "Pengawas nasional contoh", Post(Role.SUPERVISOR, office=national), clock
    )
    account("auditor", "Auditor contoh", Post(Role.AUDITOR, is_national=True), clock)
    account("admin", "Administrator contoh", Post(Role.ADMIN, is_national=True), clock)


def account(name: str, label: str, post: Post, clock: Clock) -> User:
    """Write one account with a verified address and its grant."""
    user = User.objects.create(
        email=f"{name}@contoh.example",
        name=label,
        is_demo=True,
        password=_password(),
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    RoleGrant.objects.create(
        user=user,
        role=post.role,
        office=post.office,
        agency=post.agency,
        unit=post.unit,
        body=post.body,
        is_national=post.is_national,
        starts_on=_first_day(),
        granted_at=clock.now,
    )
    return user


_HASHES: Final[dict[str, str]] = {}


def _password() -> str:
    """Hash the demo's password once: it is the same for all, and argon2 is slow on purpose."""
    secret = settings.DEMO_PASSWORD
    return _HASHES.setdefault(secret, _HASHES.get(secret) or make_password(secret))


def _first_day() -> date:
    return FOUNDED
