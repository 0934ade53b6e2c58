"""District supervisors open and close with an election."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError

from neutrality.audit.actor import SYSTEM
from neutrality.audit.models import AuditRow
from neutrality.organisations.models import Office, Region
from neutrality.organisations.refusals import (
    EndsBeforeItBegins,
    NoParentOffice,
    NotADistrictOffice,
    OfficeAlreadyOpen,
)
from neutrality.organisations.selectors import office_for_region
from neutrality.organisations.services.district_offices import (
    District,
    close_district_office,
    open_district_offices,
)

pytestmark = pytest.mark.django_db
OPENS, CLOSES = date(2024, 5, 1), date(2025, 1, 28)
MOJOROTO = District(code="35.71.01", name="Mojoroto")


@pytest.fixture
def city():
    return Office.objects.get(path="RI/35/35.71")


def close(office, day, clock):
    return close_district_office(
        office_id=office.pk, valid_until=day, decree="Keputusan contoh", actor=SYSTEM, clock=clock
    )


@pytest.fixture
def open_office(clock):
    def open_office(parent, district=MOJOROTO, opens=OPENS, closes=CLOSES):
        return open_district_offices(
            parent_id=parent.pk,
            districts=[district],
            valid_from=opens,
            valid_until=closes,
            decree="Keputusan contoh",
            actor=SYSTEM,
            clock=clock,
        )[0]

    return open_office


def test_an_open_district_office_answers_for_its_district(city, open_office):
    office = open_office(city)
    assert (office.path, office.name, office.time_zone, office.members) == (
        "RI/35/35.71/35.71.01",
        "Panwaslu Kecamatan Mojoroto",
        "Asia/Jakarta",
        3,
    )
    assert office_for_region(region_code="35.71.01", day=OPENS) == office
    assert office_for_region(region_code="35.71.02", day=OPENS) == city
    assert office_for_region(region_code="35.71.01", day=CLOSES) == city


def test_opening_names_the_district_once_for_all_elections(city, open_office):
    open_office(city)
    open_office(city, opens=date(2029, 1, 1), closes=date(2029, 12, 1))
    assert Region.objects.filter(level="DISTRICT").count() == 1


def test_two_offices_of_one_district_never_stand_on_one_day(city, open_office):
    office = open_office(city)
    with pytest.raises(OfficeAlreadyOpen):
        open_office(city)
    office.pk, office.public_id = None, uuid4()
    with pytest.raises(IntegrityError):
        office.save(force_insert=True)


def test_closing_earlier_is_recorded(city, open_office, clock):
    office = open_office(city)
    close(office, date(2024, 12, 20), clock)
    assert office_for_region(region_code="35.71.01", day=date(2024, 12, 20)) == city
    rows = AuditRow.objects.filter(subject_kind="office", subject_id=office.pk).order_by("position")
    assert list(rows.values_list("what", flat=True)) == ["office.open", "office.close"]


def test_an_office_does_not_last_into_the_next_one(city, open_office, clock):
    office = open_office(city)
    open_office(city, opens=date(2029, 1, 1), closes=date(2029, 12, 1))
    with pytest.raises(OfficeAlreadyOpen):
        close(office, date(2029, 1, 2), clock)
    assert close(office, date(2029, 1, 1), clock).valid_until == date(2029, 1, 1)


def test_a_permanent_office_does_not_close(city, clock):
    with pytest.raises(NotADistrictOffice):
        close(city, CLOSES, clock)


def test_a_district_office_ends_after_it_begins(city, open_office, clock):
    with pytest.raises(EndsBeforeItBegins):
        open_office(city, closes=OPENS)
    office = open_office(city)
    with pytest.raises(EndsBeforeItBegins):
        close(office, OPENS, clock)


def test_a_district_office_stands_below_a_city_or_regency_in_force(city, open_office):
    with pytest.raises(NoParentOffice):
        open_office(Office.objects.get(path="RI/35"))
    Office.objects.filter(pk=city.pk).update(valid_from=date(2024, 6, 1))
    with pytest.raises(NoParentOffice):
        open_office(city)


def test_a_district_of_another_city_is_refused_by_the_database(open_office):
    kediri = Office.objects.get(path="RI/35/35.71")
    open_office(kediri)
    with pytest.raises(IntegrityError):
        open_office(Office.objects.get(path="RI/35/35.06"))


@pytest.mark.parametrize(
    "change",
    [{"path": "RI/35"}, {"parent": None}, {"members": 2}, {"members": 8}, {"code_bawaslu": ""}],
)
def test_the_database_refuses_an_office_that_cannot_be(city, change):
    with pytest.raises(IntegrityError):
        Office.objects.filter(pk=city.pk).update(**change)


def test_two_offices_never_have_one_code_on_one_day(city):
    with pytest.raises(IntegrityError):
        Office.objects.filter(pk=city.pk).update(code_bawaslu="14.09")
