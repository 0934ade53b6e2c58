"""What stands in the inbox of whom, and until when: each kind of work by what makes it one."""

import pytest

from complaints.codes import Channel, Verdict
from complaints.models import (
    Assessment,
    ClarificationSession,
    Recusal,
    ReferralItem,
    Report,
    RequirementCheck,
)
from complaints.services.lodge import lodge_report
from complaints.services.propose_step import propose_step
from complaints.services.record_delivery import Handover, record_delivery
from complaints.workflow.actions import CaseAction, ReportAction
from complaints.workflow.report import REPORT
from neutrality.casework.engine import apply
from neutrality.casework.workflow import StepContext
from neutrality.documents.models import Document
from neutrality.law.books import rulebook_at
from tests.complaints import factories as make
from tests.complaints.case.scene import NEIGHBOUR, Scene, at, logged_in
from tests.complaints.handover.test_delegation import Scene as Traced
from tests.complaints.referral.scene import Scene as Decided

pytestmark = pytest.mark.django_db
DAY = make.at(17).now.date()
NOTICES = "Pemberitahuan kekurangan yang penyampaiannya perlu dicatat"
SESSIONS = "Klarifikasi: undangan, sidang, dan berita acara"
ASSESSMENTS = "Kajian yang menunggu persetujuan orang kedua"


def inbox(browser, clock=None):
    """The addresses in the inbox by their kind of work."""
    with at(clock or make.at(17, 12)):
        works = browser.get("/petugas/").context["works"]
    return {work.title: [row.url for row in work.rows] for work in works}


def holds(browser, title, public_id, clock=None):
    return any(public_id in address for address in inbox(browser, clock).get(title, []))


def in_review(scene):
    """A second report in its initial review, whose file is no case yet."""
    given = make.lodging(contest=scene.report.contest, office=scene.office)
    report = lodge_report(given=given, actor=make.CITIZEN_ACTOR, clock=make.at(17, 8))
    stepped(scene, report, ReportAction.RECEIVE, "intake", identity_check="COUNTER")
    stepped(scene, report, ReportAction.START_REVIEW)
    return Report.objects.get(pk=report.pk)


def stepped(scene, report, action, who="handler", clock=None, **data):
    apply(
        workflow=REPORT,
        action=action,
        subject_id=report.pk,
        actor=scene.actor(who),
        clock=clock or make.at(17, 9),
        context=StepContext(data=data),
    )


def judged(scene, report):
    """Every requirement is judged, and one is not met."""
    rules = rulebook_at(regime="PILKADA", day=DAY).requirements()
    RequirementCheck.objects.bulk_create(
        RequirementCheck(
            report=report,
            code=row.code,
            verdict=Verdict.MET if place else Verdict.NOT_MET,
            reason="" if place else "Belum ada.",
            judged_at=make.at(17, 9).now,
            judged_by=scene.people["handler"],
        )
        for place, row in enumerate(rules)
    )


def delivered(scene, report, received=None):
    record_delivery(
        report_id=report.pk,
        document=Document.objects.get(role="NOTICE_OF_INCOMPLETENESS"),
        handover=Handover(
            channel=Channel.POST,
            sent_at=make.at(17, 11).now,
            received_at=received,
            proof="Resi" if received else "",
        ),
        actor=scene.actor("handler"),
        clock=make.at(18, 9),
    )


def test_a_notice_is_work_until_its_arrival_is_recorded():
    scene = Scene()
    report = in_review(scene)
    judged(scene, report)
    stepped(scene, report, ReportAction.ASK_FOR_COMPLETION, clock=make.at(17, 10))
    browser = scene.client("handler")
    assert holds(browser, NOTICES, report.public_id)
    delivered(scene, report)
    assert holds(browser, NOTICES, report.public_id, make.at(18, 10))
    delivered(scene, report, make.at(17, 15).now)
    assert not holds(browser, NOTICES, report.public_id, make.at(18, 10))


