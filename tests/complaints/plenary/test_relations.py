"""Whom a declared relation ties to a respondent neither judges the matter nor reads about it."""

from datetime import date

import pytest

from complaints import access
from complaints.codes import Ballot
from complaints.models import Party, Recusal, Vote
from complaints.services.close_meeting import close_meeting
from complaints.services.decide_item import decide_item
from complaints.services.open_meeting import open_meeting
from complaints.services.plan_meeting import MeetingPlan, plan_meeting
from complaints.services.propose_step import propose_step
from complaints.services.take_items import take_items
from complaints.services.vote import BallotGiven, cast_vote, cast_votes
from complaints.workflow.actions import CaseAction
from complaints.workflow.case import CASE
from neutrality.accounts.models import RelationKind
from neutrality.accounts.services import declare_relation
from neutrality.casework.engine import apply
from neutrality.casework.refusals import Refused
from neutrality.documents.models import Document
from tests.complaints import factories as make
from tests.complaints.case.scene import PROVINCE, Scene, at, url
from tests.complaints.referral.scene import agency

pytestmark = pytest.mark.django_db
DAY = make.at().now.date()


def tied(scene, *people):
    """Declare that these members are tied to the agency of the respondent."""
    employer = agency("kota-contoh")
    Party.objects.filter(matter=scene.matter, kind="RESPONDENT").update(agency=employer)
    head = make.actor("Ketua provinsi", "supervisor", office=make.office(PROVINCE))
    for who in people:
        declare_relation(
            user=scene.people[who],
            subject=employer,
            kind=RelationKind.values[0],
            valid_from=date(2025, 6, 1),
            actor=head,
            clock=make.at(16, 14),
        )


def extension(scene):
    """A proposal to extend, which waits for a meeting."""
    return propose_step(
        matter=scene.matter,
        action=CaseAction.EXTEND,
        reason="Saksi belum didengar.",
        actor=scene.actor("handler"),
        clock=make.at(17, 9),
    )


def planned(scene):
    return plan_meeting(
        office=scene.office,
        plan=MeetingPlan(planned_at=make.at(17, 13).now, place="Ruang rapat"),
        actor=scene.actor("chair"),
        clock=make.at(17, 9),
    )


def opened(scene, meeting):
    return open_meeting(
        meeting_id=meeting.pk,
        present=[person.pk for person in scene.members],
        chair=scene.members[0].pk,
        actor=scene.actor("chair"),
        clock=make.at(17, 13),
    )


def taken(scene, meeting, item):
    take_items(
        meeting_id=meeting.pk,
        item_ids=[item.pk],
        actor=scene.actor("chair"),
        clock=make.at(17, 13),
    )


def ballots(scene, *people):
    return [BallotGiven(member_id=scene.people[who].pk, ballot=Ballot.FOR) for who in people]


def test_a_tied_member_stands_aside_when_the_meeting_opens():
    scene = Scene()
    tied(scene, "member_b")
    meeting, item = planned(scene), extension(scene)
    taken(scene, meeting, item)
    opened(scene, meeting)
    recusal = Recusal.objects.get()
    assert (recusal.item_id, recusal.member) == (item.pk, scene.people["member_b"])
    assert recusal.reason == "Ada hubungan yang dinyatakan dengan terlapor"


def test_a_tied_member_stands_aside_on_what_comes_onto_the_open_agenda():
    scene = Scene()
    tied(scene, "member_b")
    meeting, item = planned(scene), extension(scene)
    opened(scene, meeting)
    taken(scene, meeting, item)
    assert [row.member for row in Recusal.objects.all()] == [scene.people["member_b"]]


