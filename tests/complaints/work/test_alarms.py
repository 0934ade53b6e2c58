"""A clock that ends before the office opens again is told at once, to who is on duty."""

import pytest

from complaints.services.alarm_clocks import alarm_clocks, opens_again_at
from complaints.services.duty import Turn, add_shift
from neutrality.casework.models import LegalClock
from neutrality.notifications.models import Outbox
from tests.complaints import factories as make
from tests.complaints.case.scene import Scene

pytestmark = pytest.mark.django_db


def ending_on_sunday(scene):
    """Let the handling end on Sunday 22 June 2025 and nothing else run."""
    LegalClock.objects.exclude(code="HANDLING").update(due_at=make.at(30, 9, month=8).now)
    LegalClock.objects.filter(code="HANDLING").update(due_at=make.at(22, 23).now)


def told():
    return list(Outbox.objects.filter(kind="clock_alarm").values_list("user_id", flat=True))


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
