"""A file becomes a difference, and a confirmed difference the roster."""

from datetime import date

import pytest
from django.db import connection
from psycopg2.errors import QueryCanceled

from neutrality.audit.actor import SYSTEM
from neutrality.audit.models import AuditRow
from neutrality.organisations.codes import AgencyKind
from neutrality.organisations.models import Unit, UnitSuccession
from neutrality.personnel.codes import ImportState as S, NumberKind
from neutrality.personnel.models import Employment, Person, PersonNumber, RosterImport
from neutrality.personnel.refusals import ImportMoved, NumberNotTyped, OlderThanApplied
from neutrality.personnel.roster import applying, staging
from neutrality.personnel.selectors import find_by_number
from neutrality.personnel.services.decide_units import UnitDecision, decide_units
from neutrality.personnel.services.employments import end_employment
from neutrality.personnel.services.import_roster import (
    check_roster,
    confirm_roster,
    discard_roster,
    map_columns,
    read_roster,
    receive_roster,
)
from tests.personnel.conftest import make_agency
from tests.personnel.roster.conftest import unit
from tests.personnel.roster.sheets import (
    CLOCK,
    COLUMNS,
    DAY,
    LATER,
    applied,
    checked,
    csv_of,
    finish,
    nip,
    person,
    pppk,
    read,
    statement,
)

pytestmark = pytest.mark.django_db
STAFF = [person(1), person(2, "0101.1"), person(3, "0202", JABATAN="Lurah Contoh"), person(4)]


def roster(agency, day=DAY):
    rows = Employment.objects.on(day).filter(agency=agency).select_related("person", "unit")
    return sorted((row.person.name, row.unit.code, row.position_title) for row in rows)


def tables():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM personnel_rosterrow")
        rows = cursor.fetchone()[0]
    return Person.objects.count(), PersonNumber.objects.count(), Employment.objects.count(), rows


def test_a_first_file_brings_everybody(town):
    place = checked(town.agency, STAFF)
    before = tables()
    done = finish(place)

    assert before == (0, 0, 0, 4)
    assert place.figures["changes"] == {"NEW": 4}
    assert done.state == S.APPLIED
    assert roster(town.agency) == [
        ("Pegawai Contoh 1", "0101", "Pengadministrasi"),
        ("Pegawai Contoh 2", "0101.1", "Pengadministrasi"),
        ("Pegawai Contoh 3", "0202", "Lurah Contoh"),
        ("Pegawai Contoh 4", "0101", "Pengadministrasi"),
    ]
    lurah = Employment.objects.get(person__name="Pegawai Contoh 3")
    assert (lurah.position_class, lurah.kind, lurah.grade) == ("LURAH", "PNS", "II/c")
    assert lurah.import_id == done.pk


def test_the_number_finds_the_person_and_only_its_mask_is_shown(town):
    applied(town.agency, STAFF)

    found = find_by_number(kind=NumberKind.NIP, number=nip(3), day=DAY)
    number = PersonNumber.objects.get(person=found)

    assert found.name == "Pegawai Contoh 3"
    assert number.shown == f"•••••••• {nip(3)[8:14]} • {nip(3)[15:]}"


def test_the_same_file_twice_changes_nothing(town):
    applied(town.agency, STAFF)
    before = tables()[:3]
    again = checked(town.agency, STAFF, day=LATER)

    assert (again.figures["changes"], again.state) == ({}, S.CHECKED)
    assert finish(again).state == S.APPLIED
    assert tables()[:3] == before


def test_people_come_change_move_and_leave(town):
    applied(town.agency, STAFF)
    rows = [
        person(1, JABATAN="Kepala Subbagian"),
        person(2, "0202"),
        person(3, "0202", JABATAN="Lurah Contoh"),
        person(5),
    ]
    place = checked(town.agency, rows, day=LATER)
    assert place.figures["changes"] == {"CHANGED": 1, "LEFT": 1, "MOVED": 1, "NEW": 1}
    finish(place)

    assert roster(town.agency, LATER) == [
        ("Pegawai Contoh 1", "0101", "Kepala Subbagian"),
        ("Pegawai Contoh 2", "0202", "Pengadministrasi"),
        ("Pegawai Contoh 3", "0202", "Lurah Contoh"),
        ("Pegawai Contoh 5", "0101", "Pengadministrasi"),
    ]
    ended = Employment.objects.filter(valid_until=LATER)
    assert sorted((row.person.name, row.end_reason) for row in ended) == [
        ("Pegawai Contoh 1", "MOVED"),
        ("Pegawai Contoh 2", "MOVED"),
        ("Pegawai Contoh 4", "NOT_LISTED"),
    ]


