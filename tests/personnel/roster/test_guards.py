"""What the database refuses, whoever writes; and people who press together."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from neutrality.audit.actor import SYSTEM
from neutrality.organisations.models import Unit
from neutrality.personnel.codes import NumberKind, PositionClass
from neutrality.personnel.models import Employment, Person, PersonNumber
from neutrality.personnel.refusals import AnotherImportRuns, ImportMoved
from neutrality.personnel.roster.applying import write_difference
from neutrality.personnel.services.import_roster import apply_roster, confirm_roster
from tests.meanwhile import cut_in
from tests.personnel.conftest import make_agency
from tests.personnel.roster.conftest import unit
from tests.personnel.roster.sheets import CLOCK, LATER, applied, checked, person


def held(who, town, **change):
    given = {
        "person": who,
        "agency": town.agency,
        "unit": town.board,
        "position_title": "Pengadministrasi",
        "position_class": PositionClass.EXECUTIVE,
        "kind": "PNS",
        "valid_from": date(2026, 1, 1),
    }
    return Employment(**{**given, **change})


def refused(row):
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    return True


@pytest.mark.django_db
def test_a_position_by_hand_names_what_is_there(town):
    who = Person.objects.create(name="Pegawai Contoh")
    other = unit(make_agency("lain", "CITY"), "x", "Unit lain")

    assert refused(held(who, town, unit=other))
    assert refused(held(None, town, person_id=0))
    assert refused(held(who, town, unit=None, agency=None, agency_id=0))
    assert Employment.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("begins", "ends"), [(date(2025, 1, 1), None), (date(2026, 2, 1), date(2026, 3, 1))]
)
def test_two_main_positions_never_overlap(town, begins, ends):
    who = Person.objects.create(name="Pegawai Contoh")
    held(who, town, valid_until=date(2026, 6, 1)).save()

    assert refused(held(who, town, valid_from=begins, valid_until=ends))
    held(who, town, valid_from=date(2026, 6, 1)).save()


@pytest.mark.django_db
def test_a_number_by_hand_names_one_person_at_a_time(town):
    first, second = (Person.objects.create(name=f"Orang {each}") for each in "ab")
    given = {"kind": NumberKind.NIP, "shown": "x"}
    ended = date(2026, 1, 1)
    PersonNumber.objects.create(person=first, digest=b"1" * 32, valid_until=ended, **given)

    assert refused(PersonNumber(person=second, digest=b"1" * 32, **given))
    assert refused(PersonNumber(person=first, digest=b"2" * 32, **given))
    assert refused(PersonNumber(person_id=0, digest=b"3" * 32, **given))
    PersonNumber.objects.create(person=second, digest=b"1" * 32, valid_from=ended, **given)


@pytest.mark.django_db
def test_whoever_a_roster_names_is_not_deleted(town):
    applied(town.agency, [person(1)])
    with connection.cursor() as cursor:
        for table in ("personnel_person", "organisations_unit", "organisations_agency"):
            with pytest.raises(IntegrityError), transaction.atomic():
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608  three names

    assert (Person.objects.count(), Unit.objects.filter(agency=town.agency).count()) == (1, 3)


@pytest.mark.django_db
def test_an_import_is_proved_before_it_commits(town):
    place = applied(town.agency, [person(1)])
    who = Person.objects.get()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO personnel_rosterdifference (import_id, what, person_id, is_known,"
            " in_place, has_number, number_kind, shown, name, position_title, position_class,"
            " kind, grade) VALUES (%s, 'NEW', %s, true, false, true, '', '', '', '', '', '', '')",
            [place.pk, who.pk],
        )
        ended = held(who, town, valid_from=date(2026, 11, 5), valid_until=date(2026, 11, 9))
        ended.import_id = place.pk
        ended.save()
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute("SELECT personnel_prove_import(%s)", [place.pk])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kept", "kind", "digest"),
    [("first", "NIP", b"2" * 32), ("second", "NIP", b"1" * 32)],
    ids=["one person, two numbers", "one number, two people"],
)
def test_the_numbers_that_an_import_gives_are_proved(town, kept, kind, digest):
    place = applied(town.agency, [person(1)])
    people = {each: Person.objects.create(name=f"Orang {each}") for each in ("first", "second")}
    given = {"kind": kind, "shown": "x"}
    ends = date(2027, 1, 1)
    PersonNumber.objects.create(person=people["first"], digest=b"1" * 32, valid_until=ends, **given)
    PersonNumber.objects.create(
        person=people[kept], digest=digest, valid_from=LATER, import_id=place.pk, **given
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO personnel_rosterdifference (import_id, what, person_id, is_known,"
            " in_place, has_number, number_kind, digest, shown, name, position_title,"
            " position_class, kind, grade)"
            " VALUES (%s, 'CHANGED', %s, true, false, false, %s, %s, '', '', '', '', '', '')",
            [place.pk, people[kept].pk, kind, digest],
        )
        with pytest.raises(IntegrityError, match="on one day"), transaction.atomic():
            cursor.execute("SELECT personnel_prove_import(%s)", [place.pk])


@pytest.mark.django_db
def test_one_import_of_an_agency_is_applied_at_a_time(town):
    first, second = (checked(town.agency, [person(each)]) for each in (1, 2))
    confirm_roster(import_id=first.pk, typed="0", actor=SYSTEM, clock=CLOCK)

    with pytest.raises(AnotherImportRuns):
        confirm_roster(import_id=second.pk, typed="0", actor=SYSTEM, clock=CLOCK)


@pytest.mark.django_db(transaction=True)
def test_of_two_imports_confirmed_at_once_one_is_told_that_the_other_runs(town):
    first, second = (checked(town.agency, [person(each)]) for each in (1, 2))

    def confirm(place):
        return confirm_roster(import_id=place.pk, typed="0", actor=SYSTEM, clock=CLOCK)

    with cut_in('UPDATE "personnel_rosterimport"', partial(confirm, second)) as other:
        confirm(first)
    assert isinstance(other.outcome(), AnotherImportRuns)


@pytest.mark.django_db(transaction=True)
def test_two_workers_apply_one_import_once(town):
    place = checked(town.agency, [person(each) for each in range(20)])
    confirm_roster(import_id=place.pk, typed="0", actor=SYSTEM, clock=CLOCK)
    together = Barrier(2)

    def press():
        together.wait()
        try:
            apply_roster(import_id=place.pk, actor=SYSTEM, clock=CLOCK)
        except ImportMoved:
            return "refused"
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        presses = [pool.submit(press) for _ in range(2)]
        results = sorted(press.result() for press in presses)
    assert results == ["done", "refused"]
    assert Employment.objects.count() == 20


@pytest.mark.django_db
def test_an_import_that_fails_while_it_is_written_changes_nothing(town):
    applied(town.agency, [person(1)])
    place = checked(town.agency, [person(1, "0202"), person(2)], day=LATER)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE personnel_rosterdifference SET position_class = 'NONE' WHERE what = 'NEW'"
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        write_difference(place=place, expected=2)

    assert Employment.objects.get().unit == town.board
    assert Person.objects.count() == 1
