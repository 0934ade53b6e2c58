"""The plenary decides by quorum and majority, and what it adopts happens at once."""

import pytest

from complaints.codes import Ballot, ItemOutcome, MeetingState, ReportState, Verdict
from complaints.models import NumberEntry, RequirementCheck
from complaints.services.close_meeting import close_meeting
from complaints.services.coordinate import decide_by_coordination
from complaints.services.decide_item import decide_item
from complaints.services.lodge import lodge_report
from complaints.services.open_meeting import open_meeting
from complaints.services.plan_meeting import MeetingPlan, plan_meeting
from complaints.services.propose_item import Proposal, propose_item
from complaints.services.take_items import take_items, waiting_items
from complaints.services.vote import cast_vote, recuse
from complaints.workflow.actions import ReportAction
from complaints.workflow.report import REPORT
from neutrality.casework.engine import apply
from neutrality.casework.models import ClockState, LegalClock
from neutrality.casework.refusals import Refused
from neutrality.casework.workflow import StepContext
from neutrality.documents.models import Document
from neutrality.law.books import rulebook_at
from neutrality.law.codes import PlenaryMatter
from tests.complaints import factories as make

pytestmark = pytest.mark.django_db


class Scene:
    """A report in its initial review, with every requirement met, and three commissioners."""

    def __init__(self, **lodging):
        self.office = make.office()
        self.handler = make.actor("Staf contoh", "handler", office=self.office)
        self.members = [
            make.actor(f"Anggota {name}", "commissioner", office=self.office) for name in "ABC"
        ]
        self.chair = self.members[0]
        intake = make.actor("Penerima contoh", "intake", office=self.office)
        given = make.lodging(contest=make.contest(), **lodging)
        self.report = lodge_report(given=given, actor=make.CITIZEN_ACTOR, clock=make.at(16, 9))
        self.step(ReportAction.RECEIVE, intake, identity_check="COUNTER")
        self.step(ReportAction.START_REVIEW, self.handler)
        RequirementCheck.objects.bulk_create(
            RequirementCheck(
                report=self.report,
                code=row.code,
                verdict=Verdict.MET,
                judged_at=make.at(16, 12).now,
                judged_by_id=self.handler.user_id,
            )
            for row in rulebook_at(regime="PILKADA", day=make.at().now.date()).requirements()
        )

    def step(self, action, actor, reason="", **data):
        return apply(
            workflow=REPORT,
            action=action,
            subject_id=self.report.pk,
            actor=actor,
            clock=make.at(16, 10),
            context=StepContext(reason=reason, data=data),
        )

    def propose(self, action=ReportAction.REGISTER, meeting=None, **payload):
        return propose_item(
            matter=self.report.matter,
            proposal=Proposal(
                kind=PlenaryMatter.INITIAL_REVIEW_OUTCOME,
                action=action,
                text="Usul contoh",
                payload=payload,
                report=self.report,
                meeting=meeting,
            ),
            actor=self.handler,
            clock=make.at(16, 13),
        )

    def meeting(self, present=3):
        plan = MeetingPlan(planned_at=make.at(16, 14).now, place="Ruang rapat contoh")
        meeting = plan_meeting(
            office=self.office, plan=plan, actor=self.handler, clock=make.at(16, 13)
        )
        return open_meeting(
            meeting_id=meeting.pk,
            present=[key for member in self.members[:present] if (key := member.user_id)],
            chair=self.chair.user_id,
            actor=self.chair,
            clock=make.at(16, 14),
        )

    def vote(self, item, *ballots):
        for member, ballot in zip(self.members, ballots, strict=False):
            cast_vote(
                item_id=item.pk,
                member_id=member.user_id,
                ballot=ballot,
                dissent="",
                actor=self.handler,
                clock=make.at(16, 15),
            )

    def decide(self, item):
        return decide_item(item_id=item.pk, decision="", actor=self.chair, clock=make.at(16, 15))


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def test_an_adopted_registration_registers_the_report():
    scene = Scene()
    item = scene.propose(meeting=scene.meeting())
    scene.vote(item, Ballot.FOR, Ballot.AGAINST, Ballot.FOR)
    assert scene.decide(item).outcome == ItemOutcome.ADOPTED
    scene.report.refresh_from_db()
    assert scene.report.state == ReportState.REGISTERED
    item.refresh_from_db()
    assert item.used_at == make.at(16, 15).now