def test_a_correction_on_the_same_day_leaves_one_row(town):
    applied(town.agency, STAFF)
    rows = [person(1, "0202"), *STAFF[1:]]

    place = applied(town.agency, rows)

    assert place.figures["changes"] == {"MOVED": 1}
    assert tables()[:3] == (4, 4, 4)
    assert roster(town.agency)[0] == ("Pegawai Contoh 1", "0202", "Pengadministrasi")


def test_somebody_who_left_comes_back(town):
    applied(town.agency, STAFF)
    applied(town.agency, STAFF[:3], day=date(2026, 11, 5))

    place = applied(town.agency, STAFF, day=LATER)

    assert place.figures["changes"] == {"NEW": 1}
    assert tables()[:3] == (4, 4, 5)


def test_many_leaving_are_confirmed_by_typing_the_number(town):
    applied(town.agency, STAFF)
    place = checked(town.agency, STAFF[:3], day=LATER)

    with pytest.raises(NumberNotTyped):
        confirm_roster(import_id=place.pk, typed="", actor=SYSTEM, clock=CLOCK)
    assert RosterImport.objects.get(pk=place.pk).state == S.CHECKED
    assert finish(place, typed="1").state == S.APPLIED


def test_an_emptied_unit_is_confirmed_by_typing_too(town):
    applied(town.agency, [*STAFF, *(person(serial) for serial in range(10, 80))])
    rows = [person(2), *STAFF[:1], *STAFF[2:], *(person(serial) for serial in range(10, 80))]

    place = checked(town.agency, rows, day=LATER)

    assert place.figures["emptied"] == [town.section.pk]
    with pytest.raises(NumberNotTyped):
        confirm_roster(import_id=place.pk, typed="x", actor=SYSTEM, clock=CLOCK)


def test_only_within_the_scope_can_people_be_missing(town):
    applied(town.agency, STAFF)

    place = checked(town.agency, [person(1)], day=LATER, scope_id=town.board.pk)

    assert place.figures["changes"] == {"LEFT": 2}
    assert place.figures["staff"] == 3


def test_a_file_for_a_subtree_cannot_write_elsewhere(town):
    applied(town.agency, STAFF)

    place = checked(
        town.agency,
        [STAFF[0], STAFF[1], person(4, "0202"), person(9, "0202")],
        day=LATER,
        scope_id=town.board.pk,
    )

    assert place.figures["changes"] == {}
    assert place.figures["errors"] == {"UNIT_OUTSIDE": 2}


def test_an_import_writes_only_its_own_agency(town):
    other = make_agency("provinsi-contoh", AgencyKind.PROVINCE)
    applied(town.agency, STAFF)
    there = [person(3, "", **{"UNIT KERJA": "Badan Contoh"})]
    unit(other, "x", "Badan Contoh")
    before = roster(town.agency)

    place = applied(other, there)

    assert place.figures["claimed"] == 1
    assert roster(town.agency) == before
    assert Person.objects.count() == 4
    claimed = Person.objects.get(name="Pegawai Contoh 3")
    stated = Employment.objects.on(DAY).filter(person=claimed)
    assert {each.agency for each in stated} == {town.agency, other}


def test_a_row_with_a_mistake_neither_writes_nor_removes(town):
    applied(town.agency, STAFF)
    rows = [person(1, "9999"), *STAFF[1:]]
    place = checked(town.agency, rows, day=LATER)
    assert place.state == S.UNITS

    decide_units(
        import_id=place.pk,
        decisions=[UnitDecision("WRONG")],
        decree="",
        actor=SYSTEM,
        clock=CLOCK,
    )
    place = check_roster(import_id=place.pk, actor=SYSTEM, clock=CLOCK)

    assert place.figures["errors"] == {"UNIT_UNKNOWN": 1}
    assert place.figures["changes"] == {}


