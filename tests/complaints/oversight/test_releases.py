"""Monthly releases of open data: small counts hidden, also from those who subtract."""

import csv
import io
import json

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings, strategies as st

from complaints.models import DataRelease
from complaints.selectors.suppression import SMALL, suppressed
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
def test_small_counts_are_hidden_and_what_is_shown_is_true(table):
    for row, shown in zip(table, suppressed(table), strict=True):
        for count, cell in zip(row, shown, strict=True):
            assert cell in {count, None}
            assert cell is None or not 0 < count < SMALL


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_no_line_hides_just_one_count_while_another_could_be_hidden_with_it(table):
    shown = suppressed(table)
    for line in [*shown, *(list(column) for column in zip(*shown, strict=True))]:
        assert line.count(None) != 1 or len(line) == 1


def test_a_hidden_count_takes_the_smallest_beside_it_along():
    assert suppressed([[3, 9, 20], [8, 30, 40]]) == [[None, None, 20], [None, None, 40]]
    assert suppressed([[5, 0], [0, 7]]) == [[5, 0], [0, 7]]


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


def test_odd_days_and_tables_break_nothing(release):
    client = Client()
    assert client.get(reverse("public:release_csv", args=["2025-06-17"])).status_code == 404
    assert client.get(reverse("public:release_csv", args=["x"])).status_code == 404
    page = client.get(reverse("public:releases"), {"tabel": "x", "tanggal": "2025-13-41"})
    assert "Belum ada rilis" in words(page)
