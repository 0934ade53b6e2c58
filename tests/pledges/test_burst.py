"""Four hundred people behind the one address of a hall, several at a time, through the pages."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from time import perf_counter

import pytest
from django.conf import settings as project
from django.db import connection
from django.db.models import Max, Min
from django.test import Client
from django.urls import reverse

from neutrality.audit.models import AuditRow
from neutrality.law.codes import SubjectKind
from neutrality.notifications.models import Outbox
from neutrality.personnel.codes import Assignment, NumberKind, PositionClass
from neutrality.personnel.models import Employment, Person, PersonNumber
from neutrality.personnel.numbers import digest_of
from pledges.codes import CodeKind, WallKind
from pledges.models import Ceremony, Obligation, Signature, SigningCode
from pledges.selectors.coverage import coverage_tree
from pledges.services.wall_codes import wall_code
from tests.pledges import factories
from tests.pledges.factories import NOON, SNAPSHOT

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, AT_ONCE = 400, 8
QUARTER = timedelta(minutes=15)
HALL = "203.0.113.7"


@pytest.fixture
def staff(city):
    """The people of the hall with their numbers, in the order of the numbers."""
    people = Person.objects.bulk_create(
        Person(name=f"Pegawai nomor {number} contoh") for number in range(PEOPLE)
    )
    Employment.objects.bulk_create(
        Employment(
            person=person,
            agency=city.agency,
            unit=city.ward,
            position_title="Pengadministrasi",
            position_class=PositionClass.EXECUTIVE,
            kind=SubjectKind.PNS,
            assignment=Assignment.MAIN,
            valid_from=SNAPSHOT,
        )
        for person in people
    )
    numbers = [f"19800101200501{1000 + serial:04d}" for serial in range(PEOPLE)]
    PersonNumber.objects.bulk_create(
        PersonNumber(
            person=person,
            kind=NumberKind.NIP,
            digest=digest_of(kind=NumberKind.NIP, number=number),
            shown="1980•••1001",
        )
        for person, number in zip(people, numbers, strict=True)
    )
    return list(zip(people, numbers, strict=True))


@pytest.fixture
def hall(city, staff, hr):
    """The ceremony that goes on, and the address of the code on its wall."""
    place = factories.opened(city.agency)
    for person, _number in staff:
        factories.reached_by(hr, place, person)
    Ceremony.objects.create(
        agency=city.agency,
        round=place,
        kind="SIGNING",
        title="Penandatanganan contoh",
        held_on=NOON.now.date(),
        place="Aula contoh",
        begins_at=NOON.now,
        ends_at=NOON.now + QUARTER,
        recorded_at=NOON.now,
    )
    code = wall_code(
        kind=WallKind.SIGN, place=place, ceremony=None, unit=None, actor=hr, clock=NOON
    )
    return place, code.token


def sign(place, token, person, number):
    """One telephone, from the code on the wall to the signature; return what each post gave."""
    phone = Client(REMOTE_ADDR=HALL)
    answers = [phone.post(reverse("pledges_public:wall", args=[token]), {"nomor": number})]
    issued = SigningCode.objects.get(obligation__person=person, kind=CodeKind.ONE_TIME)
    code = Outbox.objects.get(dedupe_key=f"pledge_code:{issued.pk}").context["code"]
    answers.append(phone.post(reverse("pledges_public:wall_code", args=[token]), {"kode": code}))
    pen = {"naskah": place.text.sha256, "setuju": "on", "nama": person.name}
    answers.append(phone.post(reverse("pledges_public:sign", args=["saya"]), pen))
    return [answer.status_code for answer in answers]


def test_four_hundred_sign_from_one_address_in_fifteen_minutes(hall, staff, settings, time_machine):
    """Really eight at a time, by the real clock, with the limits of the installation."""
    settings.SECOND_FACTOR_REQUIRED = False
    time_machine.move_to(NOON.now, tick=True)
    place, token = hall
    together = Barrier(AT_ONCE)

    def queue(turn):
        together.wait(120)
        try:
            return [sign(place, token, person, number) for person, number in staff[turn::AT_ONCE]]
        finally:
            connection.close()

    began = perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        queues = list(pool.map(queue, range(AT_ONCE)))
    took = timedelta(seconds=perf_counter() - began)

    assert project.RATE_LIMITS["pledge_numbers"][0] < PEOPLE
    assert [codes for each in queues for codes in each] == [[302, 302, 302]] * PEOPLE
    within = Signature.objects.aggregate(first=Min("signed_at"), last=Max("signed_at"))
    assert timedelta(0) < within["last"] - within["first"] <= took < QUARTER
    assert Signature.objects.filter(channel="WALL").count() == PEOPLE
    assert AuditRow.objects.filter(what="obligation.SIGN").count() == PEOPLE
    assert coverage_tree(place=place).whole.signed == PEOPLE
    assert Obligation.objects.filter(round=place, state="SIGNED").count() == PEOPLE