def test_a_new_number_stays_with_its_person(town):
    applied(town.agency, STAFF)
    row = person(4, NIP=pppk(4), STATUS="PPPK", **{"NIP LAMA": nip(4)})
    rows = [*({**each, "NIP LAMA": ""} for each in STAFF[:3]), row]
    columns = {**COLUMNS, "former": "NIP LAMA"}

    place = applied(town.agency, rows, day=LATER, columns=columns)

    assert place.figures["changes"] == {"CHANGED": 1}
    assert Person.objects.count() == 4
    who = find_by_number(kind=NumberKind.NI_PPPK, number=pppk(4), day=LATER)
    numbers = PersonNumber.objects.filter(person=who).order_by("pk")
    assert [(row.kind, row.valid_until) for row in numbers] == [
        ("NIP", LATER),
        ("NI_PPPK", None),
    ]
    again = checked(town.agency, rows, day=LATER, columns=columns)
    assert again.figures["changes"] == {}


def test_a_number_that_was_replaced_begins_nobody_anew_and_nobody_leaves(town):
    applied(town.agency, STAFF)
    row = person(4, NIP=pppk(4), STATUS="PPPK", **{"NIP LAMA": nip(4)})
    rows = [*({**each, "NIP LAMA": ""} for each in STAFF[:3]), row]
    applied(town.agency, rows, day=LATER, columns={**COLUMNS, "former": "NIP LAMA"})

    again = checked(town.agency, STAFF, day=LATER)

    assert (again.figures["errors"], again.figures["changes"]) == ({"NUMBER_REPLACED": 1}, {})
    elsewhere = make_agency("provinsi-contoh", AgencyKind.PROVINCE)
    unit(elsewhere, "x", "Badan Contoh")
    there = [person(4, "", **{"UNIT KERJA": "Badan Contoh"})]
    other = applied(elsewhere, there, day=LATER)
    assert (other.figures["errors"], Person.objects.count()) == ({"NUMBER_REPLACED": 1}, 4)


def test_a_number_put_right_on_the_day_it_began_leaves_no_trace_of_the_mistake(town):
    columns = {**COLUMNS, "former": "NIP LAMA"}
    staff = [person(each, **{"NIP LAMA": ""}) for each in range(1, 4)]
    applied(town.agency, staff, columns=columns)
    for wrong, right in ((1, 50), (50, 51)):
        row = person(right, NAMA="Pegawai Contoh 1", **{"NIP LAMA": nip(wrong)})
        applied(town.agency, [row, *staff[1:]], columns=columns, day=LATER)

    who = find_by_number(kind=NumberKind.NIP, number=nip(51), day=LATER)
    assert (who.name, Person.objects.count()) == ("Pegawai Contoh 1", 3)
    numbers = PersonNumber.objects.filter(person=who).order_by("pk")
    assert [(row.valid_from, row.valid_until) for row in numbers] == [(None, LATER), (LATER, None)]


def test_an_import_that_the_database_refuses_is_compared_again_and_can_be_given_up(
    town, monkeypatch
):
    monkeypatch.setattr(applying, "_WRITE", ("INSERT INTO personnel_person (name) VALUES ('')",))
    place = finish(checked(town.agency, STAFF))
    assert (place.state, Person.objects.count()) == (S.CHECKED, 0)
    discard_roster(import_id=place.pk, actor=SYSTEM, clock=CLOCK)


def test_whoever_stands_in_a_row_that_breaks_off_has_not_left(town):
    rows = [person(each) for each in range(1, 101)]
    applied(town.agency, rows)
    lines = csv_of(rows).decode().splitlines()
    lines[3] = ",".join(lines[3].split(",")[:3])
    place = read(town.agency, "\r\n".join(lines).encode(), day=LATER)
    assert (place.figures["errors"], place.figures["changes"]) == ({"ROW_SHORT": 1}, {})


def test_where_a_row_names_nobody_who_can_be_read_the_leavers_are_typed(town):
    columns = {**COLUMNS, "former": "NIP LAMA"}
    rows = [person(each, **{"NIP LAMA": ""}) for each in range(1, 101)]
    applied(town.agency, rows, columns=columns)
    renumbered = person(500, NAMA="Pegawai Contoh 1", **{"NIP LAMA": "1.98E+17"})
    place = checked(town.agency, [renumbered, *rows[1:]], columns=columns, day=LATER)
    assert (place.figures["errors"], place.figures["changes"]) == ({"FORMER_WRONG": 1}, {"LEFT": 1})
    with pytest.raises(NumberNotTyped):
        finish(place, typed="")


