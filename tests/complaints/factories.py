"""Rows that tests of complaints need; people are roles, never real persons."""

from datetime import UTC, date, datetime
from itertools import count

from complaints.codes import ReporterKind, Source
from complaints.services.codes import new_code
from complaints.services.lodging import IncidentGiven, Lodging, RespondentGiven
from neutrality.accounts.actors import actor_of
from neutrality.accounts.models import RoleGrant, User
from neutrality.audit.actor import CITIZEN, Actor
from neutrality.elections.models import Contest, Election, Stage
from neutrality.law.clock import Clock
from neutrality.law.codes import Certainty, ContestKind, Regime, StageKind
from neutrality.organisations.models import Agency, Office, Region, Unit
from neutrality.vault.services import IdentityData

_serial = count(1)
KEDIRI = "35.71"
MONDAY = datetime(2025, 6, 16, 3, 0, tzinfo=UTC)


def at(day: int = 16, hour: int = 10, month: int = 6) -> Clock:
    """A clock at this hour in Kediri (WIB) of a day in June 2025; the 16th is a Monday."""
    return Clock(now=datetime(2025, month, day, hour - 7, 0, tzinfo=UTC))


def office(code: str = KEDIRI) -> Office:
    """The office of this region, with an official code."""
    found = Office.objects.select_related("region").get(region__code=code)
    if not found.code_bawaslu:
        number = next(_serial)
        found.code_bawaslu = f"{number % 90 + 10}.{99 - number // 90 % 90}"
        Office.objects.filter(pk=found.pk).update(code_bawaslu=found.code_bawaslu)
    return found


def contest(
    *, regime: Regime = Regime.PILKADA, region: str = KEDIRI, determined: date = date(2025, 5, 1)
) -> Contest:
    """A mayoral contest that runs in June 2025 in the region."""
    election = Election.objects.create(
        code=f"contoh-{next(_serial)}",
        name="Pemilihan Contoh",
        regime=regime,
        polling_on=date(2025, 8, 20),
        valid_from=date(2025, 1, 1),
        valid_until=date(2025, 12, 31),
        is_demo=True,
    )
    Stage.objects.create(
        election=election,
        kind=StageKind.CAMPAIGN,
        starts_on=date(2025, 5, 5),
        ends_on=date(2025, 8, 16),
        decree="Keputusan contoh",
        certainty=Certainty.INFERRED,
    )
    return Contest.objects.create(
        election=election,
        kind=ContestKind.MAYOR,
        region=Region.objects.get(code=region),
        name="Wali Kota Contoh",
        number_code="PW",
        number_code_certainty=Certainty.INFERRED,
        candidates_determined_on=determined,
    )


def user(name: str, *roles: str, **place: object) -> User:
    """A person with an account who holds these roles at one organisation."""
    person = User.objects.create_user(f"orang{next(_serial)}@contoh.id", "sandi-contoh", name=name)
    RoleGrant.objects.bulk_create(
        RoleGrant(
            user=person,
            role=role,
            starts_on=date(2020, 1, 1),
            granted_at=datetime(2020, 1, 1, tzinfo=UTC),
            **place,
        )
        for role in roles
    )
    return person


def actor(name: str, *roles: str, **place: object) -> Actor:
    """The actor of a new user with these roles."""
    return actor_of(user=user(name, *roles, **place), day=date(2025, 6, 16))


def identity(name: str = "Warga contoh") -> IdentityData:
    """A reporter who is nobody."""
    return IdentityData(
        name=name,
        nik="3571014101900001",
        address="Jalan Contoh 1, Kota Kediri",
        phone="+6281200000001",
        email="warga@contoh.id",
        birth_place="Kediri",
        birth_date=date(1990, 1, 1),
        sex="P",
        occupation="Pedagang",
        citizenship="WNI",
    )


def unit(name: str, *, region: str = KEDIRI) -> Unit:
    """A ward of a city government of the region, to be suggested."""
    number = next(_serial)
    agency = Agency.objects.create(
        code=f"kota-{number}",
        name="Pemerintah Kota Contoh",
        kind="CITY",
        region=Region.objects.get(code=region),
        path=f"kota-{number}",
    )
    path = f"{agency.path}/lurah"
    return Unit.objects.create(agency=agency, code="lurah", path=path, name=name, kind="WARD")


def lodging(**change: object) -> Lodging:
    """A complete report about a post in which a Lurah contoh shows a finger pose."""
    place = change.pop("office", None) or office()
    given = {
        "source": Source.ONLINE,
        "office": place,
        "contest": None,
        "known_on": date(2025, 6, 15),
        "account": "Lurah contoh mengunggah foto dengan pose dua jari.",
        "categories": ("FINGER_POSE",),
        "incidents": (IncidentGiven(from_on=date(2025, 6, 14), online=True, platform="WhatsApp"),),
        "respondents": (
            RespondentGiven(name="Lurah contoh", subject_kind="PNS", unit_text="Kelurahan Contoh"),
        ),
        "reporter": identity(),
        "reporter_kind": ReporterKind.VOTER,
        "code_digest": new_code().digest(),
    }
    return Lodging(**{**given, **change})


CITIZEN_ACTOR = CITIZEN
