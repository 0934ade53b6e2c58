"""Every leg of the way has a clock, and only one at a time."""

from datetime import datetime

import pytest

from complaints.models import AgendaItem, Matter
from complaints.services.send_package import Dispatch, send_package
from complaints.workflow.actions import CaseAction, ReferralAction
from neutrality.casework.models import ClockState, LegalClock
from tests.complaints import factories as make
from tests.complaints.case.scene import Scene as CaseScene
from tests.complaints.case.test_case_pages import decided
from tests.complaints.referral.scene import Scene, agency, running

pytestmark = pytest.mark.django_db


def test_what_was_proven_is_to_be_sent_and_sending_ends_the_clock():
    scene = CaseScene()
    decided(scene)
    assert running(scene.matter) == ["RATIFICATION", "DISPATCH"]
    send_package(
        matter_id=scene.matter.pk,
        dispatch=Dispatch(agenda_item=AgendaItem.objects.get(action=CaseAction.DECIDE)),
        actor=scene.actor("handler"),
        clock=make.at(19, 9),
    )
    assert running(scene.matter) == ["RATIFICATION"]
    assert LegalClock.objects.get(code="DISPATCH").state == ClockState.MET
    ratification = LegalClock.objects.get(code="RATIFICATION", state=ClockState.OPEN)
    assert Matter.objects.get(pk=scene.matter.pk).due_at == ratification.due_at


def test_where_nothing_was_proven_nothing_is_to_be_sent():
    scene = CaseScene()
    decided(scene, outcome="NOT_PROVEN")
    assert running(scene.matter) == ["RATIFICATION"]


@pytest.fixture
def scene():
    made = Scene(employer=agency())
    (made.item,) = made.send()
    return made


def recorded(scene, action, clock, **data):
    scene.recorded(scene.item, action, clock, **data)
    scene.item.refresh_from_db()
    return running(scene.item)


def test_what_comes_back_runs_for_the_office_until_it_is_sent_again(scene):
    assert running(scene.item) == ["BODY_VERIFICATION"]
    assert recorded(scene, "RECORD_RETURN", make.at(19, 9), reason="Kurang.") == ["DISPATCH"]
    assert scene.item.due_at == LegalClock.objects.get(code="DISPATCH").due_at
    scene.step(scene.item, ReferralAction.RESEND, scene.handler, make.at(20, 9))
    assert running(scene.item) == ["BODY_VERIFICATION"]
    assert recorded(scene, "RECORD_ACKNOWLEDGE", make.at(20, 10)) == ["BODY_ASSESSMENT"]
    assert recorded(scene, "RECORD_ASK_FOR_MORE", make.at(20, 11), reason="Kurang.") == ["DISPATCH"]


def test_a_control_measure_and_its_end_each_give_the_authority_its_time_anew(scene):
    scene.recommend(scene.item)
    reason = {"reason": "Tidak ada jawaban."}
    assert recorded(scene, "RECORD_NOT_FOLLOWED_UP", make.at(20, 9), **reason) == ["PPK_FOLLOW_UP"]
    ends: list[datetime] = []
    for action, data in (("RECORD_CONTROL", {"control": "BLOCK"}), ("RECORD_LIFT_CONTROL", reason)):
        clock = make.at(24 + len(ends), 9)
        assert recorded(scene, action, clock, **data) == ["PPK_FOLLOW_UP"]
        ends.append(scene.item.due_at)
    first = LegalClock.objects.filter(code="PPK_FOLLOW_UP").order_by("pk")[0].due_at
    assert first < ends[0] < ends[1]


def test_who_is_employed_again_finds_the_clock_of_the_state_that_was_left(scene):
    recorded(scene, "RECORD_ACKNOWLEDGE", make.at(19, 9))
    for action, clocks in (("MARK_INACTIVE", []), ("MARK_ACTIVE_AGAIN", ["BODY_ASSESSMENT"])):
        assert recorded(scene, action, make.at(20, 9), reason="Pensiun.") == clocks