def test_data_of_a_part_ends_nobody_who_works_elsewhere_by_now(town):
    columns = {**COLUMNS, "leaves": "KELUAR"}
    rows = [person(each, KELUAR="") for each in range(1, 4)]
    applied(town.agency, [person(1, "0202", KELUAR=""), *rows[1:]], columns=columns)
    there = [person(1, KELUAR="Pindah"), *rows[1:]]
    place = applied(town.agency, there, columns=columns, day=LATER, scope_id=town.board.pk)
    assert (place.figures["errors"], place.figures["changes"]) == ({"UNIT_OUTSIDE": 1}, {})
    assert Employment.objects.on(LATER).count() == 3


def test_a_change_by_hand_after_the_check_is_compared_again(town):
    applied(town.agency, STAFF)
    place = checked(town.agency, STAFF[:3], day=LATER)
    gone = Employment.objects.get(person__name="Pegawai Contoh 4")
    end_employment(
        employment_id=gone.pk, ended_on=LATER, reason="Pensiun", actor=SYSTEM, clock=CLOCK
    )

    again = finish(place)

    assert (again.state, again.figures["changes"]) == (S.CHECKED, {})
    assert again.confirmed_at is None


def test_what_was_entered_by_hand_later_than_the_data_stays(town):
    applied(town.agency, STAFF)
    Employment.objects.filter(person__name="Pegawai Contoh 4").update(
        valid_from=date(2026, 11, 18), import_id=None, stated=None
    )

    place = applied(town.agency, STAFF[:3], day=LATER)

    assert place.figures["changes"] == {"NEWER": 1}
    assert len(roster(town.agency, date(2026, 11, 19))) == 4


def test_older_data_is_refused(town):
    applied(town.agency, STAFF, day=LATER)
    with pytest.raises(OlderThanApplied):
        checked(town.agency, STAFF, day=DAY)


def test_an_import_that_was_given_up_changes_nothing_and_cannot_go_on(town):
    place = checked(town.agency, STAFF)
    discard_roster(import_id=place.pk, actor=SYSTEM, clock=CLOCK)

    assert tables() == (0, 0, 0, 0)
    with pytest.raises(ImportMoved):
        confirm_roster(import_id=place.pk, typed="", actor=SYSTEM, clock=CLOCK)


def test_after_a_crash_the_file_is_read_again(town):
    place = checked(town.agency, STAFF)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE personnel_rosterrow, personnel_rosterdifference")

    again = finish(place)

    assert again.state == S.READING
    assert tables()[:3] == (0, 0, 0)


def test_a_reading_that_is_cut_off_leaves_nothing_and_begins_anew(town, monkeypatch):
    monkeypatch.setattr(staging, "_ROWS_AT_ONCE", 2)
    monkeypatch.setattr(staging, "_TELL_EVERY", 1)
    place = receive_roster(
        statement=statement(town.agency, csv_of(STAFF)), actor=SYSTEM, clock=CLOCK
    )
    map_columns(import_id=place.pk, columns=COLUMNS, takes_non_asn=False, actor=SYSTEM, clock=CLOCK)

    def killed(_rows):
        raise SystemExit

    with pytest.raises(QueryCanceled):
        read_roster(import_id=place.pk, actor=SYSTEM, clock=CLOCK, tell=killed)
    place.refresh_from_db()
    assert (place.state, tables()) == (S.READING, (0, 0, 0, 0))
    again = read_roster(import_id=place.pk, actor=SYSTEM, clock=CLOCK, tell=[].append)
    assert (again.state, again.figures["changes"]) == (S.CHECKED, {"NEW": 4})
    finish(again)
    assert tables()[:3] == (4, 4, 4)


def decided(place, choice, *, units=1):
    """The unknown units were decided, and the people compared."""
    decide_units(
        import_id=place.pk,
        decisions=[UnitDecision(choice)] * units,
        decree="Perda Contoh 2/2026",
        actor=SYSTEM,
        clock=CLOCK,
    )
    return check_roster(import_id=place.pk, actor=SYSTEM, clock=CLOCK)


