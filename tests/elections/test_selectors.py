"""Which stage a contest is in, which contests run in a region, when the counter never closes."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given, strategies as st

from neutrality.elections.models import Contest, Election, Stage
from neutrality.elections.selectors import (
    calendar_for_office,
    candidate_stage,
    running_contests,
    stages_of,
)
from neutrality.law.calendar import ALL_DAY
from neutrality.law.codes import CandidateStage, Certainty, StageKind
from neutrality.organisations.models import Office, Region

DETERMINED = date(2024, 9, 22)


@pytest.fixture
def mayor(elections):
    return Contest.objects.get(kind="MAYOR", region__code="35.71")


@pytest.fixture
def kediri(db):
    return Office.objects.get(path="RI/35/35.71")


def repeated_vote(election, **scope):
    return Stage.objects.create(
        election=election,
        kind=StageKind.VOTING,
        starts_on=date(2024, 12, 5),
        ends_on=date(2024, 12, 5),
        decree="Keputusan contoh",
        certainty=Certainty.FOUND,
        **scope,
    )


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (DETERMINED - timedelta(days=1), CandidateStage.PROSPECTIVE),
        (DETERMINED, CandidateStage.CANDIDATE),
        (DETERMINED + timedelta(days=1), CandidateStage.CANDIDATE),
    ],
)
def test_prospective_candidates_become_candidates_on_the_day_of_the_decree(day, stage):
    contest = Contest(candidates_determined_on=DETERMINED)
    assert candidate_stage(contest=contest, day=day) is stage


@given(day=st.dates())
def test_without_a_decree_nobody_is_a_candidate(day):
    assert candidate_stage(contest=Contest(), day=day) is CandidateStage.PROSPECTIVE


@given(first=st.dates(), later=st.dates(), determined=st.dates())
def test_nobody_becomes_prospective_again(first, later, determined):
    contest = Contest(candidates_determined_on=determined)
    first, later = sorted((first, later))
    if candidate_stage(contest=contest, day=first) is CandidateStage.CANDIDATE:
        assert candidate_stage(contest=contest, day=later) is CandidateStage.CANDIDATE


def kinds_on(contest, days):
    """Return the kind of the stage on each day: of several, the one that began last."""
    stages = stages_of(contest=contest)
    running = {
        day: [stage.kind for stage in stages if stage.starts_on <= day <= stage.ends_on]
        for day in days
    }
    return {day: kinds[-1] if kinds else None for day, kinds in running.items()}


def test_pilkada_2024_goes_through_its_stages(mayor):
    expected = {
        date(2024, 9, 21): None,
        date(2024, 9, 22): "DETERMINATION",
        date(2024, 9, 23): None,
        date(2024, 9, 25): "CAMPAIGN",
        date(2024, 11, 23): "CAMPAIGN",
        date(2024, 11, 24): "QUIET",
        date(2024, 11, 26): "QUIET",
        date(2024, 11, 27): "VOTING",
        date(2024, 11, 28): "RECAPITULATION",
        date(2024, 12, 16): "RECAPITULATION",
        date(2024, 12, 17): None,
    }
    assert kinds_on(mayor, expected) == expected


def test_pemilu_2024_goes_through_its_stages(elections):
    expected = {
        date(2023, 11, 27): None,
        date(2023, 11, 28): "CAMPAIGN",
        date(2024, 2, 10): "CAMPAIGN",
        date(2024, 2, 11): "QUIET",
        date(2024, 2, 13): "QUIET",
        date(2024, 2, 14): "VOTING",
        date(2024, 2, 15): "RECAPITULATION",
        date(2024, 3, 20): "RECAPITULATION",
        date(2024, 3, 21): None,
    }
    assert kinds_on(Contest.objects.get(kind="PRESIDENT"), expected) == expected


def test_a_stage_of_one_contest_takes_the_place_of_the_general_one(mayor):
    other = Contest.objects.get(kind="MAYOR", region__code="61.71")
    repeated_vote(mayor.election, contest=mayor)
    general, repeated = date(2024, 11, 27), date(2024, 12, 5)
    days = (general, repeated)
    assert kinds_on(mayor, days) == {general: None, repeated: "VOTING"}
    assert kinds_on(other, days) == {general: "VOTING", repeated: "RECAPITULATION"}


def test_a_stage_of_a_region_holds_for_the_contests_in_it(mayor):
    regent = Contest.objects.get(kind="REGENT", region__code="35.06")
    pontianak = Contest.objects.get(kind="MAYOR", region__code="61.71")
    stage = repeated_vote(mayor.election, region=Region.objects.get(code="35"))
    assert [stage in stages_of(contest=each) for each in (mayor, regent, pontianak)] == [
        True,
        True,
        False,
    ]


def test_a_stage_belongs_to_the_election_of_its_contest(mayor):
    pemilu = Election.objects.get(code="pemilu-2024")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError), transaction.atomic():
        repeated_vote(pemilu, contest=mayor)


def test_a_region_has_its_own_and_the_wider_contests(elections):
    pemilu, pilkada = date(2023, 12, 1), date(2024, 11, 1)
    expected = {
        ("35.71", pilkada): ["GOVERNOR", "MAYOR"],
        ("35.06", pilkada): ["GOVERNOR", "REGENT"],
        ("34.71", pilkada): ["MAYOR"],
        ("31.71", pilkada): ["GOVERNOR"],
        ("35", pilkada): ["GOVERNOR"],
        (None, pilkada): [],
        (None, pemilu): ["DPR", "PRESIDENT"],
        ("35.71", pemilu): ["DPD", "DPR", "DPRD_PROVINCE", "DPRD_REGENCY", "PRESIDENT"],
        ("35.71", date(2025, 3, 1)): [],
    }
    regions = {region.code: region for region in Region.objects.all()}
    found = {
        (code, day): [
            each.kind for each in running_contests(region=regions.get(code or ""), day=day)
        ]
        for code, day in expected
    }
    assert found == expected


def test_contests_of_a_region_cost_one_query(elections, django_assert_num_queries):
    region = Region.objects.get(code="35.71")
    with django_assert_num_queries(1):
        rows = running_contests(region=region, day=date(2024, 11, 1))
        assert [(each.election.code, str(each.region)) for each in rows] == [
            ("pilkada-2024", "Jawa Timur"),
            ("pilkada-2024", "Kota Kediri"),
        ]


@pytest.mark.parametrize(
    "change",
    [
        {"ends_on": date(2024, 9, 1)},
        {"decree": ""},
        {"kind": "UNKNOWN"},
        {"starts_on": date(2024, 9, 25), "ends_on": date(2024, 11, 24), "kind": "QUIET"},
    ],
)
def test_the_database_refuses_a_stage_that_cannot_be(mayor, change):
    with pytest.raises(IntegrityError):
        Stage.objects.filter(election=mayor.election, kind="CAMPAIGN").update(**change)


@pytest.mark.parametrize(
    "change",
    [
        {"region": None},
        {"kind": "PRESIDENT"},
        {"number_code": "pw"},
        {"number_code_certainty": "SURE"},
    ],
)
def test_the_database_refuses_a_contest_that_cannot_be(mayor, change):
    with pytest.raises(IntegrityError):
        Contest.objects.filter(pk=mayor.pk).update(**change)


def test_an_election_polls_while_it_runs(sample):
    with pytest.raises(IntegrityError):
        Election.objects.filter(pk=sample.pk).update(polling_on=date(2026, 8, 1))


def test_only_the_named_regions_vote(sample):
    assert list(sample.contests.values_list("name", flat=True)) == [
        "Wali Kota Kediri",
        "Wali Kota Pontianak",
    ]


def test_the_counter_stays_open_in_the_quiet_period(sample, kediri):
    calendar = calendar_for_office(office=kediri, election=sample)
    assert calendar.tz.key == "Asia/Jakarta"
    assert calendar.hours_on(date(2026, 6, 13)) != ALL_DAY
    assert [calendar.hours_on(date(2026, 6, day)) for day in (14, 15, 16)] == [ALL_DAY] * 3


def test_the_counter_is_one_for_all_elections(elections, sample, kediri):
    days = [date(2024, 2, 12), date(2024, 11, 25), date(2026, 6, 15)]
    all_of_them = calendar_for_office(office=kediri, election=None)
    only_one = calendar_for_office(office=kediri, election=sample)
    assert [all_of_them.hours_on(day) == ALL_DAY for day in days] == [True, True, True]
    assert [only_one.hours_on(day) == ALL_DAY for day in days] == [False, False, True]


def test_a_quiet_period_elsewhere_opens_no_counter_here(sample, kediri):
    pontianak = Contest.objects.get(election=sample, region__code="61.71")
    quiet = date(2026, 7, 20)
    Stage.objects.create(
        election=sample,
        contest=pontianak,
        kind=StageKind.QUIET,
        starts_on=quiet,
        ends_on=quiet,
        decree="Keputusan contoh",
        certainty=Certainty.FOUND,
    )
    there = Office.objects.get(path="RI/61/61.71")
    calendars = [calendar_for_office(office=each, election=sample) for each in (kediri, there)]
    assert [calendar.hours_on(quiet) == ALL_DAY for calendar in calendars] == [False, True]


def test_rows_speak_by_their_names(sample):
    assert [str(sample), *map(str, sample.contests.all()), *map(str, sample.stages.all())] == [
        "Pemilihan Contoh",
        "Wali Kota Kediri",
        "Wali Kota Pontianak",
        "Masa tenang 2026-06-14 - 2026-06-16",
        "Pemungutan dan penghitungan suara 2026-06-17 - 2026-06-17",
    ]
