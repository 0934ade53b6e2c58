"""A file changes hands as a whole; the former office reads what it did, and no identity."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from complaints import access
from complaints.codes import Ballot, CaseState, HandlingRole, Verdict
from complaints.models import (
    AgendaItem,
    ClarificationSession,
    Matter,
    Report,
    RequirementCheck,
    Tip,
)
from complaints.services.coordinate import decide_by_coordination
from complaints.services.decide_item import decide_item
from complaints.services.lodge import lodge_report
from complaints.services.open_meeting import open_meeting
from complaints.services.plan_meeting import MeetingPlan, plan_meeting
from complaints.services.propose_item import Proposal, propose_item
from complaints.services.propose_step import propose_step, propose_takeover
from complaints.services.record_tip import record_tip
from complaints.services.vote import BallotGiven, cast_votes
from complaints.workflow.actions import CaseAction, ReportAction, TipAction
from complaints.workflow.report import REPORT
from complaints.workflow.tip import TIP
from neutrality.accounts.actors import actor_of
from neutrality.audit.models import AuditRow
from neutrality.casework.corrections import confirm_request, request_correction
from neutrality.casework.engine import apply
from neutrality.casework.models import LegalClock
from neutrality.casework.refusals import Refused
from neutrality.casework.workflow import StepContext
from neutrality.documents.models import Classification, Document
from neutrality.law.books import rulebook_at
from neutrality.law.codes import PlenaryMatter
from neutrality.notifications.models import Outbox
from tests.complaints import factories as make
from tests.complaints.case.scene import NEIGHBOUR, PROVINCE, Scene, at, logged_in, url

pytestmark = pytest.mark.django_db
DAY = make.at().now.date()


def with_more_in_the_file(scene):
    """The registered case, with another report in its initial review and a tip."""
    given = make.lodging(contest=scene.report.contest, office=scene.office)
    report = lodge_report(given=given, actor=make.CITIZEN_ACTOR, clock=make.at(16, 14))
    intake, handler = scene.actor("intake"), scene.actor("handler")
    for action, actor, data in (
        (ReportAction.RECEIVE, intake, {"identity_check": "COUNTER"}),
        (ReportAction.START_REVIEW, handler, {}),
    ):
        apply(
            workflow=REPORT,
            action=action,
            subject_id=report.pk,
            actor=actor,
            clock=make.at(16, 15),
            context=StepContext(data=data),
        )
    tip_given = make.lodging(contest=scene.report.contest, office=scene.office, reporter=None)
    tip = record_tip(given=tip_given, actor=make.CITIZEN_ACTOR, clock=make.at(16, 15))
    for row in (report, tip):
        type(row).objects.filter(pk=row.pk).update(matter=scene.matter)
        row.refresh_from_db()
    return report, tip


def transferred(scene, report, office):
    """The plenary's coordinator transfers this report."""
    item = propose_item(
        matter=scene.matter,
        proposal=Proposal(
            kind=PlenaryMatter.TRANSFER,
            action=ReportAction.TRANSFER,
            text="Tempat kejadian di kota lain.",
            payload={"office": office.pk},
            report=report,
        ),
        actor=scene.actor("handler"),
        clock=make.at(17, 9),
    )
    return decide_by_coordination(
        item_id=item.pk, decision="Setuju", actor=scene.actor("chair"), clock=make.at(17, 10)
    )


def taken_over(scene):
    """The province's plenary takes the case over; returns its office and commissioners."""
    province = make.office(PROVINCE)
    members = [make.user(f"Anggota provinsi {n}", "commissioner", office=province) for n in "ABC"]
    chair = actor_of(user=members[0], day=DAY)
    item = propose_takeover(
        matter=scene.matter, reason="Kuorum tidak tercapai.", actor=chair, clock=make.at(17, 9)
    )
    meeting = plan_meeting(
        office=province,
        plan=MeetingPlan(planned_at=make.at(17, 13).now, place="Ruang rapat"),
        actor=chair,
        clock=make.at(17, 10),
    )
    AgendaItem.objects.filter(pk=item.pk).update(meeting=meeting, position=1)
    open_meeting(
        meeting_id=meeting.pk,
        present=[member.pk for member in members],
        chair=members[0].pk,
        actor=chair,
        clock=make.at(17, 13),
    )
    cast_votes(
        item_id=item.pk,
        ballots=[BallotGiven(member_id=member.pk, ballot=Ballot.FOR) for member in members],
        actor=chair,
        clock=make.at(17, 14),
    )
    decide_item(item_id=item.pk, decision="Diambil alih", actor=chair, clock=make.at(17, 14))
    return province, members


def test_a_transfer_takes_every_entry_of_the_file_along():
    scene, office = Scene(), make.office(NEIGHBOUR)
    report, tip = with_more_in_the_file(scene)
    transferred(scene, report, office)
    moved = {
        *Matter.objects.filter(pk=scene.matter.pk).values_list("office_path", flat=True),
        *Report.objects.filter(matter=scene.matter).values_list("office_path", flat=True),
        *Tip.objects.filter(matter=scene.matter).values_list("office_path", flat=True),
    }
    assert moved == {office.path}
    old = scene.actor("handler")
    assert not access.reports_for(actor=old, day=DAY).filter(matter=scene.matter).exists()
    assert not access.tips_for(actor=old, day=DAY).filter(pk=tip.pk).exists()


