"""Monthly releases of open data: small counts hidden, also from those who subtract."""

import csv
import io
import itertools
import json
import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, assume, given, settings, strategies as st

from complaints.models import Allegation, DataRelease
from complaints.selectors.suppression import SMALL, settled, suppressed
from complaints.services.lodge import lodge_report
from complaints.services.release_data import release_data
from neutrality.audit.actor import CITIZEN
from tests.complaints import factories as make
from tests.complaints.staff.scene import words

TABLE_SIDES = st.integers(1, 6)
CLOCK = make.at(16)


@st.composite
def tables(draw):
    width = draw(TABLE_SIDES)
    row = st.lists(st.integers(0, 12), min_size=width, max_size=width)
    return draw(st.lists(row, min_size=1, max_size=6))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_small_counts_and_small_sums_are_hidden_and_what_is_shown_is_true(table):
    for row, shown in zip(with_sums(table), suppressed(table), strict=True):
        for count, cell in zip(row, shown, strict=True):
            assert cell in {count, None}
            assert cell is None or not 0 < count < SMALL


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(1, 3).flatmap(
        lambda n: st.lists(
            st.lists(st.integers(0, 6), min_size=n, max_size=n), min_size=1, max_size=2
        )
    )
)
def test_whoever_subtracts_is_left_with_more_than_one_table(table):
    """Who knows that no nought is hidden knows more: then every hidden count is 1 or more."""
    shown = suppressed(table)
    hidden = [
        (row, column, count)
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        if shown[row][column] is None
    ]
    assume(len(hidden) <= 5)  # all that may be are tried
    least = 0 if any(not count for *_cell, count in hidden) else 1
    possible = list(tables_that_show(shown, [cell[:2] for cell in hidden], least))
    assert table in possible
    for row, column, count in hidden:
        others = {each[row][column] for each in possible}
        assert len(others) > 1 or not 0 < count < SMALL


def with_sums(table):
    rows = [[*row, sum(row)] for row in table]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def tables_that_show(shown, cells, least, most=7):
    """Yield the tables in which the hidden counts are what they may be, and all that is shown holds."""
    for counts in itertools.product(range(least, most + 1), repeat=len(cells)):
        table = [list(row[:-1]) for row in shown[:-1]]
        for (row, column), count in zip(cells, counts, strict=True):
            table[row][column] = count
        pairs = zip(itertools.chain(*shown), itertools.chain(*with_sums(table)), strict=True)
        if all(said in {None, count} for said, count in pairs):
            yield table


def test_a_hidden_count_takes_the_smallest_beside_it_along():
    assert suppressed([[3, 9, 20], [8, 30, 40]]) == [
        [None, None, 20, 32],
        [None, None, 40, 78],
        [11, 39, 60, 110],
    ]
    assert suppressed([[5, 0], [0, 7]]) == [[5, 0, 5], [0, 7, 7], [5, 7, 12]]


def test_two_that_come_to_two_and_one_alone_in_its_row_are_not_known():
    assert suppressed([[1, 1, 10], [9, 9, 9]])[0] == [None, None, None, 12]
    assert suppressed([[3], [9], [8]]) == [[None, None], [9, 9], [None, None], [20, 20]]


@settings(deadline=None)
@given(st.lists(st.integers(0, 30), min_size=2, max_size=12))
def test_no_two_releases_differ_by_less_than_five(counts):
    shown: list[int] = []
    for count in counts:
        published = settled(count, shown[-1] if shown else None)
        assert abs(published - count) < SMALL
        assert published or not count
        if not 0 < published < SMALL:
            shown.append(published)
    moves = [abs(now - then) for then, now in itertools.pairwise(shown)]
    assert [move for move in moves if 0 < move < SMALL] == []


@pytest.fixture
def release(transactional_db):
    for _number in range(2):
        lodge_report(given=make.lodging(), actor=CITIZEN, clock=CLOCK)
    return release_data(clock=CLOCK)


def test_a_month_has_one_release_and_the_next_month_another(release):
    assert release_data(clock=make.at(28)) is None
    later = CLOCK.__class__(now=CLOCK.now.replace(month=7))
    assert release_data(clock=later).released_on.month == 7


def test_nothing_changes_a_release(release):
    with pytest.raises(IntegrityError), transaction.atomic():
        DataRelease.objects.update(sha256="")
    with pytest.raises(IntegrityError), transaction.atomic():
        DataRelease.objects.all().delete()


