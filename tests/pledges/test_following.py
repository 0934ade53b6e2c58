"""A round follows its roster: who joins is asked, who comes back goes on, on the day it happens."""

from datetime import UTC, date, datetime

import pytest

from neutrality.audit.actor import SYSTEM
from neutrality.audit.models import AuditRow
from neutrality.casework.histories import mismatches
from neutrality.casework.models import Step
from neutrality.law.clock import Clock
from neutrality.law.codes import SubjectKind
from neutrality.notifications.models import Outbox
from neutrality.personnel.codes import EndReason
from neutrality.personnel.models import Employment
from neutrality.personnel.services.employments import Post, move
from neutrality.schedule import SCHEDULE
from pledges.codes import ExemptionGround, ObligationState as S
from pledges.models import Obligation
from pledges.selectors.coverage import coverage_tree
from pledges.selectors.coverage_check import wrong_sums
from pledges.services.exempt import ExemptionPlea, ask_for_exemption, decide_exemption
from pledges.services.follow_roster import Followed, agencies_to_follow, follow_roster
from pledges.services.set_contact import set_contact
from pledges.workflow.actions import ObligationAction as A
from pledges.workflow.obligation import OBLIGATION
from tests.pledges import factories
from tests.pledges.factories import NOON, press
from tests.pledges.test_changes import seven

pytestmark = pytest.mark.django_db


def follow(agency, clock=NOON):
    return follow_roster(agency_id=agency.pk, actor=SYSTEM, clock=clock)


def on(day):
    return Clock(now=datetime(2026, 11, day, 5, 0, tzinfo=UTC))


def leaves(person, day):
    posts = Employment.objects.filter(person=person, valid_until=None)
    posts.update(valid_until=day, end_reason=EndReason.TRANSFERRED)


def comes_again(person, where, day):
    """Somebody who left takes up another position, from this day on."""
    post = Employment.objects.filter(person=person).latest("valid_until")
    post.pk, post.unit, post.valid_from, post.valid_until = None, where, day, None
    post.end_reason = ""
    post.save(force_insert=True)


def state(place, person):
    return Obligation.objects.get(round=place, person=person).state


def test_who_joins_after_the_opening_is_asked_by_the_rules_of_the_round(city, place):
    joined = factories.servant(city.agency, city.section)
    factories.servant(city.agency, city.ward, kind=SubjectKind.NON_ASN)

    assert follow(city.agency) == Followed(joined=1)
    assert follow(city.agency) == Followed()

    duty = factories.owed(place, joined)
    assert (duty.state, duty.unit_now, duty.due_at) == (S.DUE, city.section, place.closes_at)
    assert coverage_tree(place=place).whole.total == 5
    assert wrong_sums() == []
    told = AuditRow.objects.get(what="pledge_round.people_joined")
    assert (told.subject_id, told.data) == (place.pk, {"people": 1})


def test_staff_who_are_no_civil_servants_join_where_the_round_asks_them(city):
    place = factories.opened(city.agency, with_non_asn=True)
    joined = factories.servant(city.agency, city.ward, kind=SubjectKind.NON_ASN)

    assert follow(city.agency).joined == 1
    assert state(place, joined) == S.DUE


def test_who_joins_a_round_that_invites_is_invited_at_once(city, place, hr):
    factories.invited(place, city.people[0])
    reachable, unknown = (factories.servant(city.agency, city.ward) for _time in range(2))
    set_contact(
        person=reachable, agency_id=city.agency.pk, email="baru@contoh.id", actor=hr, clock=NOON
    )

    assert follow(city.agency).joined == 2
    assert (state(place, reachable), state(place, unknown)) == (S.INVITED, S.DUE)
    assert Outbox.objects.filter(kind="pledge_invitation").count() == 2


def test_who_comes_back_goes_on_where_it_ended(city, place):
    person = city.people[0]
    factories.signed(place, person)
    leaves(person, date(2026, 11, 21))

    assert follow(city.agency, on(21)) == Followed(left=1)
    assert state(place, person) == S.ENDED
    comes_again(person, city.ward, date(2026, 11, 22))
    assert follow(city.agency, on(22)) == Followed(back=1, moved=1)

    assert state(place, person) == S.SIGNED
    assert factories.owed(place, person).unit_now == city.ward
    assert list(mismatches(OBLIGATION)) == []
    assert wrong_sums() == []


def test_who_comes_back_to_another_text_owes_that_one(city, place, hr):
    person = city.people[0]
    factories.signed(place, person)
    leaves(person, date(2026, 11, 21))
    follow(city.agency, on(21))
    seven(place, hr)
    Employment.objects.filter(person=person).update(valid_until=None, end_reason="")

    assert follow(city.agency, on(22)).back == 1
    assert state(place, person) == S.DUE