@pytest.mark.parametrize(
    ("ballots", "outcome"),
    [
        ((Ballot.AGAINST, Ballot.AGAINST, Ballot.FOR), ItemOutcome.REJECTED),
        ((Ballot.FOR, Ballot.AGAINST, Ballot.ABSTAIN), ItemOutcome.DEFERRED),
    ],
)
def test_without_a_majority_nothing_happens_to_the_report(ballots, outcome):
    scene = Scene()
    item = scene.propose(meeting=scene.meeting())
    scene.vote(item, *ballots)
    assert scene.decide(item).outcome == outcome
    scene.report.refresh_from_db()
    assert scene.report.state == ReportState.INITIAL_REVIEW


def test_a_meeting_without_quorum_does_not_open():
    scene = Scene()
    with refused("no_quorum"):
        scene.meeting(present=1)


def test_missing_votes_keep_an_item_open():
    scene = Scene()
    item = scene.propose(meeting=scene.meeting())
    scene.vote(item, Ballot.FOR, Ballot.FOR)
    with refused("votes_missing"):
        scene.decide(item)


def test_a_recused_member_neither_votes_nor_counts():
    scene = Scene()
    item = scene.propose(meeting=scene.meeting())
    recuse(
        item_id=item.pk,
        member_id=scene.members[2].user_id,
        reason="Kerabat terlapor",
        actor=scene.members[2],
        clock=make.at(16, 14),
    )
    with refused("member_recused"):
        scene.vote(item, Ballot.FOR, Ballot.FOR, Ballot.FOR)
    assert scene.decide(item).outcome == ItemOutcome.ADOPTED


def test_recusals_can_leave_too_few_members_to_decide():
    scene = Scene()
    item = scene.propose(meeting=scene.meeting())
    for member in scene.members[1:]:
        recuse(
            item_id=item.pk,
            member_id=member.user_id,
            reason="Kerabat terlapor",
            actor=member,
            clock=make.at(16, 14),
        )
    scene.vote(item, Ballot.FOR)
    with refused("nobody_may_vote"):
        scene.decide(item)


def test_a_step_that_is_refused_leaves_the_item_undecided():
    scene = Scene()
    RequirementCheck.objects.filter(report=scene.report).update(
        verdict=Verdict.NOT_MET, reason="Kurang"
    )
    item = scene.propose(meeting=scene.meeting())
    scene.vote(item, Ballot.FOR, Ballot.FOR, Ballot.FOR)
    with refused("something_missing"):
        scene.decide(item)
    item.refresh_from_db()
    assert (item.outcome, item.decided_at) == (ItemOutcome.PENDING, None)
    assert NumberEntry.objects.filter(matter=scene.report.matter, kind="REG_LP").count() == 0


def test_the_same_proposal_does_not_wait_twice():
    scene = Scene()
    scene.propose()
    with refused("item_waits"):
        scene.propose()


def test_a_coordinators_decision_stands_until_the_plenary_ratifies_it():
    scene = Scene()
    item = scene.propose()
    decide_by_coordination(
        item_id=item.pk, decision="Setuju", actor=scene.chair, clock=make.at(16, 13)
    )
    scene.report.refresh_from_db()
    assert scene.report.state == ReportState.REGISTERED
    ratification = LegalClock.objects.get(code="RATIFICATION")
    assert ratification.state == ClockState.OPEN
    meeting = scene.meeting()
    item.refresh_from_db()
    item.meeting = meeting
    item.save(update_fields=["meeting"])
    scene.vote(item, Ballot.FOR, Ballot.FOR, Ballot.FOR)
    assert scene.decide(item).ratified_at == make.at(16, 15).now
    ratification.refresh_from_db()
    assert ratification.state == ClockState.MET