def test_two_units_that_became_one_carry_their_people(town):
    applied(town.agency, [person(1), person(2), person(3, "0202"), person(4, "0202")])
    merged = [person(serial, "0303", **{"UNIT KERJA": "Badan Baru"}) for serial in (1, 2, 3, 4)]
    place = checked(town.agency, merged, day=LATER)
    [unknown] = place.units
    assert (place.state, unknown["proposal"], unknown["overlap"]) == (S.UNITS, "MERGE", 4)

    place = decided(place, "MERGE")
    finish(place)

    made = Unit.objects.get(name="Badan Baru")
    succession = UnitSuccession.objects.get()
    assert place.figures["changes"] == {"CARRIED": 4}
    assert succession.kind == "MERGE"
    assert set(succession.predecessors.all()) == {town.board, town.ward}
    assert {code for _name, code, _title in roster(town.agency, LATER)} == {made.code}
    town.ward.refresh_from_db()
    assert town.ward.valid_until == LATER


def test_a_unit_that_was_split_sends_its_people_to_each_part(town):
    applied(town.agency, [person(serial, "0202") for serial in (1, 2, 3, 4)])
    parts = {1: ("0301", "Timur"), 2: ("0301", "Timur"), 3: ("0302", "Barat"), 4: ("0302", "Barat")}
    rows = [
        person(serial, code, **{"UNIT KERJA": f"Kelurahan {name}"})
        for serial, (code, name) in parts.items()
    ]
    place = checked(town.agency, rows, day=LATER)
    assert [unit["proposal"] for unit in place.units] == ["SPLIT", "SPLIT"]

    place = decided(place, "SPLIT", units=2)
    finish(place)

    succession = UnitSuccession.objects.get()
    names = Unit.objects.filter(pk__in=succession.successors.values("pk")).order_by("name")
    assert place.figures["changes"] == {"CARRIED": 4}
    assert list(names.values_list("name", flat=True)) == ["Kelurahan Barat", "Kelurahan Timur"]
    assert list(succession.predecessors.all()) == [town.ward]
    where = {name: code for name, code, _title in roster(town.agency, LATER)}
    assert where["Pegawai Contoh 1"] != where["Pegawai Contoh 4"]


def test_a_unit_split_off_from_one_that_stays_is_new_and_renames_nothing(town):
    applied(town.agency, [person(serial) for serial in (1, 2, 3, 4)])
    rows = [person(1), *[person(n, "0303", **{"UNIT KERJA": "Badan Baru"}) for n in (2, 3, 4)]]

    place = checked(town.agency, rows, day=LATER)
    [unknown] = place.units
    place = decided(place, "NEW")

    assert (unknown["proposal"], unknown["standing"], unknown["overlap"]) == (
        "",
        (town.board.pk,),
        3,
    )
    assert (place.figures["changes"], place.figures["errors"]) == ({"MOVED": 3}, {})
    assert UnitSuccession.objects.count() == 0


def test_a_unit_outside_the_scope_is_not_renamed_by_a_file_of_another(town):
    applied(town.agency, [person(1, "0202"), person(2, "0202"), person(3, "0101.1")])
    rows = [person(n, "0404", **{"UNIT KERJA": "Bidang Baru"}) for n in (1, 2)]

    place = checked(town.agency, rows, day=LATER, scope_id=town.board.pk)

    [unknown] = place.units
    assert (unknown["proposal"], unknown["standing"]) == ("", (town.ward.pk,))


def test_differences_rename_a_unit_only_when_at_least_half_of_it_goes_together(town):
    applied(town.agency, [person(serial) for serial in (1, 2, 3, 4)])

    def proposal(*serials):
        rows = [person(n, "0303", **{"UNIT KERJA": "Badan Baru"}) for n in serials]
        return checked(town.agency, rows, day=LATER, names_leavers=True).units[0]["proposal"]

    assert (proposal(1), proposal(1, 2)) == ("", "RENAME")


def test_every_step_is_recorded_without_personal_data(town):
    place = applied(town.agency, STAFF)

    acts = AuditRow.objects.filter(subject_kind="roster_import", subject_id=place.pk)

    assert [act.what for act in acts.order_by("pk")] == [
        "roster.received",
        "roster.mapped",
        "vault.blob.open",
        "roster.checked",
        "roster.confirmed",
        "roster.applied",
    ]
    assert acts.latest("pk").data == {"sha256": place.sha256, "new": 4}
