"""Numbers name persons for a time; only their digest and mask are kept."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from neutrality.audit.actor import SYSTEM
from neutrality.personnel.codes import NumberKind
from neutrality.personnel.models import PersonNumber
from neutrality.personnel.numbers import digest_of
from neutrality.personnel.refusals import HasNumber, NotANumber, NumberOfAnother
from neutrality.personnel.selectors import find_by_number
from neutrality.personnel.services.numbers import add_number

pytestmark = pytest.mark.django_db
FIRST, SECOND = "198305162019211001", "198305162024211003"
CHANGE = date(2024, 1, 1)


@pytest.fixture
def give(clock):
    def give(person, number, kind=NumberKind.NI_PPPK, since=None):
        return add_number(
            person_id=person.pk,
            kind=kind,
            number=number,
            valid_from=since,
            actor=SYSTEM,
            clock=clock,
        )

    return give


def who(number, day, kind=NumberKind.NI_PPPK):
    return find_by_number(kind=kind, number=number, day=day)


def test_a_person_is_found_by_number_however_it_is_written(person, give):
    give(person, FIRST)
    assert who("19830516 201921 1 001", CHANGE) == person
    assert who(SECOND, CHANGE) is None
    assert who(FIRST, CHANGE, NumberKind.NIP) is None


def test_a_new_contract_brings_a_new_number(person, give):
    give(person, FIRST)
    give(person, SECOND, since=CHANGE)
    assert (who(FIRST, date(2023, 12, 31)), who(FIRST, CHANGE)) == (person, None)
    assert (who(SECOND, date(2023, 12, 31)), who(SECOND, CHANGE)) == (None, person)


def test_the_number_itself_is_nowhere_in_the_table(person, give):
    give(person, FIRST)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(number)::text FROM personnel_personnumber number")
        (row,) = cursor.fetchone()
    assert FIRST not in row
    assert "19830516" not in row
    assert PersonNumber.objects.get().shown == "•••••••• 201921 • 001"


def test_the_same_number_twice_is_one_row(person, give):
    assert give(person, FIRST) == give(person, FIRST, since=CHANGE)
    assert PersonNumber.objects.count() == 1


def test_a_number_of_somebody_else_is_refused_with_the_person(person, other_person, give):
    give(person, FIRST)
    with pytest.raises(NumberOfAnother) as refusal:
        give(other_person, FIRST, since=CHANGE)
    assert refusal.value.person_id == person.pk
    assert str(refusal.value) == "Nomor ini sudah dipakai untuk orang lain."


def test_a_number_that_was_given_up_may_name_another(person, other_person, give):
    give(person, FIRST)
    give(person, SECOND, since=CHANGE)
    give(other_person, FIRST, since=CHANGE)
    assert who(FIRST, CHANGE) == other_person


def test_what_is_no_number_is_refused_with_the_reasons(person, give):
    with pytest.raises(NotANumber) as refusal:
        give(person, "198305162019051001")
    assert [finding.code for finding in refusal.value.findings] == ["is_nip"]


@pytest.mark.parametrize("since", [None, CHANGE, date(2023, 1, 1)])
def test_a_later_number_is_not_overtaken(person, give, since):
    give(person, FIRST, since=CHANGE)
    with pytest.raises(HasNumber):
        give(person, SECOND, since=since)


def test_a_person_has_numbers_of_several_kinds(person, give):
    give(person, FIRST)
    give(person, "3571011203900001", NumberKind.NIK)
    kinds = person.numbers.order_by("kind").values_list("kind", flat=True)
    assert list(kinds) == ["NIK", "NI_PPPK"]


def test_the_database_refuses_one_number_for_two(person, other_person, give):
    give(person, FIRST)
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonNumber.objects.create(
            person=other_person,
            kind=NumberKind.NI_PPPK,
            digest=digest_of(kind=NumberKind.NI_PPPK, number=FIRST),
            shown="x",
        )


def test_a_row_speaks_by_its_mask(person, give):
    assert str(give(person, FIRST)) == "•••••••• 201921 • 001"
    assert str(person) == "Lurah contoh"
