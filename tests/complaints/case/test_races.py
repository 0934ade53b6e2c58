"""Two people press at once: one acts, the other is told."""

import pytest
import time_machine

from complaints.codes import CaseState, ItemOutcome
from complaints.models import AllegationResult, Attendance, MinutesLine, PlenaryMeeting, Vote
from complaints.services.bring_to_plenary import bring_to_plenary
from complaints.services.open_meeting import open_meeting
from complaints.services.plan_meeting import MeetingPlan, plan_meeting
from complaints.services.take_items import take_items
from neutrality.audit.models import AuditRow
from tests.complaints import factories as make
from tests.complaints.at_once import at_once
from tests.complaints.case.scene import Scene, url

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel(make.at(18, 15).now, tick=False):
        yield


def test_two_commissioners_decide_one_item_once():
    scene = Scene()
    scene.in_assessment()
    scene.approved()
    item = bring_to_plenary(
        matter_id=scene.matter.pk,
        proposal="Usul contoh",
        expected_version=scene.fresh().version,
        actor=scene.actor("handler"),
        clock=make.at(18, 11),
    )
    chair = scene.actor("chair")
    meeting = plan_meeting(
        office=scene.office,
        plan=MeetingPlan(planned_at=make.at(18, 14).now),
        actor=chair,
        clock=make.at(18, 12),
    )
    take_items(meeting_id=meeting.pk, item_ids=[item.pk], actor=chair, clock=make.at(18, 12))
    open_meeting(
        meeting_id=meeting.pk,
        present=[row.pk for row in scene.members],
        chair=scene.members[0].pk,
        actor=chair,
        clock=make.at(18, 14),
    )
    Vote.objects.bulk_create(
        Vote(item=item, member=row, ballot="FOR", cast_at=make.at(18, 14).now)
        for row in scene.members
    )
    browsers = [scene.client("chair"), scene.client("member_b")]
    address, given = url("agenda_decide", item.public_id), {"putusan-keputusan": "Diteruskan"}
    statuses = at_once(*[lambda each=each: each.post(address, given) for each in browsers])
    assert statuses == [302, 409]
    item.refresh_from_db()
    assert (item.outcome, scene.fresh().state) == (ItemOutcome.ADOPTED, CaseState.DECIDED)
    assert (AllegationResult.objects.count(), Attendance.objects.count()) == (1, 3)
    assert AuditRow.objects.filter(what="plenary.decide").count() == 1
    assert PlenaryMeeting.objects.count() == 1


def test_two_clerks_write_one_line_and_no_word_is_lost():
    scene = Scene()
    session = scene.held().session
    address = url("session_minutes", session.public_id)

    def writes(who, answer):
        browser = scene.client(who)
        given = {"nomor": 1, "tanda": "", "tanya": "Siapa?", "jawab": answer}
        return lambda: browser.post(address, given)

    statuses = at_once(writes("handler", "Satu"), writes("second", "Dua"))
    assert statuses == [302, 422]
    assert MinutesLine.objects.count() == 1
