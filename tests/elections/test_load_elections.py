"""Pemilu and Pilkada 2024 with every contest and stage."""

from collections import Counter
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from neutrality.audit.models import AuditRow
from neutrality.elections.models import Contest, Election, Stage
from neutrality.elections.seeding import load_elections
from neutrality.organisations.models import Office, ReferralTerritory, Region

pytestmark = pytest.mark.django_db


def test_there_is_one_contest_per_kind_and_area(elections):
    kinds = Counter(Contest.objects.values_list("election__code", "kind"))
    assert kinds == {
        ("pemilu-2024", "PRESIDENT"): 1,
        ("pemilu-2024", "DPR"): 1,
        ("pemilu-2024", "DPD"): 38,
        ("pemilu-2024", "DPRD_PROVINCE"): 38,
        ("pemilu-2024", "DPRD_REGENCY"): 508,
        ("pilkada-2024", "GOVERNOR"): 37,
        ("pilkada-2024", "REGENT"): 415,
        ("pilkada-2024", "MAYOR"): 93,
    }


def test_yogyakarta_elects_no_governor_and_jakarta_no_mayor(elections):
    assert list(Contest.objects.filter(kind="GOVERNOR", region__code="34")) == []
    local = Contest.objects.filter(region__parent__code="31")
    assert list(local) == []


def test_the_days_that_decide_over_a_sanction_are_entered(elections):
    determined = set(
        Contest.objects.values_list("election__code", "kind", "candidates_determined_on")
    )
    pemilu, pilkada = "pemilu-2024", "pilkada-2024"
    assert determined == {
        (pemilu, "PRESIDENT", date(2023, 11, 13)),
        *((pemilu, kind, date(2023, 11, 3)) for kind in ("DPR", "DPD")),
        *((pemilu, f"DPRD_{level}", date(2023, 11, 3)) for level in ("PROVINCE", "REGENCY")),
        *((pilkada, kind, date(2024, 9, 22)) for kind in ("GOVERNOR", "REGENT", "MAYOR")),
    }


def test_every_number_code_says_how_sure_it_is(elections):
    codes = set(Contest.objects.values_list("kind", "number_code", "number_code_certainty"))
    assert codes == {
        ("PRESIDENT", "PP", "FOUND"),
        ("DPR", "PL", "FOUND"),
        ("DPD", "PL", "INFERRED"),
        ("DPRD_PROVINCE", "PL", "FOUND"),
        ("DPRD_REGENCY", "PL", "FOUND"),
        ("GOVERNOR", "PG", "INFERRED"),
        ("REGENT", "PB", "FOUND"),
        ("MAYOR", "PW", "INFERRED"),
    }


def test_contests_are_named_for_their_area(elections):
    names = Contest.objects.filter(region__code__in=["35", "35.71", "74.05"]).order_by("name")
    assert list(names.values_list("name", flat=True)) == [
        "Anggota DPD Provinsi Jawa Timur",
        "Anggota DPRD Kabupaten Konawe Selatan",
        "Anggota DPRD Kota Kediri",
        "Anggota DPRD Provinsi Jawa Timur",
        "Bupati dan Wakil Bupati Konawe Selatan",
        "Gubernur dan Wakil Gubernur Jawa Timur",
        "Wali Kota dan Wakil Wali Kota Kediri",
    ]


def test_a_second_load_changes_nothing(elections, clock):
    Contest.objects.filter(kind="PRESIDENT").update(candidates_determined_on=date(2023, 11, 14))
    assert load_elections(clock=clock) == 2
    assert (Contest.objects.count(), Stage.objects.count()) == (1131, 9)
    president = Contest.objects.get(kind="PRESIDENT")
    assert president.candidates_determined_on == date(2023, 11, 14)


def test_contests_are_stored_by_one_statement(clock, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        load_elections(clock=clock)


def test_announcing_is_recorded(elections):
    whats = AuditRow.objects.filter(subject_kind="election").values_list("what", flat=True)
    assert list(whats) == ["election.announce", "election.announce"]


def test_the_command_says_how_many_elections_are_known(capsys):
    call_command("load_elections")
    assert capsys.readouterr().out == "Elections known: 2.\n"
    assert list(Election.objects.order_by("code").values_list("regime", "is_demo")) == [
        ("PEMILU", False),
        ("PILKADA", False),
    ]


def test_elections_need_regions():
    for model in (ReferralTerritory, Office, Region):
        model.objects.all()._raw_delete("default")
    with pytest.raises(CommandError, match="load_regions first"):
        call_command("load_elections")