def test_clocks_follow_the_file_and_end_when_they_did():
    scene, office = Scene(), make.office(NEIGHBOUR)
    report, _tip = with_more_in_the_file(scene)
    handling = LegalClock.objects.get(
        subject_kind="matter", subject_id=scene.matter.pk, code="HANDLING"
    )
    transferred(scene, report, office)
    moved = LegalClock.objects.get(pk=handling.pk)
    assert moved.organisation_path == office.path
    assert (moved.started_at, moved.due_at) == (handling.started_at, handling.due_at)


def test_a_ratification_stays_with_the_office_whose_coordinator_decided():
    scene, office = Scene(), make.office(NEIGHBOUR)
    report, _tip = with_more_in_the_file(scene)
    item = transferred(scene, report, office)
    clock = LegalClock.objects.get(
        subject_kind="matter", subject_id=scene.matter.pk, code="RATIFICATION", state="open"
    )
    assert clock.organisation_path == scene.office.path
    assert access.agenda_for(actor=scene.actor("chair"), day=DAY).filter(pk=item.pk).exists()


def test_undecided_items_wait_for_the_new_office():
    scene, office = Scene(), make.office(NEIGHBOUR)
    report, _tip = with_more_in_the_file(scene)
    waiting = propose_step(
        matter=scene.matter,
        action=CaseAction.EXTEND,
        reason="Saksi belum didengar.",
        actor=scene.actor("handler"),
        clock=make.at(17, 8),
    )
    transferred(scene, report, office)
    waiting.refresh_from_db()
    assert (waiting.office_id, waiting.meeting_id) == (office.pk, None)


def test_the_other_reporters_are_told_where_their_report_is():
    scene, office = Scene(), make.office(NEIGHBOUR)
    report, _tip = with_more_in_the_file(scene)
    transferred(scene, report, office)
    told = Outbox.objects.filter(kind="report_transferred").values_list("identity_id", flat=True)
    reporters = scene.matter.parties.filter(kind="REPORTER").values_list("identity_id", flat=True)
    own = report.parties.filter(kind="REPORTER").values_list("identity_id", flat=True)
    assert Counter(told) == Counter([*reporters, *own])
    along = AuditRow.objects.filter(what="report.moved_with_its_file")
    assert [row.subject_id for row in along] == [scene.report.pk]


def test_a_tip_of_a_registered_case_does_not_drag_the_case_away():
    scene = Scene()
    _report, tip = with_more_in_the_file(scene)
    with pytest.raises(Refused, match=r"^is_a_case$"):
        apply(
            workflow=TIP,
            action=TipAction.TRANSFER,
            subject_id=tip.pk,
            actor=scene.actor("handler"),
            clock=make.at(17, 9),
            context=StepContext(reason="Salah alamat.", data={"office": make.office(NEIGHBOUR).pk}),
        )


def test_an_office_above_takes_a_case_over_with_its_clock():
    scene = Scene()
    scene.step(CaseAction.CLARIFY)
    province, _members = taken_over(scene)
    matter = scene.fresh()
    assert (matter.office_path, matter.state) == (province.path, CaseState.CLARIFICATION)
    clock = LegalClock.objects.get(subject_kind="matter", subject_id=matter.pk, code="HANDLING")
    assert clock.organisation_path == province.path
    letter = Document.objects.get(role="TAKEOVER")
    assert (letter.form_code, letter.office_id) == ("A.8", province.pk)
    spans = matter.handlings.filter(role=HandlingRole.RESPONSIBLE).order_by("pk")
    assert [(row.office_id, row.until_at is None) for row in spans] == [
        (scene.office.pk, False),
        (province.pk, True),
    ]


def asked_to_complete(scene, report):
    """The report lacks everything, and its former office asks for it."""
    RequirementCheck.objects.bulk_create(
        RequirementCheck(
            report=report,
            code=row.code,
            verdict=Verdict.NOT_MET,
            reason="Kurang.",
            judged_at=make.at(16, 15).now,
            judged_by=scene.people["handler"],
        )
        for row in rulebook_at(regime=report.contest.election.regime, day=DAY).requirements()
    )
    apply(
        workflow=REPORT,
        action=ReportAction.ASK_FOR_COMPLETION,
        subject_id=report.pk,
        actor=scene.actor("handler"),
        clock=make.at(17, 8),
    )


def test_a_clock_that_a_correction_lets_run_on_is_that_of_the_office_that_has_the_file_now():
    scene = Scene()
    report, _tip = with_more_in_the_file(scene)
    asked_to_complete(scene, report)
    province, members = taken_over(scene)
    first, second = (actor_of(user=member, day=DAY) for member in members[:2])
    asked = request_correction(
        workflow=REPORT,
        subject_id=report.pk,
        reason="Syaratnya terpenuhi.",
        actor=first,
        clock=make.at(17, 15),
    )
    confirm_request(request_id=asked.pk, actor=second, clock=make.at(17, 15))
    clock = LegalClock.objects.get(subject_kind="report", subject_id=report.pk, state="open")
    assert (clock.code, clock.organisation_path) == ("INITIAL_REVIEW", province.path)


