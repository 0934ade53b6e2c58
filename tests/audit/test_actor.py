"""A grant reaches down its own tree, segment by segment."""

import pytest

from neutrality.audit.actor import CITIZEN, NATIONAL, SYSTEM, Actor, ActorKind, Grant, OrgRef


def office(path):
    return OrgRef(kind="office", id=1, path=path)


@pytest.mark.parametrize(
    ("holder", "other", "covered"),
    [
        (office("RI/35"), office("RI/35"), True),
        (office("RI/35"), office("RI/35/35.71"), True),
        (office("RI/35/35.71"), office("RI/35"), False),
        (office("RI/35/35.7"), office("RI/35/35.71"), False),
        (office("RI/35"), OrgRef("agency", 1, "RI/35/35.71"), False),
        (NATIONAL, office("RI/35/35.71"), True),
        (NATIONAL, OrgRef("body", None, "BKN/II"), True),
        (OrgRef("agency", 3, "3571"), OrgRef("unit", 9, "3571/DINKES"), True),
        (OrgRef("unit", 9, "3571/DINKES"), OrgRef("agency", 3, "3571"), False),
        (OrgRef("unit", 9, "3571/DINKES"), OrgRef("unit", 10, "3571/DINKES/UPT"), True),
        (OrgRef("body", 2, "BKN"), OrgRef("body", 3, "BKN/II"), True),
        (OrgRef("agency", 3, ""), OrgRef("agency", 4, "3572"), False),
        (office("RI"), NATIONAL, False),
    ],
)
def test_a_grant_covers_what_lies_below_it(holder, other, covered):
    assert holder.covers(other) is covered


def test_the_first_role_asked_for_that_is_held_there_is_returned():
    actor = Actor(
        kind=ActorKind.USER,
        label="Pimpinan contoh",
        grants=(
            Grant("commissioner", office("RI/35")),
            Grant("intake", office("RI/35/35.71")),
            Grant("handler", office("RI/64")),
        ),
    )

    there = office("RI/35/35.71")

    assert actor.role_at(["handler", "intake", "commissioner"], there) == "intake"
    assert actor.role_at(["handler"], there) is None
    assert actor.roles == {"commissioner", "intake", "handler"}
    assert actor.holds("handler") is True
    assert actor.holds("auditor") is False


def test_a_citizen_and_the_machine_hold_nothing():
    assert (CITIZEN.roles, SYSTEM.roles) == (frozenset(), frozenset())
