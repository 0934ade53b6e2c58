"""What an obligation names is there and stays: the database proves it, whoever writes."""

import pytest
from django.db import IntegrityError, connection, transaction

from neutrality.organisations.models import Unit
from neutrality.personnel.models import Employment
from pledges.models import Obligation, Round
from tests.pledges import factories

pytestmark = pytest.mark.django_db
NOWHERE = 0


@pytest.fixture
def duty(place):
    return Obligation.objects.filter(round=place).order_by("pk")[0]


def like(duty, **changes):
    """The same duty of somebody else, or elsewhere; not yet written."""
    kept = ("round_id", "person_id", "employment_id", "unit_at_snapshot_id", "unit_now_id")
    values = {name: getattr(duty, name) for name in kept} | changes
    return Obligation(state="DUE", due_at=duty.due_at, **values)


def refused_by(work):
    """The name of the rule that refuses it."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        work()
    return refusal.value.__cause__.diag.constraint_name


def test_a_duty_is_of_a_position_that_the_round_s_agency_states(duty):
    stranger = factories.servant(factories.agency("lain"), None)
    post = Employment.objects.get(person=stranger)

    others = like(duty, person_id=stranger.pk, employment_id=post.pk)
    borrowed = like(duty, person_id=stranger.pk)
    nobody = like(duty, person_id=NOWHERE, employment_id=NOWHERE)
    homeless = like(duty, round_id=NOWHERE)

    found = {refused_by(row.save) for row in (others, borrowed, nobody, homeless)}
    assert found == {"obligation_of_a_position_in_its_round"}


@pytest.mark.parametrize("column", ["unit_now_id", "unit_at_snapshot_id"])
def test_a_duty_is_in_a_unit_that_is_there_or_in_none(city, duty, column):
    newcomer = factories.servant(city.agency, city.ward)
    post = Employment.objects.get(person=newcomer)
    named = {"person_id": newcomer.pk, "employment_id": post.pk}

    assert refused_by(like(duty, **named, **{column: NOWHERE}).save) == "obligation_in_a_unit"

    like(duty, **named, **{column: None}).save()


def test_a_duty_moves_to_a_unit_that_is_there_and_never_to_somebody_else(city, duty):
    rows = Obligation.objects.filter(pk=duty.pk)
    newcomer = factories.servant(city.agency, city.ward)

    assert refused_by(lambda: rows.update(unit_now=NOWHERE)) == "obligation_in_a_unit"
    assert refused_by(lambda: rows.update(person=newcomer)) == "obligation_of_one_person"
    assert rows.update(unit_now=city.ward) == 1


def test_nobody_owes_twice_in_one_round(duty):
    assert refused_by(like(duty).save) == "obligation_once_per_person_and_round"


@pytest.mark.parametrize("model", [Round, Employment, Unit])
def test_what_a_duty_names_is_not_deleted(city, place, model):
    table = model._meta.db_table

    def work():
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608  one of three names

    assert refused_by(work) == "named_by_an_obligation"
