"""People are hired, moved and leave; each agency states its own."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from neutrality.audit.actor import SYSTEM
from neutrality.audit.models import AuditRow
from neutrality.law.codes import SubjectKind
from neutrality.personnel.codes import Assignment, PositionClass
from neutrality.personnel.models import Employment, Person
from neutrality.personnel.refusals import (
    EmploymentNotInForce,
    HasMainPosition,
    UnitOfAnotherAgency,
)
from neutrality.personnel.selectors import employment_on, roster
from neutrality.personnel.services.employments import end_employment, hire, move

pytestmark = pytest.mark.django_db
HIRED, MOVED = date(2020, 1, 1), date(2024, 3, 1)
EVE = MOVED - timedelta(days=1)


@pytest.fixture
def take_on(clock):
    def take_on(person, post, since=HIRED):
        return hire(person_id=person.pk, post=post, valid_from=since, actor=SYSTEM, clock=clock)

    return take_on


def at(agency, post):
    return replace(post, agency_id=agency.pk, unit_id=None)


def test_a_hired_person_holds_the_post_from_that_day(person, city, ward, post, take_on):
    employment = take_on(person, post)
    assert (employment.unit, employment.kind, employment.grade) == (ward, SubjectKind.PNS, "III/d")
    assert employment_on(person=person, agency=city, day=HIRED) == employment
    assert employment_on(person=person, agency=city, day=HIRED - timedelta(days=1)) is None


def test_a_move_ends_one_post_and_opens_the_next(person, city, post, take_on, clock):
    former = take_on(person, post)
    camat = replace(post, position_title="Camat Contoh", position_class=PositionClass.CAMAT)
    new = move(employment_id=former.pk, post=camat, moved_on=MOVED, actor=SYSTEM, clock=clock)
    held = [employment_on(person=person, agency=city, day=day) for day in (EVE, MOVED)]
    assert held == [former, new]
    assert [str(each) for each in held] == ["Lurah Contoh", "Camat Contoh"]
    assert new.person == person


def test_a_move_to_another_agency_leaves_no_claim_behind(
    person, city, province, post, take_on, clock
):
    former = take_on(person, post)
    new = move(
        employment_id=former.pk,
        post=at(province, post),
        moved_on=MOVED,
        actor=SYSTEM,
        clock=clock,
    )
    assert claims_on(person=person, day=MOVED) == [new]
    assert employment_on(person=person, agency=city, day=MOVED) is None


def test_an_ended_post_keeps_its_reason(person, city, post, take_on, clock):
    employment = take_on(person, post)
    ended = end_employment(
        employment_id=employment.pk, ended_on=MOVED, reason="Pensiun", actor=SYSTEM, clock=clock
    )
    assert (ended.valid_until, ended.ended_because) == (MOVED, "Pensiun")
    assert employment_on(person=person, agency=city, day=EVE) == employment
    assert employment_on(person=person, agency=city, day=MOVED) is None


@pytest.mark.parametrize("day", [HIRED - timedelta(days=1), HIRED])
def test_a_post_cannot_end_before_it_was_held(person, post, take_on, clock, day):
    employment = take_on(person, post)
    with pytest.raises(EmploymentNotInForce):
        end_employment(
            employment_id=employment.pk, ended_on=day, reason="x", actor=SYSTEM, clock=clock
        )


def claims_on(*, person, day):
    """The main positions that agencies state for the person; two or more contradict."""
    return list(Employment.objects.on(day).filter(person=person, assignment=Assignment.MAIN))


@pytest.mark.parametrize("since", [HIRED, MOVED, HIRED - timedelta(days=400)])
def test_one_agency_states_one_main_post(person, post, take_on, since):
    take_on(person, post)
    with pytest.raises(HasMainPosition):
        take_on(person, post, since)


def test_a_unit_of_another_agency_is_refused(person, province, post, take_on):
    with pytest.raises(UnitOfAnotherAgency):
        take_on(person, replace(post, agency_id=province.pk))


def test_two_agencies_may_claim_one_person(person, province, post, take_on):
    ours, theirs = take_on(person, post), take_on(person, at(province, post), MOVED)
    assert claims_on(person=person, day=EVE) == [ours]
    assert set(claims_on(person=person, day=MOVED)) == {ours, theirs}


def test_acting_and_secondment_are_no_second_claim(person, city, province, post, take_on):
    own = take_on(person, post)
    acting = take_on(person, replace(post, assignment=Assignment.ACTING, position_title="Plt."))
    lent = take_on(person, replace(at(province, post), assignment=Assignment.SECONDED))
    assert set(Employment.objects.on(HIRED).filter(person=person)) == {own, lent, acting}
    assert claims_on(person=person, day=HIRED) == [own]
    assert employment_on(person=person, agency=city, day=HIRED) == own


@pytest.mark.parametrize("size", [1, 3])
def test_a_roster_costs_one_query(city, post, take_on, clock, django_assert_num_queries, size):
    for number in range(size):
        person = Person.objects.create(name=f"Pegawai {number}")
        take_on(person, post)
    with django_assert_num_queries(1):
        rows = [(each.person.name, str(each.unit)) for each in roster(agency=city, day=HIRED)]
    assert rows == [(f"Pegawai {number}", "Kelurahan Contoh") for number in range(size)]


def test_each_change_is_recorded_without_a_name(person, post, take_on, clock):
    employment = take_on(person, post)
    end_employment(
        employment_id=employment.pk, ended_on=MOVED, reason="Wafat", actor=SYSTEM, clock=clock
    )
    rows = AuditRow.objects.filter(subject_kind="person", subject_id=person.pk)
    assert list(rows.order_by("position").values_list("what", flat=True)) == [
        "person.register",
        "employment.hire",
        "employment.end",
    ]
    assert "contoh" not in " ".join(str(row.data) for row in rows)


@pytest.mark.parametrize(
    "change",
    [{"valid_from": None}, {"valid_until": HIRED}, {"kind": "OTHER"}, {"assignment": "BOTH"}],
)
def test_the_database_refuses_an_employment_that_cannot_be(person, post, take_on, change):
    employment = take_on(person, post)
    with pytest.raises(IntegrityError), transaction.atomic():
        Employment.objects.filter(pk=employment.pk).update(**change)


def test_the_database_refuses_a_second_main_post(person, province, post, take_on):
    take_on(person, post)
    second = take_on(person, replace(post, assignment=Assignment.ACTING))
    with pytest.raises(IntegrityError), transaction.atomic():
        Employment.objects.filter(pk=second.pk).update(assignment=Assignment.MAIN)


def test_the_database_refuses_the_unit_of_another_agency(person, province, post, take_on):
    employment = take_on(person, post)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError), transaction.atomic():
        Employment.objects.filter(pk=employment.pk).update(agency=province)
