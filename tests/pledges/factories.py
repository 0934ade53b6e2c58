"""Rows that tests of pledges need; people are roles, never real persons."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from neutrality.accounts.actors import actor_of
from neutrality.accounts.models import RoleGrant, User
from neutrality.audit.actor import Actor
from neutrality.casework.engine import apply
from neutrality.casework.workflow import StepContext
from neutrality.elections.models import Election
from neutrality.law.clock import Clock
from neutrality.law.codes import PledgeTextCode, Regime, SubjectKind
from neutrality.notifications.models import Outbox
from neutrality.organisations.codes import AgencyKind, UnitKind
from neutrality.organisations.models import Agency, Region, Unit
from neutrality.personnel.codes import Assignment, NumberKind, PositionClass
from neutrality.personnel.models import Employment, Person, PersonNumber
from neutrality.personnel.numbers import digest_of
from pledges.codes import RoundKind
from pledges.models import Obligation, Round
from pledges.services.invite import invite
from pledges.services.open_round import RoundPlan, open_round
from pledges.services.set_contact import set_contact
from pledges.services.sign_pledge import Pen, sign_pledge
from pledges.workflow.obligation import OBLIGATION

_serial = count(1)
CITY = "35.71"
SNAPSHOT = date(2026, 11, 1)
NOON = Clock(now=datetime(2026, 11, 20, 5, 0, tzinfo=UTC))
DEADLINE = datetime(2026, 12, 31, 16, 59, tzinfo=UTC)


def later(*, hour: int) -> Clock:
    """A clock at another time of the noon day."""
    return Clock(now=NOON.now.replace(hour=hour))


def agency(name: str = "Pemerintah Kota Contoh") -> Agency:
    """A city with its people's office."""
    code = f"kota-{next(_serial)}"
    return Agency.objects.create(
        code=code,
        path=code,
        name=name,
        kind=AgencyKind.CITY,
        region=Region.objects.get(code=CITY),
        appointing_authority="Wali kota contoh",
    )


def unit(at: Agency, name: str, parent: Unit | None = None) -> Unit:
    """A unit of the agency, or of a unit."""
    code = f"unit-{next(_serial)}"
    above = parent.path if parent else at.path
    return Unit.objects.create(
        agency=at,
        parent=parent,
        code=code,
        path=f"{above}/{code}",
        name=name,
        kind=UnitKind.OTHER,
    )


def servant(
    at: Agency,
    where: Unit | None = None,
    name: str = "",
    kind: SubjectKind = SubjectKind.PNS,
    assignment: Assignment = Assignment.MAIN,
    person: Person | None = None,
) -> Person:
    """Somebody on the roster."""
    person = person or Person.objects.create(name=name or f"Pegawai Contoh {next(_serial)}")
    Employment.objects.create(
        person=person,
        agency=at,
        unit=where,
        position_title="Lurah contoh",
        position_class=PositionClass.LURAH,
        kind=kind,
        assignment=assignment,
        valid_from=date(2020, 1, 1),
    )
    return person


def number(person: Person) -> str:
    """The NIP of somebody, made when asked for the first time."""
    plain = f"19800101200501{1000 + person.pk % 9000:04d}"
    digest = digest_of(kind=NumberKind.NIP, number=plain)
    PersonNumber.objects.get_or_create(
        person=person, kind=NumberKind.NIP, defaults={"digest": digest, "shown": "1980•••1001"}
    )
    return plain


def nik(person: Person) -> str:
    """The NIK of somebody who has no other number, made when asked for the first time."""
    plain = f"357101010190{person.pk % 10_000:04d}"
    digest = digest_of(kind=NumberKind.NIK, number=plain)
    PersonNumber.objects.get_or_create(
        person=person, kind=NumberKind.NIK, defaults={"digest": digest, "shown": "•"}
    )
    return plain


def operator(where: Unit) -> Actor:
    """The operator of a unit."""
    return actor_of(user=user("Operator unit", "unit_operator", unit=where), day=SNAPSHOT)


def reached(place: Round, person: Person) -> None:
    """Somebody with an address, not invited."""
    reached_by(officer(place.agency), place, person)


def reached_by(actor: Actor, place: Round, person: Person) -> None:
    """Somebody whose address this officer stored."""
    set_contact(
        person=person,
        agency_id=place.agency_id,
        email=f"orang{person.pk}@contoh.id",
        actor=actor,
        clock=NOON,
    )


def election() -> Election:
    """An election that runs in 2026."""
    return Election.objects.create(
        code=f"contoh-pakta-{next(_serial)}",
        name="Pemilihan Contoh",
        regime=Regime.PILKADA,
        polling_on=date(2027, 2, 10),
        valid_from=date(2026, 1, 1),
        valid_until=date(2027, 12, 31),
        is_demo=True,
    )


def user(name: str, *roles: str, **place: object) -> User:
    """A person with an account who holds these roles at one organisation."""
    account = User.objects.create_user(
        f"petugas{next(_serial)}@contoh.id", "sandi-contoh", name=name
    )
    RoleGrant.objects.bulk_create(
        RoleGrant(
            user=account,
            role=role,
            starts_on=date(2020, 1, 1),
            granted_at=datetime(2020, 1, 1, tzinfo=UTC),
            **place,
        )
        for role in roles
    )
    return account


def officer(at: Agency) -> Actor:
    """An HR officer of the agency."""
    return actor_of(user=user("Petugas kepegawaian", "hr_pledges", agency=at), day=SNAPSHOT)


def plan(at: Agency, **change: object) -> RoundPlan:
    """A round for one election."""
    given: dict[str, Any] = {
        "agency_id": at.pk,
        "election_ids": [change.pop("election", None) or election().pk],
        "kind": RoundKind.INDIVIDUAL,
        "text": PledgeTextCode.FOUR_POINTS,
        "snapshot_on": SNAPSHOT,
        "closes_at": DEADLINE,
    }
    return RoundPlan(**{**given, **change})


def opened(at: Agency, **change: object) -> Round:
    """A round that is open."""
    return open_round(plan=plan(at, **change), actor=officer(at), clock=NOON)


def owed(place: Round, person: Person) -> Obligation:
    """What this person owes in the round."""
    return Obligation.objects.select_related("round__text", "person").get(
        round=place, person=person
    )


def invited(place: Round, person: Person) -> Obligation:
    """Somebody with an address who got a link."""
    hr = officer(place.agency)
    set_contact(
        person=person,
        agency_id=place.agency_id,
        email=f"orang{person.pk}@contoh.id",
        actor=hr,
        clock=NOON,
    )
    return invite(obligation_id=owed(place, person).pk, actor=hr, clock=NOON)


def signed(place: Round, person: Person, clock: Clock = NOON) -> None:
    """Somebody signs after the check."""
    duty = owed(place, person)
    pen = Pen(text_sha256=place.text.sha256, typed_name=person.name, code_id=0)
    sign_pledge(obligation_id=duty.pk, pen=pen, clock=clock)


def last_message(kind: str) -> dict[str, str]:
    """What the latest message of this kind says."""
    context: dict[str, str] = Outbox.objects.filter(kind=kind).latest("pk").context
    return context


def sent_token() -> str:
    """The token of the link that was sent last."""
    return last_message("pledge_invitation")["link"].rstrip("/").rsplit("/", 1)[-1]


def press(duty: Obligation, action: str, actor: Actor, reason: str = "", **data: Any) -> None:
    """Somebody takes a step of the machine."""
    apply(
        workflow=OBLIGATION,
        action=action,
        subject_id=duty.pk,
        actor=actor,
        clock=NOON,
        context=StepContext(reason=reason, data=data),
    )
