"""The regions, offices and bodies that every installation begins with."""

import csv
from collections import Counter

import pytest
from django.core.management import call_command

from neutrality.law.codes import OfficeLevel
from neutrality.organisations.models import Office, ReferralBody, ReferralTerritory, Region
from neutrality.organisations.seeding import SEEDS, Loaded, load_regions

pytestmark = pytest.mark.django_db


def test_there_are_38_provinces_and_514_regencies_and_cities():
    levels = Counter(Region.objects.values_list("level", flat=True))
    assert levels == {"PROVINCE": 38, "REGENCY": 416, "CITY": 98}


def test_there_are_553_permanent_offices():
    levels = Counter(Office.objects.values_list("level", flat=True))
    assert levels == {"RI": 1, "PROVINCE": 38, "REGENCY": 416, "CITY": 98}


def test_a_second_load_adds_nothing_and_takes_few_statements(django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        loaded = load_regions()
    assert loaded == Loaded(regions=552, offices=0, bodies=0, territories=0)


def test_a_load_keeps_what_an_administrator_entered():
    office = Office.objects.get(path="RI/35/35.71")
    office.address = "Jalan Contoh 1"
    office.members = 5
    office.save()
    load_regions()
    office.refresh_from_db()
    assert (office.address, office.members) == ("Jalan Contoh 1", 5)


def test_a_load_corrects_the_name_of_a_region():
    Region.objects.filter(code="35.71").update(name="Kota Kedri")
    load_regions()
    assert Region.objects.get(code="35.71").name == "Kota Kediri"


def test_the_command_says_what_it_added(capsys):
    call_command("load_regions")
    said = capsys.readouterr().out
    assert said == "Regions 552; added offices 0, bodies 0, territories 0.\n"


@pytest.mark.parametrize(
    ("path", "name", "zone"),
    [
        ("RI", "Bawaslu Republik Indonesia", "Asia/Jakarta"),
        ("RI/31", "Bawaslu Provinsi DKI Jakarta", "Asia/Jakarta"),
        ("RI/35/35.71", "Bawaslu Kota Kediri", "Asia/Jakarta"),
        ("RI/61/61.71", "Bawaslu Kota Pontianak", "Asia/Jakarta"),
        ("RI/74/74.71", "Bawaslu Kota Kendari", "Asia/Makassar"),
        ("RI/91/91.71", "Bawaslu Kota Jayapura", "Asia/Jayapura"),
        ("RI/11/11.71", "Panwaslih Kota Banda Aceh", "Asia/Jakarta"),
    ],
)
def test_an_office_has_its_name_and_zone(path, name, zone):
    office = Office.objects.get(path=path)
    assert (office.name, office.time_zone, office.tz.key) == (name, zone, zone)


def test_every_province_has_one_zone_for_all_its_regencies():
    zones = set(
        Region.objects.filter(parent__isnull=False).values_list("parent__code", "time_zone")
    )
    assert len(zones) == 38
    assert Counter(zone for _, zone in zones) == {
        "Asia/Jakarta": 18,
        "Asia/Makassar": 12,
        "Asia/Jayapura": 8,
    }


def test_only_the_codes_that_were_seen_are_entered():
    seen = [
        ("RI", "00.00", "FOUND"),
        ("RI/33/33.25", "14.09", "FOUND"),
        ("RI/35/35.71", "16.04", "UNCERTAIN"),
        ("RI/73/73.09", "27.12", "FOUND"),
    ]
    # Tests that commit give other offices codes of their own, so the file says which are entered.
    with (SEEDS / "office_codes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted((row["path"], row["code"], row["certainty"]) for row in rows) == seen
    known = Office.objects.filter(path__in=[row["path"] for row in rows]).order_by("path")
    assert list(known.values_list("path", "code_bawaslu", "code_certainty")) == seen


def test_no_address_is_invented():
    invented = Office.objects.exclude(address="", phone="", email="")
    assert list(invented) == []
    assert list(ReferralBody.objects.exclude(address="", email="")) == []


def test_the_number_of_members_is_a_usual_one_and_says_that_it_is_not_checked():
    sizes = set(Office.objects.values_list("level", "members", "members_certainty"))
    assert sizes == {
        (OfficeLevel.RI, 5, "MEMORY"),
        (OfficeLevel.PROVINCE, 5, "MEMORY"),
        (OfficeLevel.REGENCY, 3, "MEMORY"),
        (OfficeLevel.CITY, 3, "MEMORY"),
    }


def test_the_regional_offices_of_the_civil_service_cover_each_province_once():
    covered = Counter(
        ReferralTerritory.objects.filter(body__path__startswith="BKN/").values_list(
            "region__code", flat=True
        )
    )
    provinces = Region.objects.filter(level="PROVINCE").values_list("code", flat=True)
    assert covered == dict.fromkeys(provinces, 1)
    assert ReferralBody.objects.filter(path__startswith="BKN/").count() == 14


def test_no_two_bodies_of_one_kind_answer_for_one_region():
    pairs = Counter(
        ReferralTerritory.objects.values_list("body__kind", "region__code"),
    )
    assert [pair for pair, count in pairs.items() if count > 1] == []
