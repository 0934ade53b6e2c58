"""The dashboard: figures of an office with all below it, counted by a task."""

import pytest
from django.urls import reverse
from django.utils import translation

from complaints.models import Figure
from complaints.services.count_figures import count_figures
from complaints.services.lodge import lodge_report
from neutrality.accounts.roles import Role
from neutrality.audit.actor import CITIZEN
from neutrality.organisations.models import Office
from tests.complaints import factories as make
from tests.complaints.staff.scene import browser, words

pytestmark = pytest.mark.django_db(transaction=True)
CLOCK = make.at(16)


@pytest.fixture(autouse=True)
def _door(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    with translation.override("id"):
        yield


@pytest.fixture
def reports():
    """Two reports of Kediri and one of Pontianak, counted."""
    for region in (None, None, "61.71"):
        given = make.lodging(office=make.office(region)) if region else make.lodging()
        lodge_report(given=given, actor=CITIZEN, clock=CLOCK)
    return count_figures(clock=CLOCK)


def page(user, **query):
    return browser(user).get(reverse("staff:dashboard"), query)


def amount(path, topic, key, election=None):
    rows = Figure.objects.filter(path=path, topic=topic, key=key, election=election)
    return sum(rows.values_list("amount", flat=True))


def test_every_office_above_counts_what_lies_below(reports):
    assert [amount(path, "REPORT", "SUBMITTED") for path in ("RI", "RI/35", "RI/35/35.71")] == [
        3,
        2,
        2,
    ]
    assert amount("RI/61/61.71", "AGE", "REPORT:0-3") == 1


def test_an_election_is_counted_apart_and_all_together_once(reports):
    contest = make.contest()
    lodge_report(given=make.lodging(contest=contest), actor=CITIZEN, clock=CLOCK)
    count_figures(clock=CLOCK)
    assert amount("RI", "REPORT", "SUBMITTED", contest.election) == 1
    assert amount("RI", "REPORT", "SUBMITTED") == 4


def test_counting_again_replaces_and_a_second_counter_waits_for_nobody(reports):
    assert count_figures(clock=make.at(17)) == reports
    assert set(Figure.objects.values_list("counted_at", flat=True)) == {make.at(17).now}


def test_overdue_periods_count_against_the_share_kept(reports):
    late = make.at(26)
    count_figures(clock=late)
    head = make.user("Ketua contoh", Role.SUPERVISOR, office=make.office())
    answer = page(head)
    lines = {row.label: row for row in answer.context["page"].clocks}
    assert {(row.met, row.overdue, row.share) for row in lines.values()} == {(0, 2, "0%")}
    assert "Lewat tenggat" in words(answer)


def test_the_page_opens_the_list_behind_a_figure_and_says_of_when_it_is(reports):
    answer = page(make.user("Ketua contoh", Role.SUPERVISOR, office=make.office()))
    submitted = answer.context["page"].stock[0].bars[0]
    assert (submitted.value, submitted.href) == (2, "/petugas/laporan/?keadaan=SUBMITTED")
    assert "Keadaan 16 Jun 2025" in words(answer)


def test_nobody_sees_an_office_beside_his_own(reports):
    head = make.user("Ketua contoh", Role.SUPERVISOR, office=make.office())
    assert page(head, kantor="RI/61/61.71").status_code == 404
    assert page(head, kantor="RI").status_code == 404
    assert page(head, kantor="RI/35/35.71\0", pemilihan="\0").status_code == 200


def test_the_nation_sees_every_province_on_a_map(reports):
    above = make.user("Pengawas contoh", Role.SUPERVISOR, office=Office.objects.get(path="RI"))
    tiles = page(above).context["page"].map.tiles
    assert len(tiles) == 38
    assert {tile.name: tile.value for tile in tiles if tile.value} == {
        make.office("35").name: 2,
        make.office("61").name: 1,
    }
    assert len({(tile.x, tile.y) for tile in tiles}) == 38


def test_before_the_first_count_the_page_says_so():
    head = make.user("Ketua contoh", Role.SUPERVISOR, office=make.office())
    assert "Belum dihitung" in words(page(head))


@pytest.mark.parametrize("rows", [1, 12])
def test_the_page_costs_the_same_for_one_report_and_for_many(rows, django_assert_num_queries):
    for _number in range(rows):
        lodge_report(given=make.lodging(), actor=CITIZEN, clock=CLOCK)
    count_figures(clock=CLOCK)
    client = browser(make.user("Ketua contoh", Role.SUPERVISOR, office=make.office("35")))
    client.get(reverse("staff:dashboard"))
    with django_assert_num_queries(QUERIES):
        client.get(reverse("staff:dashboard"))


QUERIES = 8
