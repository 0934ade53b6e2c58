"""The dashboard: figures of an office with all below it, counted by a task."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import translation

from complaints.models import Figure, Party, Report, Tip
from complaints.seeding.seed import seed
from complaints.selectors.figure_list import TITLES, Asked, address_of, figure_list
from complaints.services.count_figures import count_figures
from complaints.services.lodge import lodge_report
from neutrality.accounts.actors import actor_of
from neutrality.accounts.models import User
from neutrality.accounts.roles import Role
from neutrality.audit.actor import CITIZEN
from neutrality.law.clock import read_clock
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
    kept = {(tuple(n.value for n in row.numbers), row.share) for row in lines.values()}
    assert kept == {((0, 0, 0, 2), "0%")}
    assert "Lewat tenggat" in words(answer)


def test_the_page_opens_the_list_behind_a_figure_and_says_of_when_it_is(reports):
    answer = page(make.user("Ketua contoh", Role.SUPERVISOR, office=make.office()))
    submitted = answer.context["page"].stock[0].bars[0]
    assert (submitted.value, submitted.href) == (
        2,
        "/petugas/laporan/?keadaan=SUBMITTED&tempat=RI/35/35.71&urut=terbaru",
    )
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


@pytest.fixture
def country():
    """A hundred reports in every state all over the country, and the nation's supervisor."""
    now = read_clock()
    seed(reports=100, employees=0, clock=now)
    respondents = Party.objects.filter(kind="RESPONDENT")
    respondents.update(position_class="SUPERVISOR", agency=make.unit("Kelurahan Contoh").agency)
    count_figures(clock=now)
    return browser(make.user("Pengawas contoh", Role.SUPERVISOR, office=root()))


def root():
    return Office.objects.get(path="RI")


def links(answer):
    """The number and the address of everything that leads to a list, as the page shows it."""
    text = answer.content.decode()
    cells = [(number, href) for href, number in CELL.findall(text)]
    tiles = [(tile.value, tile.href) for tile in answer.context["page"].headlines]
    listed = [(int(str(n).replace(".", "")), unescape(href)) for n, href in cells + bars(text)]
    return [*listed, *((value, href) for value, href in tiles if isinstance(value, int))]


CELL = re.compile(r'<td class="number"><a href="([^"]+)">([\d.]+)</a>')
BAR = re.compile(
    r'<tr><th scope="row"><a href="([^"]+)">[^<]+</a></th><td class="number">([\d.]+)<'
)


def bars(text):
    rows = [(number, href) for href, number in BAR.findall(text)]
    return [(number, href) for number, href in rows if "angka=" in href or "?keadaan=" in href]


def behind(client, href):
    """How many rows the list behind a figure has."""
    context = client.get(href).context
    return context["list"].count if "list" in context else context["count"].value


def test_every_figure_is_as_long_as_the_list_behind_it(country):
    """One scene, for it takes long to make: an election at an office, the country, and paging."""
    crowded = Figure.objects.filter(topic="FLOW", key="PROVEN", election__isnull=False)
    one = crowded.exclude(path="RI").order_by("-amount", "path").first()
    query = {"kantor": one.path, "pemilihan": one.election.code}
    shown = links(country.get(reverse("staff:dashboard"), query))
    assert len(shown) > 40
    assert [(behind(country, href), href) for _number, href in shown] == shown
    _check_the_country()
    _check_paging(country)


def _check_the_country():
    now = read_clock()
    asked = Figure.objects.filter(path="RI", election=None, topic__in=TITLES)
    actor = actor_of(user=User.objects.get(name="Pengawas contoh"), day=now.now.date())
    found = {f"{row.topic}:{row.key}": listed(row, actor, now) for row in asked}
    assert {row.topic for row in asked} == set(TITLES) - {"ENTRY", "WORKLOAD"}
    assert found == {f"{row.topic}:{row.key}": row.amount for row in asked}


def listed(row, actor, now):
    asked = Asked(topic=row.topic, keys=(row.key,), office=root())
    return figure_list(asked=asked, after="", actor=actor, day=now.now.date(), clock=now).count


def _check_paging(client):
    here, seen = address_of("ENTRY:", place="RI"), []
    while here:
        context = client.get(here).context
        seen += [row.url for row in context["list"].rows]
        here = context["next"] and f"{reverse('staff:dashboard_list')}{context['next']}"
    assert len(seen) == len(set(seen)) == Report.objects.count() + Tip.objects.count()


def test_a_file_that_a_relation_closes_is_counted_and_not_named(reports):
    head = make.user("Ketua contoh", Role.SUPERVISOR, office=make.office())
    kept = Report.objects.filter(office_path="RI/35/35.71").order_by("pk")[0]
    Party.objects.filter(matter=kept.matter, kind="RESPONDENT").update(user_id=head.pk)
    rows = (
        browser(head).get(address_of("REPORT:SUBMITTED", place="RI/35/35.71")).context["list"].rows
    )
    assert [bool(row.url) for row in rows] == [True, False]


@pytest.mark.parametrize("figure", ["", "REPORT", "REPORT:'x", "CANDIDATE:*", "NICHTS:*"])
def test_what_is_no_figure_has_no_list(reports, figure):
    head = make.user("Ketua contoh", Role.SUPERVISOR, office=make.office())
    assert browser(head).get(address_of(figure, place="RI/35/35.71")).status_code == 404


def test_what_was_sent_to_another_office_and_not_taken_is_not_finished(reports):
    Report.objects.filter(office_path="RI/61/61.71").update(state="TRANSFERRED")
    count_figures(clock=CLOCK)
    assert amount("RI/61/61.71", "AGE", "REPORT:0-3") == 1


def test_an_auditor_sees_figures_and_no_lists(reports):
    auditor = make.user("Auditor contoh", Role.AUDITOR, office=make.office())
    assert links(page(auditor)) == [(2, ""), (2, ""), (0, "")]
    assert browser(auditor).get(address_of("ENTRY:", place="RI/35/35.71")).status_code == 404