def test_page_csv_and_json_say_the_same(release):
    client = Client()
    page = client.get(reverse("public:releases"), {"tabel": "agency"})
    assert "Rilis Senin, 16 Juni 2025" in words(page)
    document = client.get(reverse("public:release_json", args=["2025-06-16"])).json()
    assert document["tables"] == json.loads(json.dumps(release.content))
    text = b"".join(
        client.get(reverse("public:release_csv", args=["2025-06-16"])).streaming_content
    )
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig")), delimiter=";"))
    cells = sum(len(t["columns"]) * len(t["rows"]) for t in release.content.values())
    assert len(rows) == cells


def test_two_in_the_whole_country_are_told_nowhere(transactional_db):
    for _number in range(2):
        lodge_report(given=make.lodging(contest=make.contest()), actor=CITIZEN, clock=CLOCK)
    Allegation.objects.update(act="SOCIAL_POST")
    content = release_data(clock=CLOCK).content["act"]
    (row,) = [each for each in content["rows"] if each["total"] != 0]
    assert (row["counts"], row["total"]) == ([None], None)
    assert (content["totals"], content["total"]) == ([None], None)
    page = Client().get(reverse("public:releases"), {"tabel": "act"})
    assert "Indonesia disamarkan disamarkan" in words(page)


def test_odd_days_and_tables_break_nothing(release):
    client = Client()
    assert client.get(reverse("public:release_csv", args=["2025-06-17"])).status_code == 404
    assert client.get(reverse("public:release_csv", args=["x"])).status_code == 404
    page = client.get(reverse("public:releases"), {"tabel": "x", "tanggal": "2025-13-41"})
    assert "Belum ada rilis" in words(page)


def test_one_case_more_in_a_month_is_not_seen_and_five_are(transactional_db):
    """The figures are those of a province: 5 in June, 6 in July, 11 in August."""
    contents = []
    for month, more in ((6, 5), (7, 1), (8, 5)):
        for _number in range(more):
            lodge_report(given=make.lodging(), actor=CITIZEN, clock=CLOCK)
        Allegation.objects.update(act="SOCIAL_POST")
        later = CLOCK.__class__(now=CLOCK.now.replace(month=month))
        contents.append(release_data(clock=later).content["act"])
    rows = [next(row for row in each["rows"] if row["office"] == "RI/35") for each in contents]
    assert [(row["counts"], row["since"], row["total"]) for row in rows] == [
        ([5], ["2025-06-16"], 5),
        ([5], ["2025-06-16"], 5),
        ([11], ["2025-08-16"], 11),
    ]
    assert [each["totals"] for each in contents] == [[5], [5], [11]]


def test_outcome_and_election_have_their_tables(release):
    contest = make.contest()
    for _number in range(5):
        lodge_report(given=make.lodging(contest=contest), actor=CITIZEN, clock=CLOCK)
    Allegation.objects.update(act="SOCIAL_POST")
    later = CLOCK.__class__(now=CLOCK.now.replace(month=7))
    table = release_data(clock=later).content["election"]
    assert table["columns"] == [contest.election.code]
    assert [row["counts"] for row in table["rows"] if row["total"]] == [[5]]
    page = Client().get(reverse("public:releases"), {"tabel": "outcome"})
    assert "Hasil pleno per dugaan" in words(page)


def test_a_release_is_as_its_schema_says(release):
    client = Client()
    document = client.get(reverse("public:release_json", args=["2025-06-16"])).json()
    schema = client.get(reverse("public:release_schema")).json()
    assert document["schema"].endswith("/data/rilis/skema.json")
    assert list(broken(schema, document)) == []
    assert list(broken(schema, {**document, "released_on": "x"})) == ["$.released_on"]
    document["tables"]["act"]["rows"][0]["counts"] = [-1]
    assert list(broken(schema, document)) == ["$.tables.act.rows[0].counts[0]"]


TYPES = {"object": dict, "array": list, "string": str, "integer": int, "null": type(None)}


def broken(schema, value, at="$"):
    """Yield the places that the schema forbids; knows the words that the schema uses."""
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not isinstance(value, tuple(TYPES[kind] for kind in kinds)):
        yield at
    elif isinstance(value, dict):
        known = schema["properties"]
        yield from (f"{at}.{name}" for name in value.keys() - known.keys())
        yield from (f"{at}.{name}" for name in set(schema["required"]) - value.keys())
        for name in value.keys() & known.keys():
            yield from broken(known[name], value[name], f"{at}.{name}")
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from broken(schema["items"], each, f"{at}[{number}]")
    elif (isinstance(value, str) and not re.search(schema.get("pattern", ""), value)) or (
        isinstance(value, int) and value < schema.get("minimum", value)
    ):
        yield at