def test_what_an_officer_ended_stays_ended_until_the_person_is_employed_anew(city, place, hr):
    person = city.people[0]
    press(factories.owed(place, person), A.END, hr, reason="Salah orang")

    assert follow(city.agency, on(21)) == Followed()
    assert state(place, person) == S.ENDED

    leaves(person, date(2026, 11, 22))
    comes_again(person, city.board, date(2026, 11, 22))
    assert follow(city.agency, on(22)).back == 1


def test_a_new_grade_brings_nobody_back_whose_duty_an_officer_ended(city, place, hr):
    person = city.people[0]
    press(factories.owed(place, person), A.END, hr, reason="Salah orang")
    held = Employment.objects.get(person=person)
    post = Post(
        agency_id=held.agency_id,
        position_title=held.position_title,
        position_class=held.position_class,
        kind=held.kind,
        unit_id=held.unit_id,
        grade="III/d",
    )
    move(employment_id=held.pk, post=post, moved_on=date(2026, 11, 22), actor=SYSTEM, clock=NOON)

    assert follow(city.agency, on(22)) == Followed()
    assert state(place, person) == S.ENDED


@pytest.mark.parametrize(
    ("with_non_asn", "again", "then"),
    [(False, Followed(), S.ENDED), (True, Followed(back=1), S.DUE)],
)
def test_who_comes_back_as_no_civil_servant_owes_where_the_round_asks_them(
    city, with_non_asn, again, then
):
    place = factories.opened(city.agency, with_non_asn=with_non_asn)
    person = city.people[0]
    leaves(person, date(2026, 11, 21))
    assert follow(city.agency, on(21)) == Followed(left=1)
    comes_again(person, city.board, date(2026, 11, 22))
    Employment.objects.filter(person=person, valid_until=None).update(kind=SubjectKind.NON_ASN)

    assert follow(city.agency, on(22)) == again
    assert state(place, person) == then


def test_who_is_a_civil_servant_no_more_owes_no_more(city, place):
    person = city.people[0]
    leaves(person, date(2026, 11, 21))
    comes_again(person, city.board, date(2026, 11, 21))
    Employment.objects.filter(person=person, valid_until=None).update(kind=SubjectKind.NON_ASN)

    assert follow(city.agency, on(21)) == Followed(left=1)
    assert state(place, person) == S.ENDED
    assert follow(city.agency, on(22)) == Followed()


def test_an_exemption_until_a_day_is_over_the_day_after(city, place, hr):
    """Who is back from study is asked again, and invited where the round invites."""
    for person, until in zip(city.people[:2], (date(2026, 11, 24), None), strict=True):
        duty = factories.invited(place, person)
        plea = ExemptionPlea(
            ground=ExemptionGround.STUDY_ABROAD,
            explanation="Belajar",
            evidence="SK",
            until_on=until,
        )
        asked = ask_for_exemption(obligation=duty, plea=plea, actor=hr, clock=NOON)
        second = factories.officer(city.agency)
        decide_exemption(exemption_id=asked.pk, granted=True, actor=second, clock=NOON)

    found = [follow(city.agency, on(day)) for day in (24, 25, 26)]

    assert found == [Followed(), Followed(owing_again=1), Followed()]
    assert [state(place, person) for person in city.people[:2]] == [S.INVITED, S.EXEMPT]
    assert Step.objects.get(action=A.LIFT_EXEMPTION).reason == "Masa pengecualian berakhir"
    assert Outbox.objects.filter(kind="pledge_invitation").count() == 3
    assert (list(mismatches(OBLIGATION)), wrong_sums()) == ([], [])


def test_a_day_to_come_is_followed_when_it_has_come(city, place):
    leaver, mover = city.people[:2]
    leaves(leaver, date(2026, 11, 25))
    leaves(mover, date(2026, 11, 24))
    comes_again(mover, city.ward, date(2026, 11, 24))
    arrival = factories.servant(city.agency, city.ward)
    Employment.objects.filter(person=arrival).update(valid_from=date(2026, 11, 26))

    found = [follow(city.agency, on(day)) for day in (23, 24, 25, 26)]

    assert found == [Followed(), Followed(moved=1), Followed(left=1), Followed(joined=1)]
    assert Step.objects.get(action=A.END).reason == str(EndReason.TRANSFERRED.label)
    assert agencies_to_follow() == [city.agency.pk]
    tasks = {each["task"] for each in SCHEDULE.values()}
    assert "pledges.roster_tasks.follow_rosters" in tasks
