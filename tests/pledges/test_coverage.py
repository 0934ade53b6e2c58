"""Coverage is exact at any moment: after every door, while people sign, when units move."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import StringIO
from threading import Event

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from neutrality.organisations.services.units import move_unit
from neutrality.personnel.models import Employment
from pledges.codes import ObligationState as S
from pledges.models import CoverageChange, CoverageSum, Obligation
from pledges.selectors.coverage import coverage_tree, whole_coverage
from pledges.services.close_round import close_round
from pledges.services.fold_coverage import fold_coverage, recount_coverage
from pledges.services.follow_moves import follow_moves
from tests.pledges import factories
from tests.pledges.factories import NOON


def by_hand(place, path=""):
    """Count in Python what the sums say."""
    found: dict[S, int] = {}
    for state, where in Obligation.objects.filter(round=place).values_list(
        "state", "unit_now__path"
    ):
        here = where or place.agency.path
        if f"{here}/".startswith(f"{path or place.agency.path}/"):
            found[S(state)] = found.get(S(state), 0) + 1
    return found


def told(place, path=""):
    return dict(coverage_tree(place=place, path=path).whole.counts)


def everywhere(city, place):
    return [(told(place, path), by_hand(place, path)) for path in paths(city)]


def paths(city):
    return ["", city.board.path, city.section.path, city.ward.path]


def exact(city, place):
    """Whether each node says what counting by hand says."""
    return all(said == counted for said, counted in everywhere(city, place))


def test_the_sums_are_exact_before_and_after_folding_at_every_node(city, place):
    factories.signed(place, city.people[2])
    assert exact(city, place)

    fold_coverage()
    factories.signed(place, city.people[3])

    assert CoverageChange.objects.count() == 2
    assert exact(city, place)
    assert whole_coverage(rounds=[place])[place.pk].signed == 2


def test_folding_changes_no_figure_and_leaves_nothing_behind(city, place):
    factories.signed(place, city.people[0])
    before = coverage_tree(place=place)

    fold_coverage()

    assert coverage_tree(place=place) == before
    assert CoverageChange.objects.count() == 0
    assert fold_coverage() == 0


def test_the_people_directly_at_a_unit_are_those_that_no_child_has(city, place):
    rows = coverage_tree(place=place, path=city.board.path).children

    assert [(row.name, row.coverage.total) for row in rows] == [("Bidang Contoh", 1), ("", 2)]


def test_somebody_without_a_unit_counts_directly_at_the_agency(city):
    factories.servant(city.agency)
    place = factories.opened(city.agency)

    rows = coverage_tree(place=place).children

    assert [(row.name, row.coverage.total) for row in rows][-1] == ("", 1)
    assert exact(city, place)


def test_a_moved_person_is_counted_at_the_new_unit(city, place, hr):
    Employment.objects.filter(person=city.people[0]).update(unit=city.ward)
    fold_coverage()

    follow_moves(round_id=place.pk, day=date(2026, 11, 20), actor=hr, clock=NOON)

    assert exact(city, place)
    assert told(place, city.ward.path) == {S.DUE: 2}


def test_a_unit_that_is_hung_elsewhere_takes_its_figures_along(city, place, hr):
    fold_coverage()
    factories.signed(place, city.people[2])

    move_unit(unit_id=city.section.pk, parent_id=city.ward.pk, decree="Perda", actor=hr, clock=NOON)

    for unit in (city.board, city.section, city.ward):
        unit.refresh_from_db()
    assert city.section.path.startswith(city.ward.path)
    assert exact(city, place)
    assert told(place, city.ward.path) == {S.DUE: 1, S.SIGNED: 1}


def test_a_closed_round_keeps_its_figures_at_every_node(city, place, hr):
    factories.signed(place, city.people[2])
    close_round(round_id=place.pk, actor=hr, clock=NOON)
    place.refresh_from_db()

    factories.signed(place, city.people[0])

    tree = coverage_tree(place=place, path=city.board.path)
    assert (tree.is_frozen, tree.whole.signed, tree.whole.total) == (True, 1, 3)
    rows = [(row.name, row.coverage.signed, row.coverage.total) for row in tree.children]
    assert rows == [("Bidang Contoh", 1, 1), ("", 0, 2)]


def test_a_recount_gives_what_the_triggers_gave(city, place):
    factories.signed(place, city.people[1])
    before = coverage_tree(place=place)
    CoverageSum.objects.all().delete()
    CoverageChange.objects.all().delete()

    recount_coverage(round_id=place.pk)

    assert coverage_tree(place=place) == before


def test_a_node_costs_two_queries_for_few_and_for_many(city, place):
    with CaptureQueriesContext(connection) as few:
        coverage_tree(place=place)
    for number in range(20):
        factories.servant(city.agency, factories.unit(city.agency, f"Kelurahan {number}"))
    larger = factories.opened(city.agency)
    with CaptureQueriesContext(connection) as many:
        coverage_tree(place=larger)

    assert (len(few), len(many)) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_the_sums_equal_a_count_by_hand_at_any_moment_of_a_burst(city):
    """People sign on four connections while the changes are folded and a reader counts."""
    people = [factories.servant(city.agency, city.ward) for _number in range(40)]
    place = factories.opened(city.agency)
    done = Event()

    def sign(share):
        try:
            for person in share:
                factories.signed(place, person)
        finally:
            connection.close()

    def fold():
        try:
            while not done.is_set():
                fold_coverage()
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        folding = pool.submit(fold)
        signing = [pool.submit(sign, people[turn::4]) for turn in range(4)]
        seen = []
        while not all(one.done() for one in signing):
            seen.append(moment(place))
        done.set()
        for one in (*signing, folding):
            one.result()

    assert [said for said, counted in seen if said != counted] == []
    assert told(place) == by_hand(place) == {S.SIGNED: 40, S.DUE: 4}


def moment(place):
    """Return what the sums say and what counting says, of one and the same moment."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return told(place), by_hand(place)


def test_the_check_names_a_wrong_sum_and_mends_it(place):
    fold_coverage()
    CoverageSum.objects.filter(path=place.agency.path).update(number=7)

    with pytest.raises(CommandError, match="1 sums of 1 rounds"):
        call_command("verify_coverage", stdout=StringIO())
    said = StringIO()
    call_command("verify_coverage", mend=True, stdout=said)

    assert said.getvalue().splitlines() == [
        f"{place.agency.path} DUE: 7 kept, 4 counted",
        "1 rounds, 1 counted anew.",
    ]
    assert told(place) == by_hand(place)
    call_command("verify_coverage", stdout=StringIO())