def test_what_is_open_in_a_case_is_work_of_the_next_office():
    scene = Scene()
    scene.step(CaseAction.CLARIFY)
    scene.qualified()
    scene.written()
    session = ClarificationSession.objects.create(
        matter=scene.matter,
        office_path=scene.matter.office_path,
        party=scene.respondent,
        mode="PRESENT",
        place="Ruang",
        starts_at=make.at(17, 16).now,
        ends_at=make.at(17, 17).now,
        planned_by=scene.people["handler"],
    )
    province, _members = taken_over(scene)
    heir = make.user("Petugas provinsi", "handler", office=province)
    with at(make.at(17, 15)):
        work = logged_in(heir).get("/petugas/").content.decode()
        left = scene.client("second").get("/petugas/").content.decode()
    assert (session.public_id in work, "persetujuan orang kedua" in work) == (True, True)
    assert (session.public_id in left, "persetujuan orang kedua" in left) == (False, False)


def test_nobody_but_an_office_above_takes_over():
    scene = Scene()
    for person in (scene.actor("chair"), _commissioner(NEIGHBOUR), _commissioner("61")):
        with pytest.raises(Refused, match=r"^not_an_office_above$"):
            propose_takeover(
                matter=scene.matter, reason="Ingin tahu.", actor=person, clock=make.at(17, 9)
            )


def test_the_takeover_is_proposed_on_a_page_of_the_office_above():
    scene = Scene()
    person = make.user("Ketua provinsi", "supervisor", office=make.office(PROVINCE))
    page = url("case_take_over", scene.matter.public_id)
    with at(make.at(17, 9)):
        browser = logged_in(person)
        assert page in browser.get(url("case", scene.matter.public_id)).content.decode()
        assert browser.get(page).status_code == 200
        assert browser.post(page, {"alasan": ""}).status_code == 422
        assert browser.post(page, {"alasan": "Kuorum tidak tercapai."}).status_code == 302
        assert browser.post(page, {"alasan": "Sekali lagi."}).status_code == 409
        assert scene.client("chair").get(page).status_code == 404
    item = AgendaItem.objects.get(action=CaseAction.TAKE_OVER)
    assert item.office.path == make.office(PROVINCE).path


def test_the_former_office_reads_what_it_did_and_no_identity():
    scene = Scene()
    province, _members = taken_over(scene)
    page = url("former_file", scene.matter.public_id)
    own = Document.objects.filter(matter_ref=scene.matter.pk, office=scene.office)
    plain = own.exclude(classification=Classification.IDENTITY).order_by("pk")[0]
    sealed = own.filter(classification=Classification.IDENTITY).order_by("pk")[0]
    with at(make.at(18, 9)):
        browser = scene.client("handler")
        assert browser.get(url("case", scene.matter.public_id)).status_code == 404
        listed = browser.get(url("former_files")).content.decode()
        shown = browser.get(page).content.decode()
        assert page in listed
        assert province.name in shown
        assert str(plain.public_id) in shown
        assert str(sealed.public_id) not in shown
        assert browser.get(url("document", plain.public_id)).status_code == 200
        assert browser.get(url("document", sealed.public_id)).status_code == 404
        takeover = Document.objects.get(role="TAKEOVER")
        assert browser.get(url("document", takeover.public_id)).status_code == 404
        neighbour = logged_in(make.user("Orang lain", "handler", office=make.office(NEIGHBOUR)))
        assert neighbour.get(page).status_code == 404


def test_a_decision_of_the_former_office_leads_to_what_is_left_of_the_file():
    scene = Scene()
    taken_over(scene)
    with at(make.at(18, 9)):
        page = scene.client("chair").get(url("agenda_item", scene.first_item.public_id))
    assert url("former_file", scene.matter.public_id) in page.content.decode()


def test_the_list_of_former_files_costs_the_same_for_one_and_for_many(django_assert_num_queries):
    scene = Scene()
    taken_over(scene)
    person = scene.client("handler")
    with at(make.at(18, 9)):
        person.get(url("former_files"))
        with CaptureQueriesContext(connection) as one:
            person.get(url("former_files"))
        for _ in range(3):
            other = make.lodging(office=scene.office)
            report = lodge_report(given=other, actor=make.CITIZEN_ACTOR, clock=make.at(16, 9))
            apply(
                workflow=REPORT,
                action=ReportAction.REROUTE,
                subject_id=report.pk,
                actor=scene.actor("intake"),
                clock=make.at(16, 10),
                context=StepContext(
                    reason="Salah alamat.", data={"office": make.office(NEIGHBOUR).pk}
                ),
            )
        with django_assert_num_queries(len(one)):
            person.get(url("former_files"))


def _commissioner(code):
    person = make.user("Anggota lain", "commissioner", office=make.office(code))
    return actor_of(user=person, day=DAY)