def test_a_relation_declared_during_the_meeting_takes_the_ballot_away():
    scene = Scene()
    meeting, item = planned(scene), extension(scene)
    opened(scene, meeting)
    taken(scene, meeting, item)
    cast_votes(
        item_id=item.pk,
        ballots=ballots(scene, "member_b"),
        actor=scene.actor("handler"),
        clock=make.at(17, 14),
    )
    tied(scene, "member_b")
    cast_votes(
        item_id=item.pk,
        ballots=ballots(scene, "chair", "member_b", "member_c"),
        actor=scene.actor("handler"),
        clock=make.at(17, 14),
    )
    voters = set(Vote.objects.filter(item=item).values_list("member__name", flat=True))
    assert voters == {"Anggota A", "Anggota C"}
    with pytest.raises(Refused, match=r"^member_recused$"):
        cast_vote(
            item_id=item.pk,
            member_id=scene.people["member_b"].pk,
            ballot=Ballot.FOR,
            dissent="",
            actor=scene.actor("handler"),
            clock=make.at(17, 14),
        )


def test_ballots_are_saved_together_or_not_at_all():
    scene = Scene()
    meeting, item = planned(scene), extension(scene)
    opened(scene, meeting)
    taken(scene, meeting, item)
    stranger = BallotGiven(member_id=scene.people["handler"].pk, ballot=Ballot.FOR)
    with pytest.raises(Refused, match=r"^not_a_member$"):
        cast_votes(
            item_id=item.pk,
            ballots=[*ballots(scene, "chair"), stranger],
            actor=scene.actor("handler"),
            clock=make.at(17, 14),
        )
    assert not Vote.objects.exists()


def test_a_tied_member_reads_no_minutes_that_name_the_matter():
    scene = Scene()
    tied(scene, "member_b")
    meeting, item = planned(scene), extension(scene)
    taken(scene, meeting, item)
    opened(scene, meeting)
    cast_votes(
        item_id=item.pk,
        ballots=ballots(scene, "chair", "member_c"),
        actor=scene.actor("handler"),
        clock=make.at(17, 14),
    )
    decide_item(item_id=item.pk, decision="", actor=scene.actor("chair"), clock=make.at(17, 14))
    close_meeting(meeting_id=meeting.pk, actor=scene.actor("chair"), clock=make.at(17, 15))
    minutes = Document.objects.get(role="PLENARY_MINUTES")
    seen = {
        who: access.documents_for(actor=scene.actor(who), day=DAY).filter(pk=minutes.pk).exists()
        for who in ("chair", "member_b", "member_c", "handler")
    }
    assert seen == {"chair": True, "member_b": False, "member_c": True, "handler": True}
    with at(make.at(18, 9)):
        page = scene.client("member_b").get(url("meeting", meeting.public_id)).content.decode()
        answer = scene.client("member_b").get(url("document", minutes.public_id))
    assert str(minutes.public_id) not in page
    assert answer.status_code == 404


def test_a_tied_officer_takes_no_step_even_past_the_pages():
    scene = Scene()
    tied(scene, "handler")
    with pytest.raises(Refused, match=r"^not_yours$"):
        apply(
            workflow=CASE,
            action=CaseAction.CLARIFY,
            subject_id=scene.matter.pk,
            actor=scene.actor("handler"),
            clock=make.at(17, 9),
        )


def test_who_stood_aside_does_not_count_for_the_quorum_and_the_page_says_it_is_assumed():
    scene = Scene()
    tied(scene, "member_b", "member_c")
    meeting, item = planned(scene), extension(scene)
    taken(scene, meeting, item)
    opened(scene, meeting)
    cast_votes(
        item_id=item.pk,
        ballots=ballots(scene, "chair"),
        actor=scene.actor("handler"),
        clock=make.at(17, 14),
    )
    with pytest.raises(Refused, match=r"^nobody_may_vote$"):
        decide_item(item_id=item.pk, decision="", actor=scene.actor("chair"), clock=make.at(17, 14))
    with at(make.at(17, 14)):
        page = scene.client("chair").get(url("agenda_item", item.public_id)).content.decode()
    assert "Anggapan yang belum dipastikan" in page
