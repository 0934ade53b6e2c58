"""Pages that begin after a row."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from neutrality.organisations.models import Region
from neutrality.ui import keyset
from neutrality.ui.keyset import BadCursor, CappedCount, capped_count, paginate

pytestmark = pytest.mark.django_db

ORDERS = [
    ("-name", "id"),
    ("name", "-id"),
    ("level", "-name", "code"),
    ("-time_zone", "-level", "-id"),
    ("level", "time_zone", "id"),
]


def walk(rows, order, size):
    """Every page from the first to the last, and then back to the first."""
    forth, cursor = [], ""
    while True:
        page = paginate(rows, order=order, cursor=cursor, size=size)
        forth.append([row.pk for row in page.items])
        if not page.next:
            break
        cursor = page.next
    back = [forth[-1]]
    while page.previous:
        page = paginate(rows, order=order, cursor=page.previous, size=size)
        back.append([row.pk for row in page.items])
    return forth, back[::-1]


@pytest.mark.parametrize("order", ORDERS)
@settings(
    deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(size=st.integers(1, 40), part=st.sampled_from(["11", "35", "61", "91"]))
def test_no_row_is_lost_or_doubled_though_keys_are_equal(order, size, part):
    rows = Region.objects.filter(code__startswith=part)
    expected = list(rows.order_by(*order).values_list("pk", flat=True))
    forth, back = walk(rows, order, size)
    assert [pk for page in forth for pk in page] == expected
    assert forth == back


def test_a_row_inserted_meanwhile_moves_no_other(django_assert_num_queries):
    rows = Region.objects.filter(parent__code="35")
    order = ("name", "id")
    with django_assert_num_queries(1):
        first = paginate(rows, order=order, size=5)
    second = paginate(rows, order=order, cursor=first.next, size=5)
    parent = Region.objects.get(code="35")
    Region.objects.create(
        code="35.06.99",
        name="Aaa",
        level="DISTRICT",
        parent=parent,
        time_zone="Asia/Jakarta",
    )
    again = paginate(rows, order=order, cursor=first.next, size=5)
    assert again.items == second.items


def test_a_cursor_serves_its_own_list_only():
    page = paginate(Region.objects.all(), order=("name", "id"), size=2)
    for cursor, order in ((page.next, ("code", "id")), (page.next + "x", ("name", "id"))):
        with pytest.raises(BadCursor):
            paginate(Region.objects.all(), order=order, cursor=cursor)


def test_an_empty_list_has_no_neighbours():
    page = paginate(Region.objects.none(), order=("id",))
    assert (bool(page), page.items, page.next, page.previous) == (False, (), "", "")


def test_rows_as_mappings_are_paged_too():
    rows = Region.objects.values("id", "name")
    page = paginate(rows, order=("name", "id"), size=3)
    beyond = paginate(rows, order=("name", "id"), cursor=page.next, size=3)
    both = [row["id"] for row in (*page.items, *beyond.items)]
    assert both == list(rows.order_by("name", "id").values_list("id", flat=True)[:6])


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_costs_one_query_whatever_it_holds(rows, django_assert_num_queries):
    some = Region.objects.filter(pk__in=list(Region.objects.values_list("pk", flat=True)[:rows]))
    with django_assert_num_queries(1):
        assert len(paginate(some, order=("id",)).items) == rows


def test_keys_keep_their_type():
    moment = datetime(2026, 11, 21, 9, 0, 0, 123456, tzinfo=UTC)
    for key in ("teks", 7, moment, moment.date(), uuid4()):
        assert keyset._decode(keyset._encode(key)) == key
    for other in (None, True, 1.5, timedelta(1)):
        with pytest.raises(TypeError, match="cannot be ordered"):
            keyset._encode(other)


def test_counts_stop_at_their_cap(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert capped_count(Region.objects.all(), cap=100) == CappedCount(100, is_capped=True)
    assert (str(CappedCount(1000, is_capped=True)), str(CappedCount(312, is_capped=False))) == (
        "1.000+",
        "312",
    )
