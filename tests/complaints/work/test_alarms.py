"""A clock that ends before the office opens again is told at once, to who is on duty."""

import pytest

from complaints.models import ClockAlarm
from complaints.services.alarm_clocks import alarm_clocks, escalate_alarms, opens_again_at
from complaints.services.duty import Turn, add_shift
from neutrality.casework.models import LegalClock
from neutrality.notifications.models import Outbox
from tests.complaints import factories as make
from tests.complaints.case.scene import (
    NEIGHBOUR,
    PROVINCE,
    Scene,
    at,
    logged_in,
    stranger,
    url,
)

pytestmark = pytest.mark.django_db


def ending_on_sunday(scene):
    """Let the handling end on Sunday 22 June 2025 and nothing else run."""
    LegalClock.objects.exclude(code="HANDLING").update(due_at=make.at(30, 9, month=8).now)
    LegalClock.objects.filter(code="HANDLING").update(due_at=make.at(22, 23).now)


def told():
    rows = Outbox.objects.filter(kind="clock_alarm").order_by("pk")
    return list(rows.values_list("user_id", flat=True))


def test_on_friday_an_office_is_told_of_what_ends_on_sunday():
    scene = Scene()
    ending_on_sunday(scene)
    head = make.user("Ketua contoh", "supervisor", office=scene.office)
    assert alarm_clocks(clock=make.at(18, 10)) == 0
    assert alarm_clocks(clock=make.at(20, 22)) == 1
    assert alarm_clocks(clock=make.at(20, 23)) == 1
    assert told() == [head.pk]


def test_who_is_on_duty_is_told_instead_of_the_head():
    scene = Scene()
    ending_on_sunday(scene)
    make.user("Ketua contoh", "supervisor", office=scene.office)
    duty = scene.people["second"]
    add_shift(
        office=scene.office,
        turn=Turn(
            user_id=duty.pk,
            starts_on=make.at(20).now.date(),
            ends_on=make.at(22).now.date(),
        ),
        actor=scene.actor("handler"),
        clock=make.at(18, 10),
    )
    alarm_clocks(clock=make.at(20, 22))
    assert told() == [duty.pk]


def test_an_office_opens_again_on_monday():
    office = make.office()
    assert opens_again_at(office=office, clock=make.at(20, 22)) == make.at(23, 8).now
    assert opens_again_at(office=office, clock=make.at(17, 10)) == make.at(18, 8).now


def test_when_nobody_takes_an_alarm_the_head_is_told_once():
    scene = Scene()
    ending_on_sunday(scene)
    head = make.user("Ketua contoh", "supervisor", office=scene.office)
    duty = on_duty_is(scene, "second")
    alarm_clocks(clock=make.at(20, 20))
    assert escalate_alarms(clock=make.at(20, 20)) == 0
    assert [escalate_alarms(clock=make.at(20, 21)) for _time in range(2)] == [1, 0]
    assert told() == [duty.pk, head.pk]


def test_who_is_on_duty_takes_an_alarm_and_the_head_sleeps():
    scene = Scene()
    ending_on_sunday(scene)
    head = make.user("Ketua contoh", "supervisor", office=scene.office)
    duty = on_duty_is(scene, "second")
    alarm_clocks(clock=make.at(20, 20))
    alarm = ClockAlarm.objects.get()
    page = url("alarm_take", alarm.pk)
    with at(make.at(20, 20)):
        assert (
            "sebelum kantor buka" not in scene.client("handler").get("/petugas/").content.decode()
        )
        assert scene.client("handler").post(page).status_code == 404
        assert "sebelum kantor buka" not in logged_in(head).get("/petugas/").content.decode()
        assert page in scene.client("second").get("/petugas/").content.decode()
        assert scene.client("second").post(page).status_code == 302
        assert scene.client("second").post(page).status_code == 409
        assert stranger(NEIGHBOUR, "supervisor").post(page).status_code == 404
    assert escalate_alarms(clock=make.at(20, 22)) == 0
    assert told() == [duty.pk]


def test_without_anybody_on_duty_the_heads_of_the_office_above_come_next():
    scene = Scene()
    ending_on_sunday(scene)
    head = make.user("Ketua contoh", "supervisor", office=scene.office)
    above = make.user("Ketua provinsi", "supervisor", office=make.office(PROVINCE))
    alarm_clocks(clock=make.at(20, 20))
    with at(make.at(20, 20)):
        assert "sebelum kantor buka" in logged_in(head).get("/petugas/").content.decode()
    assert escalate_alarms(clock=make.at(20, 21)) == 1
    assert told() == [head.pk, above.pk]


def test_a_clock_that_stopped_meanwhile_wakes_nobody():
    scene = Scene()
    ending_on_sunday(scene)
    make.user("Ketua contoh", "supervisor", office=scene.office)
    on_duty_is(scene, "second")
    alarm_clocks(clock=make.at(20, 20))
    LegalClock.objects.filter(code="HANDLING").update(due_at=make.at(25, 9).now)
    assert escalate_alarms(clock=make.at(20, 21)) == 0


def on_duty_is(scene, who):
    turn = Turn(
        user_id=scene.people[who].pk,
        starts_on=make.at(20).now.date(),
        ends_on=make.at(22).now.date(),
    )
    add_shift(office=scene.office, turn=turn, actor=scene.actor("handler"), clock=make.at(18, 10))
    return scene.people[who]
