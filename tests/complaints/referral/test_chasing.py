"""What lies overdue is chased by its rows, once a week for each person, and reported up."""

import pytest

from complaints.services.chase_items import chase_items
from neutrality.notifications.models import Outbox
from tests.complaints import factories as make
from tests.complaints.referral.scene import Scene, agency, kanreg

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    """An item with the body, due on 25 June 2025, and everybody who may hear of it."""
    made = Scene(employer=agency())
    (made.item,) = made.send()
    made.who = {
        make.user("Penghubung", "liaison", body=kanreg()).pk: "liaison",
        make.user("Petugas disiplin", "hr_discipline", agency=made.agency).pk: "discipline",
        made.handler_user.pk: "handler",
        make.user("Ketua kota", "supervisor", office=made.office).pk: "head",
        make.user("Ketua provinsi", "supervisor", office=make.office("35")).pk: "above",
    }
    return made


def told(scene):
    rows = Outbox.objects.filter(kind="work_reminder").order_by("pk")
    found = sorted(scene.who[row.user_id] for row in rows)
    rows.delete()
    return found


def test_nobody_is_chased_before_the_day_has_passed(scene):
    assert chase_items(clock=make.at(25, 20)) == 0


def test_each_week_more_people_hear_of_it_and_each_of_them_once(scene):
    chase_items(clock=make.at(26, 9))
    chase_items(clock=make.at(27, 9))
    first = told(scene)
    chase_items(clock=make.at(4, 9, month=7))
    second = told(scene)
    # Two weeks without a scheduler: the next run makes up for it.
    chase_items(clock=make.at(25, 9, month=7))
    assert (first, second, told(scene)) == (
        ["handler", "liaison"],
        ["handler", "head", "liaison"],
        ["above", "handler", "head", "liaison"],
    )


def test_after_the_recommendation_it_is_the_agency_s_turn(scene):
    scene.recommend(scene.item)
    assert chase_items(clock=make.at(14, 9, month=7)) == 1
    assert told(scene) == ["discipline", "handler"]


def test_a_body_that_answered_is_left_in_peace_and_the_office_is_not(scene):
    chase_items(clock=make.at(26, 9))
    told(scene)
    scene.recorded(scene.item, "RECORD_RETURN", make.at(26, 10), reason="Tidak ada lampiran.")
    assert chase_items(clock=make.at(30, 9)) == 1
    assert told(scene) == ["handler"]
    scene.step(scene.item, "RESEND", scene.handler, make.at(30, 10))
    assert chase_items(clock=make.at(4, 9, month=7)) == 0


def test_what_lies_for_months_is_reported_up_every_four_weeks_for_as_long_as_it_lies(scene):
    days = [make.at(27, 9, month=8), make.at(3, 9, month=9), make.at(17, 9, month=9)]
    days += [make.at(24, 9, month=9), make.at(1, 9, month=10), make.at(22, 9, month=10)]
    heard = []
    for clock in days:
        assert chase_items(clock=clock) == 1
        heard.append(Outbox.objects.filter(kind="work_reminder").count())
    assert heard == [4, 4, 4, 8, 8, 12]
    assert set(told(scene)) == {"above", "handler", "head", "liaison"}
