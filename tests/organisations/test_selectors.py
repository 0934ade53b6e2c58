"""Which office and which body answer for a region on a day; how names are found."""

from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import given, settings, strategies as st
from hypothesis.extra.django import TestCase

from neutrality.audit.actor import OrgRef
from neutrality.law.codes import BodyKind
from neutrality.organisations.models import Office, ReferralBody, Region
from neutrality.organisations.refusals import UnitBelowItself
from neutrality.organisations.selectors import (
    NoBody,
    NoOffice,
    body_for,
    office_for_region,
    search_regions,
    search_units,
)

pytestmark = pytest.mark.django_db
DAY = date(2024, 10, 1)
TRANSFER = date(2024, 8, 24)


def body_path(kind, code, day=DAY):
    region = Region.objects.get(code=code) if code else None
    return body_for(kind=kind, region=region, day=day).path


@pytest.mark.parametrize(
    ("day", "path"),
    [
        (TRANSFER - timedelta(days=1), "KASN"),
        (TRANSFER, "BKN/KANREG-02"),
        (TRANSFER + timedelta(days=1), "BKN/KANREG-02"),
    ],
)
def test_the_civil_service_authority_changes_on_24_august_2024(day, path):
    assert body_path(BodyKind.CIVIL_SERVICE, "35.71", day) == path


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("35", "BKN/KANREG-02"),
        ("61.71", "BKN/KANREG-05"),
        ("74.71", "BKN/KANREG-04"),
        ("91.71", "BKN/KANREG-09"),
        ("96.71", "BKN/KANREG-14"),
        (None, "BKN"),
    ],
)
def test_each_region_has_its_regional_office(code, path):
    assert body_path(BodyKind.CIVIL_SERVICE, code) == path


@pytest.mark.parametrize(
    ("kind", "code", "path"),
    [
        (BodyKind.ARMED_FORCES, "35.71", "TNI"),
        (BodyKind.POLICE_INTERNAL, "35.71", "DIVPROPAM/POLDA-35"),
        (BodyKind.POLICE_INTERNAL, "32.76", "DIVPROPAM/POLDA-31"),
        (BodyKind.POLICE_INTERNAL, "32.73", "DIVPROPAM/POLDA-32"),
        (BodyKind.POLICE_INTERNAL, None, "DIVPROPAM"),
        (BodyKind.HOME_AFFAIRS, "35.71", "KEMENDAGRI"),
        (BodyKind.ETHICS_COUNCIL, "35.71", "DKPP"),
        (BodyKind.ELECTION_ORGANISER, "35.71", "KPU/KPU-35/KPU-35.71"),
        (BodyKind.ELECTION_ORGANISER, "35", "KPU/KPU-35"),
        (BodyKind.ELECTION_ORGANISER, None, "KPU"),
        (BodyKind.CRIMINAL_CENTRE, "74.71", "GAKKUMDU/GAKKUMDU-74/GAKKUMDU-74.71"),
        (BodyKind.VILLAGE_SUPERVISION, "35.06", "DPMD-35.06"),
    ],
)
def test_each_kind_of_respondent_has_its_authority(kind, code, path):
    assert body_path(kind, code) == path


@pytest.mark.parametrize("code", ["31.71", "35", None])
def test_where_no_village_is_no_village_authority_is_named(code):
    with pytest.raises(NoBody):
        body_path(BodyKind.VILLAGE_SUPERVISION, code)


def test_the_regent_answers_for_the_villages():
    body = ReferralBody.objects.get(path="DPMD-35.06")
    assert body.name == (
        "Bupati Kediri melalui perangkat daerah urusan pemberdayaan masyarakat dan desa"
    )


def test_a_body_is_found_by_one_query(django_assert_num_queries):
    region = Region.objects.get(code="35.71")
    with django_assert_num_queries(1):
        body_for(kind=BodyKind.CIVIL_SERVICE, region=region, day=DAY)


class AnyDay(TestCase):
    @settings(max_examples=30, deadline=None)
    @given(
        day=st.dates(min_value=date(2014, 1, 1), max_value=date(2040, 1, 1)),
        kind=st.sampled_from(
            [kind for kind in BodyKind if kind not in {"AGENCY", "VILLAGE_SUPERVISION"}]
        ),
    )
    def test_there_is_always_exactly_one_head_of_each_kind(self, day, kind):
        heads = ReferralBody.objects.on(day).filter(kind=kind, parent=None)
        assert heads.count() == 1


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("35.71", "RI/35/35.71"),
        ("35.71.01", "RI/35/35.71"),
        ("35.71.01.1001", "RI/35/35.71"),
        ("35", "RI/35"),
        ("99.99", "RI"),
    ],
)
def test_the_nearest_office_answers_for_a_region(code, path):
    assert office_for_region(region_code=code, day=DAY).path == path


def test_no_office_answers_on_a_day_without_any():
    Office.objects.update(valid_from=date(2018, 8, 15))
    with pytest.raises(NoOffice):
        office_for_region(region_code="35.71", day=date(2018, 8, 14))


def test_rows_name_themselves_for_the_audit(agency, plant):
    unit = plant("dinas-a")
    office = Office.objects.get(path="RI/35/35.71")
    body = ReferralBody.objects.get(path="BKN/KANREG-02")
    assert office.ref() == OrgRef("office", office.pk, "RI/35/35.71")
    assert office.area_codes == ("35", "35.71")
    assert agency.ref().covers(unit.ref())
    assert unit.ref() == OrgRef("unit", unit.pk, "pemkot-kediri/dinas-a")
    assert body.ref() == OrgRef("body", body.pk, "BKN/KANREG-02")


@pytest.mark.parametrize("text", ["kediri", "Kota Kediri", "kedri", "35.71", "  KEDIRI "])
def test_a_region_is_found_by_a_piece_a_slip_or_its_code(text):
    assert "35.71" in [region.code for region in search_regions(text=text)]


def test_the_likest_region_comes_first_with_its_parent(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = search_regions(text="kota kendari", limit=1)
        assert [(each.name, str(each.parent)) for each in found] == [
            ("Kota Kendari", "Sulawesi Tenggara")
        ]


@pytest.mark.parametrize("text", ["", " ", "k", "zzzzqqq"])
def test_too_little_text_finds_no_region(text):
    assert search_regions(text=text) == []


def test_units_are_found_by_name_in_their_agency_and_time(agency, plant):
    plant("dinas-a")
    plant("dinas-b", since=date(2024, 12, 1))
    found = search_units(agency=agency, text="dinas", day=DAY)
    assert [unit.code for unit in found] == ["dinas-a"]
    assert search_units(agency=agency, text="d", day=DAY) == []


def test_names_are_searched_by_the_trigram_index(agency):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT * FROM organisations_unit WHERE name %> 'dinas'")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "unit_name_trigrams" in plan


def test_rows_speak_by_their_names(agency, plant):
    unit = plant("dinas-a")
    office = Office.objects.get(path="RI/35/35.71")
    body = ReferralBody.objects.get(path="BKN/KANREG-02")
    assert [str(each) for each in (agency, unit, office, body)] == [
        "Pemerintah Kota Kediri",
        "Unit dinas-a",
        "Bawaslu Kota Kediri",
        "Kantor Regional II BKN Surabaya",
    ]
    assert str(body.territories.get()) == "Kantor Regional II BKN Surabaya: Jawa Timur"
    assert office.region is not None
    assert office.region.tz.key == "Asia/Jakarta"


def test_a_refusal_says_why():
    assert str(UnitBelowItself()) == "Unit kerja tidak dapat berada di bawah dirinya sendiri."
