"""Whom an actor must not deal with."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from neutrality.accounts.actors import actor_of
from neutrality.accounts.models import Relation, RelationKind
from neutrality.accounts.refusals import AccountRefusal
from neutrality.accounts.relations import excluded_subjects
from neutrality.accounts.roles import Role
from neutrality.accounts.services import declare_relation, end_relation
from neutrality.audit.actor import CITIZEN
from neutrality.personnel.models import Person
from tests.accounts.conftest import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def declare(clock):
    def by(declarer, user, subject):
        return declare_relation(
            user=user,
            subject=subject,
            kind=RelationKind.FAMILY,
            valid_from=DAY,
            actor=actor_of(user=declarer, day=DAY),
            clock=clock,
        )

    return by


def test_declared_relations_are_excluded_in_one_query(
    handler, unit, agency, declare, django_assert_num_queries
):
    person = Person.objects.create(name="Lurah contoh")
    for subject in (person, unit, agency):
        declare(handler, handler, subject)
    actor = actor_of(user=handler, day=DAY)
    with django_assert_num_queries(1):
        found = excluded_subjects(actor=actor, day=DAY)
    assert (found.person_ids, found.unit_paths, found.agency_ids) == (
        frozenset({person.pk}),
        frozenset({unit.path}),
        frozenset({agency.pk}),
    )
    assert not excluded_subjects(actor=actor, day=DAY - timedelta(days=1))


def test_somebody_without_an_account_has_no_relations(db):
    assert not excluded_subjects(actor=CITIZEN, day=DAY)


def test_a_heads_conflict_is_set_by_the_next_higher_office(
    make_user, kediri, east_java, pontianak, unit, declare
):
    head = make_user("head@contoh.id", (Role.SUPERVISOR, kediri.ref()))
    higher = make_user("higher@contoh.id", (Role.SUPERVISOR, east_java.ref()))
    peer = make_user("peer@contoh.id", (Role.SUPERVISOR, kediri.ref()))
    foreign = make_user("foreign@contoh.id", (Role.SUPERVISOR, pontianak.ref()))
    for other in (peer, foreign):
        with pytest.raises(AccountRefusal, match="not_above"):
            declare(other, head, unit)
    assert declare(higher, head, unit).declared_by == higher


def test_nobody_ends_his_own_relation(handler, make_user, east_java, unit, declare, clock):
    relation = declare(handler, handler, unit)
    end = {"relation_id": relation.pk, "valid_until": DAY + timedelta(days=1), "clock": clock}
    with pytest.raises(AccountRefusal, match="own_relation"):
        end_relation(actor=actor_of(user=handler, day=DAY), **end)
    higher = make_user("higher@contoh.id", (Role.SUPERVISOR, east_java.ref()))
    end_relation(actor=actor_of(user=higher, day=DAY), **end)
    with pytest.raises(AccountRefusal, match="ended"):
        end_relation(actor=actor_of(user=higher, day=DAY), **end)
    with pytest.raises(IntegrityError, match="ended_by_somebody_else"), transaction.atomic():
        Relation.objects.update(ended_by=handler)


def test_a_relation_names_exactly_one_subject(handler, unit, agency, clock):
    row = {"user": handler, "kind": "family", "valid_from": DAY, "declared_by": handler}
    for subjects in ({}, {"unit": unit, "agency": agency}):
        with pytest.raises(IntegrityError, match="exactly_one"), transaction.atomic():
            Relation.objects.create(declared_at=clock.now, **row, **subjects)
