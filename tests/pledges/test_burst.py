"""Four hundred people behind the one address of a hall sign within a quarter of an hour."""

from datetime import timedelta

import pytest
from django.db.models import Max, Min
from django.test import Client
from django.urls import reverse

from neutrality.audit.models import AuditRow
from neutrality.notifications.models import Outbox
from pledges.codes import WallKind
from pledges.models import Ceremony, Obligation, Signature
from pledges.selectors.coverage import coverage_tree
from pledges.services.wall_codes import wall_code
from tests.pledges import factories
from tests.pledges.factories import NOON

pytestmark = pytest.mark.django_db
PEOPLE = 400
QUARTER = timedelta(minutes=15)


def test_four_hundred_sign_from_one_address_in_fifteen_minutes(city, hr, time_machine, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    people = [
        factories.servant(city.agency, city.ward, f"Pegawai nomor {number} contoh")
        for number in range(PEOPLE)
    ]
    numbers = [factories.number(person) for person in people]
    place = factories.opened(city.agency)
    for person in people:
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
    token = wall_code(
        kind=WallKind.SIGN, place=place, ceremony=None, unit=None, actor=hr, clock=NOON
    ).token
    wall = reverse("pledges_public:wall", args=[token])
    typed = reverse("pledges_public:wall_code", args=[token])
    sign = reverse("pledges_public:sign", args=["saya"])

    for turn, (person, number) in enumerate(zip(people, numbers, strict=True)):
        time_machine.move_to(NOON.now + QUARTER * turn / PEOPLE, tick=False)
        phone = Client(REMOTE_ADDR="203.0.113.7")
        phone.post(wall, {"nomor": number})
        code = Outbox.objects.latest("pk").context["code"]
        phone.post(typed, {"kode": code})
        phone.post(sign, {"naskah": place.text.sha256, "setuju": "on", "nama": person.name})

    within = Signature.objects.aggregate(first=Min("signed_at"), last=Max("signed_at"))
    assert Signature.objects.filter(channel="WALL").count() == PEOPLE
    assert within["last"] - within["first"] < QUARTER
    assert AuditRow.objects.filter(what="obligation.SIGN").count() == PEOPLE
    assert coverage_tree(place=place).whole.signed == PEOPLE
    assert Obligation.objects.filter(round=place, state="SIGNED").count() == PEOPLE
