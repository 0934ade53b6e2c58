"""The long tests come first, and the list of them is true."""

from tests.ordering import LONG, ROOT, rank


def test_every_long_test_is_there():
    assert [path for path in LONG if not (ROOT / path).exists()] == []


def test_the_long_ones_come_first_and_the_others_stay_as_they_were():
    given = [
        "tests/ui/test_once.py",
        "tests/e2e/test_print.py",
        "tests/audit/test_seals.py",
        LONG[0],
    ]
    assert sorted(given, key=rank) == [given[3], given[1], given[0], given[2]]


def test_tests_are_run_in_that_order(request):
    run = [item.path.relative_to(ROOT).as_posix() for item in request.session.items]
    assert run == sorted(run, key=rank)