def test_what_is_to_be_referred_without_a_case_waits_for_its_sessions_and_its_second_person():
    scene = Scene()
    report = in_review(scene)
    place = {"matter": report.matter, "office_path": report.matter.office_path}
    given = {**place, "facts": "F", "analysis": "A", "text_sha256": "0" * 64}
    row = Assessment.objects.create(
        **given, version=1, written_at=make.at(17, 9).now, written_by=scene.people["handler"]
    )
    session = ClarificationSession.objects.create(
        **place,
        party=report.matter.parties.get(kind="RESPONDENT"),
        mode="PRESENT",
        place="Ruang",
        starts_at=make.at(19, 9).now,
        ends_at=make.at(19, 10).now,
        planned_by=scene.people["handler"],
    )
    author, second = scene.client("handler"), scene.client("second")
    for browser in (author, second):
        assert holds(browser, SESSIONS, session.public_id)
    assert not holds(author, ASSESSMENTS, report.matter.public_id)
    assert holds(second, ASSESSMENTS, report.matter.public_id)
    neighbour = logged_in(make.user("Staf lain", "handler", office=make.office(NEIGHBOUR)))
    assert inbox(neighbour) == {}
    Assessment.objects.filter(pk=row.pk).update(
        approved_at=make.at(17, 10).now, approved_by=scene.people["second"]
    )
    Report.objects.filter(pk=report.pk).update(state="NOT_REGISTERED")
    for title, public_id in ((ASSESSMENTS, report.matter.public_id), (SESSIONS, session.public_id)):
        assert not holds(second, title, public_id)


def test_an_assessment_that_is_written_during_the_clarification_waits_too():
    scene = Scene()
    scene.step(CaseAction.CLARIFY)
    scene.qualified()
    scene.written()
    assert holds(scene.client("second"), ASSESSMENTS, scene.matter.public_id)
    assert not holds(scene.client("handler"), ASSESSMENTS, scene.matter.public_id)


def test_a_report_that_another_office_hands_over_waits_for_whoever_accepts_it():
    scene = Scene()
    Report.objects.filter(pk=in_review(scene).pk).update(state="TRANSFERRED")
    report = Report.objects.get(state="TRANSFERRED")
    title = "Pelimpahan yang menunggu diterima"
    for who, wanted in (("intake", True), ("handler", True), ("chair", False)):
        assert holds(scene.client(who), title, report.public_id) is wanted, who


def test_a_delegated_tracing_is_work_of_the_office_below_until_it_is_over():
    scene = Traced()
    above, below = logged_in(scene.handler), logged_in(scene.helper)
    title = "Penelusuran yang didelegasikan kepada kantor ini"
    traced = "Informasi awal yang perlu ditelusuri"
    assert holds(above, traced, scene.tip.public_id)
    scene.delegate()
    assert inbox(above) == {}
    assert holds(below, title, scene.tip.public_id)


def test_a_proposal_waits_for_every_commissioner_who_has_not_spoken():
    scene = Scene()
    item = propose_step(
        matter=scene.matter,
        action=CaseAction.EXTEND,
        reason="Saksi belum didengar.",
        actor=scene.actor("handler"),
        clock=make.at(17, 9),
    )
    title = "Menunggu keputusan atau pengesahan pleno"
    for who, wanted in (("chair", True), ("member_b", True), ("handler", False)):
        assert holds(scene.client(who), title, item.public_id) is wanted, who
    given = {"reason": "Kerabat.", "recorded_at": make.at(17, 10).now}
    Recusal.objects.create(item=item, member=scene.people["chair"], **given)
    for who, wanted in (("chair", False), ("member_b", True)):
        assert holds(scene.client(who), title, item.public_id) is wanted, who


def test_what_a_body_has_sent_back_waits_for_the_office():
    scene = Decided()
    (item,) = scene.send()
    title = "Penerusan yang dikembalikan"
    handler, member = logged_in(scene.handler_user), logged_in(scene.member_user)
    assert title not in inbox(handler, make.at(19, 9))
    ReferralItem.objects.filter(pk=item.pk).update(state="RETURNED")
    for browser in (handler, member):
        assert holds(browser, title, item.public_id, make.at(19, 9))
