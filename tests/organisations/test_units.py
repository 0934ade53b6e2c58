"""Units are added, moved, merged, split and renamed; the tree stays true."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings, strategies as st
from hypothesis.extra.django import TestCase

from neutrality.audit.actor import SYSTEM
from neutrality.audit.models import AuditRow
from neutrality.law.clock import Clock
from neutrality.organisations.codes import AgencyKind, SuccessionKind, UnitKind
from neutrality.organisations.models import Agency, Unit
from neutrality.organisations.refusals import (
    CodeTaken,
    TooFewUnits,
    UnitBelowItself,
    UnitNotInForce,
    UnitsOfDifferentAgencies,
)
from neutrality.organisations.services.units import (
    Decree,
    UnitDraft,
    add_unit,
    merge_units,
    move_unit,
    rename_unit,
    split_unit,
)

pytestmark = pytest.mark.django_db
BEFORE, CHANGE, AFTER = date(2024, 6, 30), date(2024, 7, 1), date(2024, 7, 2)
DECREE = Decree(name="Perwali contoh 1/2024", effective_on=CHANGE)


def draft(code, **more):
    return UnitDraft(code=code, name=f"Unit {code}", kind=UnitKind.SERVICE, **more)


def tree():
    return dict(Unit.objects.order_by("pk").values_list("code", "path"))


@pytest.fixture
def other_agency(db):
    return Agency.objects.create(
        code="pemkot-contoh",
        path="pemkot-contoh",
        name="Pemerintah Kota Contoh",
        kind=AgencyKind.CITY,
        appointing_authority="Wali Kota Contoh",
    )


def test_a_unit_hangs_below_its_agency_or_another_unit(plant):
    head = plant("dinas-a")
    section = plant("bidang-1", parent=head)
    plant("seksi-x", parent=section)
    assert tree() == {
        "dinas-a": "pemkot-kediri/dinas-a",
        "bidang-1": "pemkot-kediri/dinas-a/bidang-1",
        "seksi-x": "pemkot-kediri/dinas-a/bidang-1/seksi-x",
    }


def test_adding_a_unit_is_recorded_once(plant):
    unit = plant("dinas-a")
    rows = AuditRow.objects.filter(subject_kind="unit", subject_id=unit.pk)
    assert list(rows.values_list("what", "organisation_path")) == [("unit.add", unit.path)]


def test_a_moved_unit_takes_everything_below_along(plant, clock):
    first, second = plant("dinas-a"), plant("dinas-b")
    section = plant("bidang-1", parent=first)
    plant("seksi-x", parent=section)
    move_unit(unit_id=section.pk, parent_id=second.pk, decree="Perda", actor=SYSTEM, clock=clock)
    assert tree() == {
        "dinas-a": "pemkot-kediri/dinas-a",
        "dinas-b": "pemkot-kediri/dinas-b",
        "bidang-1": "pemkot-kediri/dinas-b/bidang-1",
        "seksi-x": "pemkot-kediri/dinas-b/bidang-1/seksi-x",
    }
    move_unit(unit_id=section.pk, parent_id=None, decree="Perda", actor=SYSTEM, clock=clock)
    assert tree()["seksi-x"] == "pemkot-kediri/bidang-1/seksi-x"


def test_a_unit_never_hangs_below_itself(plant, clock):
    head = plant("dinas-a")
    section = plant("bidang-1", parent=head)
    with pytest.raises(UnitBelowItself):
        move_unit(unit_id=head.pk, parent_id=section.pk, decree="Perda", actor=SYSTEM, clock=clock)
    with pytest.raises(UnitBelowItself):
        move_unit(unit_id=head.pk, parent_id=head.pk, decree="Perda", actor=SYSTEM, clock=clock)


def test_a_unit_stays_in_its_agency(plant, other_agency, clock):
    ours, theirs = plant("dinas-a"), plant("dinas-b", agency=other_agency)
    with pytest.raises(UnitsOfDifferentAgencies):
        move_unit(unit_id=ours.pk, parent_id=theirs.pk, decree="Perda", actor=SYSTEM, clock=clock)


def test_a_merger_is_one_line_and_leaves_no_child_behind(plant, clock):
    first, second = plant("dinas-a"), plant("dinas-b")
    plant("bidang-1", parent=first)
    plant("bidang-2", parent=second)
    change = merge_units(
        unit_ids=[first.pk, second.pk],
        into=draft("dinas-c"),
        decree=DECREE,
        actor=SYSTEM,
        clock=clock,
    )
    merged = change.successors.get()
    assert (change.kind, set(change.predecessors.all())) == (SuccessionKind.MERGE, {first, second})
    assert str(change) == "Penggabungan 2024-07-01"
    assert tree() == {
        "dinas-a": "pemkot-kediri/dinas-a",
        "dinas-b": "pemkot-kediri/dinas-b",
        "bidang-1": "pemkot-kediri/dinas-c/bidang-1",
        "bidang-2": "pemkot-kediri/dinas-c/bidang-2",
        "dinas-c": "pemkot-kediri/dinas-c",
    }
    assert set(Unit.objects.on(BEFORE).filter(parent=None)) == {first, second}
    assert set(Unit.objects.on(CHANGE).filter(parent=None)) == {merged}


def test_a_unit_can_be_merged_into_one_that_stands(plant, clock):
    first, second = plant("dinas-a"), plant("dinas-b")
    change = merge_units(
        unit_ids=[first.pk], into=second.pk, decree=DECREE, actor=SYSTEM, clock=clock
    )
    assert list(change.predecessors.all()) == [first]
    assert list(change.successors.all()) == [second]


def test_one_unit_alone_cannot_be_merged(plant, clock):
    unit = plant("dinas-a")
    with pytest.raises(TooFewUnits):
        merge_units(unit_ids=[unit.pk], into=unit.pk, decree=DECREE, actor=SYSTEM, clock=clock)


def test_units_of_two_agencies_cannot_be_merged(plant, other_agency, clock):
    ours, theirs = plant("dinas-a"), plant("dinas-b", agency=other_agency)
    with pytest.raises(UnitsOfDifferentAgencies):
        merge_units(
            unit_ids=[ours.pk, theirs.pk],
            into=draft("dinas-c"),
            decree=DECREE,
            actor=SYSTEM,
            clock=clock,
        )


def test_an_unknown_unit_is_not_merged_silently(plant, clock):
    unit = plant("dinas-a")
    with pytest.raises(Unit.DoesNotExist):
        merge_units(
            unit_ids=[unit.pk, 0], into=draft("x"), decree=DECREE, actor=SYSTEM, clock=clock
        )


@pytest.mark.parametrize("since", [CHANGE, AFTER])
def test_a_unit_that_did_not_hold_before_the_decree_cannot_end_by_it(plant, clock, since):
    first, second = plant("dinas-a"), plant("dinas-b", since=since)
    with pytest.raises(UnitNotInForce):
        merge_units(
            unit_ids=[first.pk, second.pk],
            into=draft("dinas-c"),
            decree=DECREE,
            actor=SYSTEM,
            clock=clock,
        )
    assert list(Unit.objects.filter(valid_until__isnull=False)) == []


def test_a_new_name_keeps_code_place_and_children(plant, clock):
    unit = plant("dinas-a")
    child = plant("bidang-1", parent=unit)
    change = rename_unit(
        unit_id=unit.pk, name="Dinas Baru", decree=DECREE, actor=SYSTEM, clock=clock
    )
    renamed = change.successors.get()
    child.refresh_from_db()
    assert (renamed.name, renamed.path) == ("Dinas Baru", unit.path)
    assert (child.parent, child.path) == (renamed, "pemkot-kediri/dinas-a/bidang-1")


def test_a_unit_that_ended_long_ago_stays_where_it_was(plant, clock):
    unit = plant("dinas-a")
    child = plant("bidang-1", parent=unit)
    Unit.objects.filter(pk=child.pk).update(valid_until=date(2020, 1, 1))
    rename_unit(
        unit_id=unit.pk, name="Baru", code="dinas-x", decree=DECREE, actor=SYSTEM, clock=clock
    )
    child.refresh_from_db()
    assert (child.parent, child.path) == (unit, "pemkot-kediri/dinas-a/bidang-1")


def test_a_split_shares_the_children_out(plant, clock):
    unit = plant("dinas-a")
    first, second = plant("bidang-1", parent=unit), plant("bidang-2", parent=unit)
    foreign = plant("bidang-9")
    split_unit(
        unit_id=unit.pk,
        drafts=[draft("dinas-b"), draft("dinas-c", children=(second.pk, foreign.pk))],
        decree=DECREE,
        actor=SYSTEM,
        clock=clock,
    )
    assert tree() == {
        "dinas-a": "pemkot-kediri/dinas-a",
        first.code: "pemkot-kediri/dinas-b/bidang-1",
        second.code: "pemkot-kediri/dinas-c/bidang-2",
        "bidang-9": "pemkot-kediri/bidang-9",
        "dinas-b": "pemkot-kediri/dinas-b",
        "dinas-c": "pemkot-kediri/dinas-c",
    }


def test_a_split_needs_two_units(plant, clock):
    unit = plant("dinas-a")
    with pytest.raises(TooFewUnits):
        split_unit(
            unit_id=unit.pk, drafts=[draft("dinas-b")], decree=DECREE, actor=SYSTEM, clock=clock
        )


@pytest.mark.parametrize(
    "change",
    [{"path": "pemkot-kediri/elsewhere"}, {"code": "other"}, {"code": "a/b"}, {"parent": None}],
)
def test_the_database_refuses_a_path_that_is_not_the_place(plant, change):
    child = plant("bidang-1", parent=plant("dinas-a"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=child.pk).update(**change)


def test_the_database_refuses_to_move_a_parent_away_from_its_children(plant):
    head = plant("dinas-a")
    plant("bidang-1", parent=head)
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=head.pk).update(code="x", path="pemkot-kediri/x")


def test_a_code_names_one_unit_at_a_time(plant):
    plant("dinas-a")
    with pytest.raises(CodeTaken):
        plant("dinas-a")


def test_the_database_refuses_one_code_twice_on_a_day(agency, plant):
    plant("dinas-a")
    with pytest.raises(IntegrityError):
        Unit.objects.create(
            agency=agency, code="dinas-a", path="pemkot-kediri/dinas-a", name="x", kind="SERVICE"
        )


class AnyTree(TestCase):
    @settings(max_examples=15, deadline=None)
    @given(data=st.data())
    def test_paths_stay_true_whatever_is_moved(self, data):
        clock = Clock(now=datetime(2024, 10, 1, tzinfo=UTC))
        agency = Agency.objects.create(
            code="any", path="any", name="Any", kind=AgencyKind.OTHER, appointing_authority="PPK"
        )
        units: list[Unit] = []
        for number in range(6):
            above = data.draw(st.sampled_from([None, *units]))
            units.append(
                add_unit(
                    agency_id=agency.pk,
                    draft=draft(f"u{number}", parent_id=above.pk if above else None),
                    valid_from=None,
                    actor=SYSTEM,
                    clock=clock,
                )
            )
        moved, parent = data.draw(st.sampled_from(units)), data.draw(st.sampled_from(units))
        try:
            move_unit(
                unit_id=moved.pk, parent_id=parent.pk, decree="Perda", actor=SYSTEM, clock=clock
            )
        except UnitBelowItself:
            assert parent.path.startswith(moved.path)
        for unit in Unit.objects.filter(agency=agency).select_related("parent"):
            above = unit.parent.path if unit.parent else "any"
            assert unit.path == f"{above}/{unit.code}"
