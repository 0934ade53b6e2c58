"""Who is what, where, and when."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from neutrality.accounts.actors import actor_of
from neutrality.accounts.models import RoleGrant
from neutrality.accounts.refusals import AccountRefusal
from neutrality.accounts.roles import HELD_AT, OrganisationKind, Role
from neutrality.accounts.scope import offices_in_scope, path_condition
from neutrality.accounts.services import end_grant, grant_role, set_active
from neutrality.audit.actor import NATIONAL, SYSTEM, Actor, Grant, OrgRef
from neutrality.audit.models import AuditRow
from neutrality.organisations.models import Agency, Office, ReferralBody, Unit
from tests.accounts.conftest import DAY

pytestmark = pytest.mark.django_db


def test_a_grant_holds_from_its_first_day_to_the_day_before_its_end(make_user, kediri, clock):
    user = make_user("a@contoh.id")
    grant_role(
        user=user,
        role=Role.HANDLER,
        at=kediri.ref(),
        starts_on=DAY,
        ends_on=DAY + timedelta(days=2),
        actor=SYSTEM,
        clock=clock,
    )
    held = [actor_of(user=user, day=DAY + timedelta(days=n)).holds("handler") for n in range(-1, 3)]
    assert held == [False, True, True, False]


def test_the_actor_is_made_in_one_query_and_never_kept(
    handler, kediri, administrator, clock, django_assert_num_queries
):
    with django_assert_num_queries(1):
        actor = actor_of(user=handler, day=DAY)
    assert actor.grants == (Grant(role="handler", at=kediri.ref()),)
    end_grant(
        grant_id=handler.grants.get().pk,
        ends_on=DAY,
        actor=actor_of(user=administrator, day=DAY),
        clock=clock,
    )
    assert actor_of(user=handler, day=DAY).grants == ()


def test_a_closed_account_has_no_grants(handler, clock):
    set_active(user_id=handler.pk, active=False, actor=SYSTEM, clock=clock)
    assert actor_of(user=handler, day=DAY).grants == ()


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("kind", list(OrganisationKind))
def test_a_role_is_granted_only_where_it_is_held(role, kind, make_user, places, clock):
    user = make_user("a@contoh.id")
    wanted = {"user": user, "role": role, "at": places[kind], "starts_on": DAY}
    if kind in HELD_AT[role]:
        assert grant_role(**wanted, actor=SYSTEM, clock=clock).at() == places[kind]
        return
    with pytest.raises(AccountRefusal, match="wrong_place"):
        grant_role(**wanted, actor=SYSTEM, clock=clock)
    columns = {"is_national": True} if kind == "national" else {f"{kind}_id": places[kind].id}
    with pytest.raises(IntegrityError, match="held_where_the_role_can_be"), transaction.atomic():
        RoleGrant.objects.create(
            user=user, role=role, starts_on=DAY, granted_at=clock.now, **columns
        )


def test_the_database_refuses_a_grant_at_two_places_or_none(make_user, kediri, body, clock):
    user = make_user("a@contoh.id")
    row = {"user": user, "role": Role.HANDLER, "starts_on": DAY, "granted_at": clock.now}
    for columns in ({}, {"office": kediri, "body": body}, {"office": kediri, "is_national": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleGrant.objects.create(**row, **columns)


def test_the_same_grant_twice_on_one_day_is_refused(handler, kediri, clock):
    again = {"user": handler, "role": Role.HANDLER, "at": kediri.ref()}
    with pytest.raises(AccountRefusal, match="overlap"):
        grant_role(**again, starts_on=date(2025, 1, 1), actor=SYSTEM, clock=clock)
    grant_role(**again, starts_on=date(2023, 1, 1), ends_on=DAY, actor=SYSTEM, clock=clock)
    assert handler.grants.count() == 2


def test_dates_turned_round_are_refused(handler, pontianak, clock):
    with pytest.raises(AccountRefusal, match="dates"):
        grant_role(
            user=handler,
            role=Role.HANDLER,
            at=pontianak.ref(),
            starts_on=DAY,
            ends_on=DAY - timedelta(days=1),
            actor=SYSTEM,
            clock=clock,
        )


def test_only_another_administrator_grants(handler, administrator, kediri, clock):
    wanted = {"role": Role.INTAKE, "at": kediri.ref(), "starts_on": DAY, "clock": clock}
    admin = actor_of(user=administrator, day=DAY)
    with pytest.raises(AccountRefusal, match="no_administrator"):
        grant_role(user=administrator, actor=actor_of(user=handler, day=DAY), **wanted)
    with pytest.raises(AccountRefusal, match="own_grant"):
        grant_role(user=administrator, actor=admin, **wanted)
    before = AuditRow.objects.count()
    grant_role(user=handler, actor=admin, **wanted)
    row = AuditRow.objects.order_by("-pk")[0]
    assert (AuditRow.objects.count() - before, row.what, row.subject_id) == (
        1,
        "role_granted",
        handler.pk,
    )


def test_a_grant_that_has_ended_is_not_ended_later(handler, clock):
    grant = handler.grants.get()
    end_grant(grant_id=grant.pk, ends_on=DAY, actor=SYSTEM, clock=clock)
    with pytest.raises(AccountRefusal, match="ended"):
        end_grant(grant_id=grant.pk, ends_on=DAY + timedelta(1), actor=SYSTEM, clock=clock)


def actor_at(role, *places):
    return Actor(kind="user", label="", grants=tuple(Grant(role, place) for place in places))


def test_an_office_reaches_what_is_below_it_and_nothing_beside(
    east_java, kediri, pontianak, national_office
):
    below = set(offices_in_scope(actor_at("supervisor", east_java.ref())))
    assert below == set(Office.objects.filter(path__startswith=east_java.path))
    assert {kediri, east_java} <= below
    assert set(offices_in_scope(actor_at("handler", kediri.ref()))) == {kediri}
    everything = actor_at("supervisor", national_office.ref())
    assert offices_in_scope(everything).count() == Office.objects.count()


def test_whole_segments_of_a_path_count(kediri):
    cut = OrgRef(kind="office", id=kediri.pk, path=kediri.path[:-1])
    assert list(offices_in_scope(actor_at("handler", cut))) == []


def test_scope_is_only_as_wide_as_the_role_asked_for(kediri, pontianak):
    actor = Actor(
        kind="user",
        label="",
        grants=(Grant("handler", kediri.ref()), Grant("intake", pontianak.ref())),
    )
    assert set(offices_in_scope(actor)) == {kediri, pontianak}
    assert set(offices_in_scope(actor, "intake")) == {pontianak}
    assert list(offices_in_scope(actor, "auditor")) == []


def reached(model, actor, kind):
    return set(model.objects.filter(path_condition(actor, kind, field="path")))


def test_agencies_units_and_bodies_do_not_mix(kediri, agency, unit, body):
    at_agency = actor_at("hr_pledges", agency.ref())
    at_unit = actor_at("unit_operator", unit.ref())
    assert (reached(Agency, at_agency, "agency"), reached(Unit, at_agency, "unit")) == (
        {agency},
        set(),
    )
    assert (reached(Agency, at_unit, "agency"), reached(Unit, at_unit, "unit")) == (set(), {unit})
    assert body in reached(ReferralBody, actor_at("liaison", body.ref()), "body")
    assert reached(ReferralBody, actor_at("handler", kediri.ref()), "body") == set()


def test_a_national_grant_reaches_everything_in_one_query(kediri, django_assert_num_queries):
    everywhere = Office.objects.count()
    actor = actor_at("auditor", NATIONAL)
    with django_assert_num_queries(1):
        assert len(offices_in_scope(actor)) == everywhere
    assert path_condition(actor, "unit", field="path") is None