def test_a_coordinators_decision_that_the_plenary_votes_down_is_not_ratified():
    scene = Scene()
    item = scene.propose()
    decide_by_coordination(item_id=item.pk, decision="", actor=scene.chair, clock=make.at(16, 13))
    meeting = scene.meeting()
    take_items(meeting_id=meeting.pk, item_ids=[item.pk], actor=scene.chair, clock=make.at(16, 14))
    scene.vote(item, Ballot.AGAINST, Ballot.AGAINST, Ballot.FOR)
    with refused("not_ratified"):
        scene.decide(item)
    item.refresh_from_db()
    assert item.ratified_at is None
    assert LegalClock.objects.get(code="RATIFICATION").state == ClockState.OPEN


def test_results_are_never_decided_by_the_coordinator():
    scene = Scene()
    item = scene.propose()
    item.kind = PlenaryMatter.RESULT
    item.save(update_fields=["kind"])
    with refused("plenary_only"):
        decide_by_coordination(
            item_id=item.pk, decision="Setuju", actor=scene.chair, clock=make.at(16, 13)
        )


def test_closing_writes_minutes_and_extracts_that_name_no_other_matter():
    first, second = Scene(), Scene()
    meeting = first.meeting()
    one = first.propose(meeting=meeting)
    first.vote(one, Ballot.FOR, Ballot.FOR, Ballot.FOR)
    first.decide(one)
    waiting = second.propose(meeting=meeting)
    closed = close_meeting(meeting_id=meeting.pk, actor=first.chair, clock=make.at(16, 16))
    assert closed.state == MeetingState.CLOSED
    waiting.refresh_from_db()
    assert waiting.meeting is None
    papers = {row.role: row for row in Document.objects.filter(role__startswith="PLENARY")}
    assert set(papers) == {"PLENARY_MINUTES", "PLENARY_EXTRACT"}
    assert papers["PLENARY_EXTRACT"].matter_ref == first.report.matter_id
    assert second.report.matter.public_id not in str(papers["PLENARY_EXTRACT"].content)


def test_votes_of_a_closed_meeting_do_not_count_in_the_next():
    scene = Scene()
    first = scene.meeting()
    item = scene.propose(meeting=first)
    scene.vote(item, Ballot.FOR, Ballot.FOR)
    close_meeting(meeting_id=first.pk, actor=scene.chair, clock=make.at(16, 16))
    second = scene.meeting(present=2)
    take_items(meeting_id=second.pk, item_ids=[item.pk], actor=scene.chair, clock=make.at(16, 16))
    with refused("votes_missing"):
        scene.decide(item)


def test_what_was_not_ratified_waits_for_the_next_meeting():
    scene = Scene()
    item = scene.propose()
    decide_by_coordination(item_id=item.pk, decision="", actor=scene.chair, clock=make.at(16, 13))
    first = scene.meeting()
    take_items(meeting_id=first.pk, item_ids=[item.pk], actor=scene.chair, clock=make.at(16, 14))
    close_meeting(meeting_id=first.pk, actor=scene.chair, clock=make.at(16, 16))
    assert list(waiting_items()) == [item]
    second = scene.meeting()
    take_items(meeting_id=second.pk, item_ids=[item.pk], actor=scene.chair, clock=make.at(16, 14))
    scene.vote(item, Ballot.FOR, Ballot.FOR, Ballot.FOR)
    assert scene.decide(item).ratified_at == make.at(16, 15).now
    with refused("item_decided"):
        scene.vote(item, Ballot.AGAINST)


def test_nothing_is_put_on_the_agenda_of_a_meeting_that_was_closed_meanwhile():
    scene = Scene()
    meeting = scene.meeting()
    close_meeting(meeting_id=meeting.pk, actor=scene.chair, clock=make.at(16, 16))
    assert meeting.state == MeetingState.OPEN  # what the page still shows
    with refused("meeting_over"):
        scene.propose(meeting=meeting)
