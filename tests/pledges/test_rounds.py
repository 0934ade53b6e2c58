"""Opening, counting and closing rounds."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from neutrality.casework.refusals import Refused
from neutrality.law.codes import SubjectKind
from neutrality.law.models import PledgeWording
from neutrality.personnel.codes import Assignment
from neutrality.personnel.models import Employment
from pledges.codes import ObligationState as S, RoundKind, SignatureKind
from pledges.models import FrozenCount, Obligation, Signature, TextVersion
from pledges.selectors.coverage import coverage_tree, whole_coverage
from pledges.services.close_round import close_round, lapse_next
from pledges.services.follow_moves import follow_moves
from pledges.services.hold_ceremony import Representation, sign_for_others
from pledges.services.open_round import open_round, people_on_roster
from pledges.wording import text_hash
from tests.pledges import factories
from tests.pledges.factories import DEADLINE, NOON, SNAPSHOT


def counts(place, path=""):
    return dict(coverage_tree(place=place, path=path).whole.counts)


def by_hand(place):
    """Count in Python what the selector counts in SQL."""
    found: dict[S, int] = {}
    for state in Obligation.objects.filter(round=place).values_list("state", flat=True):
        found[S(state)] = found.get(S(state), 0) + 1
    return found


def test_everybody_on_the_roster_of_the_day_is_asked_once(city):
    twice = city.people[0]
    factories.servant(city.agency, city.ward, person=twice, assignment=Assignment.SECONDED)
    factories.servant(city.agency, city.ward, kind=SubjectKind.NON_ASN)
    gone = factories.servant(city.agency, city.ward)
    Employment.objects.filter(person=gone).update(valid_until=SNAPSHOT)

    place = factories.opened(city.agency)

    asked = Obligation.objects.filter(round=place).order_by("person_id")
    assert [duty.person_id for duty in asked] == [person.pk for person in city.people]
    assert asked.get(person=twice).unit_now == city.board


def test_staff_who_are_no_civil_servants_are_asked_when_the_agency_wants_it(city):
    factories.servant(city.agency, city.ward, kind=SubjectKind.NON_ASN)

    assert people_on_roster(agency_id=city.agency.pk, day=SNAPSHOT, with_non_asn=False) == 4
    assert people_on_roster(agency_id=city.agency.pk, day=SNAPSHOT, with_non_asn=True) == 5


def test_an_empty_roster_opens_nothing(city):
    early = factories.plan(city.agency, snapshot_on=date(2019, 1, 1))

    with pytest.raises(Refused, match="empty_roster"):
        open_round(plan=early, actor=factories.officer(city.agency), clock=NOON)

    assert Obligation.objects.count() == 0


@pytest.mark.django_db
def test_opening_costs_the_same_for_few_and_for_many(city):
    actor, election = factories.officer(city.agency), factories.election().pk

    def open_until(day):
        until = DEADLINE.replace(day=day)
        plan = factories.plan(city.agency, election=election, closes_at=until)
        open_round(plan=plan, actor=actor, clock=NOON)

    open_until(1)
    with CaptureQueriesContext(connection) as few:
        open_until(2)
    for _number in range(20):
        factories.servant(city.agency, city.ward)
    with CaptureQueriesContext(connection) as many:
        open_until(3)

    assert len(many) == len(few)


def test_the_text_is_a_copy_bound_to_its_hash_and_the_law_row_is_used(place):
    text = place.text

    assert text.sha256 == text_hash(
        title=text.title, opening=text.opening, points=text.points, closing=text.closing
    )
    assert PledgeWording.objects.get(pk=text.wording_id).used_at is not None


def test_a_signed_text_cannot_be_edited(place):
    with pytest.raises(IntegrityError), transaction.atomic():
        TextVersion.objects.filter(pk=place.text_id).update(title="Lain")


def test_a_signature_cannot_be_edited(city, place):
    factories.signed(place, city.people[0])

    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.update(typed_name="Orang lain")


def test_coverage_counts_each_unit_with_all_below_it(city, place):
    factories.signed(place, city.people[2])

    tree = coverage_tree(place=place)

    seen = [(row.name, row.coverage.signed, row.coverage.total) for row in tree.children]
    assert seen == [("Badan Contoh", 1, 3), ("Kelurahan Contoh", 0, 1)]
    assert dict(tree.whole.counts) == by_hand(place)


def test_coverage_of_a_unit_shows_its_children_and_who_is_directly_in_it(city, place):
    factories.signed(place, city.people[2])

    tree = coverage_tree(place=place, path=city.board.path)

    seen = [(row.name, row.coverage.signed, row.coverage.total) for row in tree.children]
    assert seen == [("Bidang Contoh", 1, 1), ("", 0, 2)]


def test_a_unit_is_not_taken_for_one_whose_code_only_begins_alike(city, place):
    assert counts(place, f"{city.agency.path}/unit") == {}


def test_who_is_in_no_unit_is_counted_at_the_agency(city):
    factories.servant(city.agency, None, "Staf Ahli Contoh")
    place = factories.opened(city.agency)

    rows = coverage_tree(place=place).children

    assert [(row.name, row.coverage.total) for row in rows][-1] == ("", 1)


def test_the_coverage_of_rounds_in_a_list_is_the_same(city, place):
    factories.signed(place, city.people[0])

    assert dict(whole_coverage(rounds=[place])[place.pk].counts) == by_hand(place)


def test_representatives_are_never_counted(city):
    place = factories.opened(city.agency, kind=RoundKind.BOTH)
    before = counts(place)

    sign_for_others(
        place=place,
        given=Representation(
            name="Kepala Badan Contoh",
            position="Kepala badan",
            institution="",
            on_behalf_of="Seluruh pegawai",
            kind=SignatureKind.PAPER,
            signed_on=SNAPSHOT,
        ),
        ceremony=None,
        actor=factories.officer(city.agency),
        clock=NOON,
    )

    assert counts(place) == before == {S.DUE: 4}
    assert Signature.objects.count() == 0


def test_a_round_of_representatives_asks_nobody(city):
    place = factories.opened(city.agency, kind=RoundKind.REPRESENTATIVE)

    assert Obligation.objects.filter(round=place).count() == 0


def test_closing_freezes_the_figures_and_a_late_signature_moves_none(city, place, hr):
    factories.signed(place, city.people[0])
    factories.invited(place, city.people[1])
    close_round(round_id=place.pk, actor=hr, clock=factories.later(hour=6))
    lapse_next(round_id=place.pk, clock=factories.later(hour=7))
    place.refresh_from_db()
    frozen = counts(place)

    factories.signed(place, city.people[1], factories.later(hour=8))

    assert counts(place) == frozen == {S.SIGNED: 1, S.LAPSED: 1, S.DUE: 2}
    late = Signature.objects.order_by("pk").values_list("late", flat=True)
    assert list(late) == [False, True]


def test_a_round_closes_once(place, hr):
    close_round(round_id=place.pk, actor=hr, clock=NOON)

    with pytest.raises(Refused, match="round_closed"):
        close_round(round_id=place.pk, actor=hr, clock=NOON)

    assert FrozenCount.objects.filter(round=place).count() == 3


def test_frozen_figures_cannot_be_edited(place, hr):
    close_round(round_id=place.pk, actor=hr, clock=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        FrozenCount.objects.update(number=9)


def test_a_move_carries_the_obligation_and_the_snapshot_stays(city, place, hr):
    Employment.objects.filter(person=city.people[0]).update(unit=city.ward)

    moved = follow_moves(round_id=place.pk, day=SNAPSHOT, actor=hr, clock=NOON)

    duty = factories.owed(place, city.people[0])
    assert moved == 1
    assert (duty.unit_at_snapshot, duty.unit_now) == (city.board, city.ward)
