"""Queries whose SQL is written once."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from neutrality.elections.models import Election
from neutrality.notifications.models import Outbox
from neutrality.organisations.models import Region
from neutrality.personnel.models import Person
from neutrality.ui.prepared import Prepared

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


def _below(parent: int):
    rows = Region.objects.filter(parent_id=parent).select_related("parent").order_by("code")
    return rows.only("code", "name", "parent__code")


def test_each_call_asks_for_its_own_values(django_assert_num_queries):
    below = Prepared(_below)
    for code in ("35", "51", "35"):
        parent = Region.objects.get(code=code)
        with django_assert_num_queries(1):
            rows = below(parent=parent.pk)
            assert {row.parent.code for row in rows} == {code}
        assert rows == list(_below(parent.pk))


def test_days_and_the_query_s_own_values_keep_their_places():
    Election.objects.create(
        code="siap", name="Contoh", regime="PILKADA", polling_on=date(2030, 11, 27)
    )

    def after(level: int, day: date):
        rows = Election.objects.filter(code="siap", polling_on__gt=day)
        return rows.exclude(pk=level).values_list("code", flat=True)

    later = Prepared(after)
    assert later(level=0, day=date(2030, 11, 26)) == ["siap"]
    assert later(level=0, day=date(2030, 11, 27)) == []


def test_a_row_is_found_by_its_public_id():
    person = Person.objects.create(name="Lurah contoh")

    def called(public_id: UUID):
        return Person.objects.filter(public_id=public_id).values_list("name", flat=True)

    names = Prepared(called)
    assert names(public_id=person.public_id) == ["Lurah contoh"]
    assert names(public_id=uuid4()) == []


def test_texts_and_instants_keep_their_places():
    Outbox.objects.create(
        dedupe_key="siap", kind="contoh", next_attempt_at=NOON, created_at=NOON, address="siap"
    )

    def waiting(now: datetime, address: str, kind: str):
        rows = Outbox.objects.filter(status="WAITING", created_at__lte=now, address=address)
        return rows.filter(kind=kind).values_list("dedupe_key", flat=True)

    asked = Prepared(waiting)
    assert asked(now=NOON, address="siap", kind="contoh") == ["siap"]
    assert asked(now=NOON - timedelta(seconds=1), address="siap", kind="contoh") == []
    assert asked(now=NOON, address="contoh", kind="siap") == []


def test_arguments_that_no_signature_names_are_named_apart():
    def named(**codes: str):
        return Region.objects.filter(code__in=codes.values()).values_list("code", flat=True)

    both = Prepared(named, names={"first": str, "second": str})
    assert sorted(both(first="35", second="51")) == ["35", "51"]


def test_a_value_that_is_missing_is_named():
    with pytest.raises(KeyError, match="parent"):
        Prepared(_below)()
