"""What happens a second time: a case opened again, a party heard again, a step corrected."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from complaints.codes import Ballot, CaseState, ReportState
from complaints.models import CompletionRequest, Delivery
from complaints.services.bring_to_plenary import bring_to_plenary
from complaints.services.decide_item import decide_item
from complaints.services.hold_session import Attended, hold_session
from complaints.services.judge_requirements import Judgement, judge_requirements
from complaints.services.lodge import lodge_report
from complaints.services.open_meeting import open_meeting
from complaints.services.plan_meeting import MeetingPlan, plan_meeting
from complaints.services.plan_session import SessionPlan, plan_session
from complaints.services.propose_step import propose_step
from complaints.services.record_tip import record_tip
from complaints.services.take_items import take_items
from complaints.services.vote import BallotGiven, cast_votes
from complaints.workflow.actions import CaseAction, ReportAction, TipAction
from complaints.workflow.report import REPORT
from complaints.workflow.tip import TIP
from neutrality.casework.engine import apply
from neutrality.casework.models import LegalClock, Step
from neutrality.casework.refusals import Refused
from neutrality.casework.workflow import StepContext
from neutrality.law.books import rulebook_at
from tests.complaints import factories as make
from tests.complaints.case.scene import Scene, at, local_input, url
from tests.complaints.evidence.files import picture

pytestmark = pytest.mark.django_db


def decided(scene, item, day):
    """The three members adopt this item in a meeting of its own."""
    chair = scene.actor("chair")
    meeting = plan_meeting(
        office=scene.office,
        plan=MeetingPlan(planned_at=make.at(day, 10).now, place="Ruang rapat"),
        actor=chair,
        clock=make.at(day, 9),
    )
    take_items(meeting_id=meeting.pk, item_ids=[item.pk], actor=chair, clock=make.at(day, 9))
    people = [person.pk for person in scene.members]
    open_meeting(
        meeting_id=meeting.pk, present=people, chair=people[0], actor=chair, clock=make.at(day, 10)
    )
    cast_votes(
        item_id=item.pk,
        ballots=[BallotGiven(member_id=pk, ballot=Ballot.FOR) for pk in people],
        actor=chair,
        clock=make.at(day, 10),
    )
    decide_item(item_id=item.pk, decision="", actor=chair, clock=make.at(day, 11))
    return scene.fresh()


def closed_case():
    """A case in which everything was decided on Thursday 19 June."""
    scene = Scene()
    scene.in_assessment()
    scene.approved()
    item = bring_to_plenary(
        matter_id=scene.matter.pk,
        proposal="Tidak diteruskan",
        expected_version=None,
        actor=scene.actor("handler"),
        clock=make.at(18, 11),
    )
    decided(scene, item, 19)
    return scene


def reopened(scene, day=23):
    item = propose_step(
        matter=scene.fresh(),
        action=CaseAction.REOPEN,
        reason="Ada bukti baru.",
        actor=scene.actor("handler"),
        clock=make.at(day, 8),
    )
    return decided(scene, item, day)


def test_a_case_opened_again_has_a_handling_period_from_that_day():
    scene = closed_case()
    matter = reopened(scene)
    assert (matter.state, matter.extended_at) == (CaseState.ASSESSMENT, None)
    clocks = LegalClock.objects.filter(subject_kind="matter", code="HANDLING").order_by("pk")
    assert [(row.started_at, row.state) for row in clocks] == [
        (make.at(16, 13).now, "met"),
        (make.at(23, 11).now, "open"),
    ]


def test_an_extension_of_a_case_opened_again_counts_from_the_opening():
    scene = closed_case()
    matter = reopened(scene)
    item = propose_step(
        matter=matter,
        action=CaseAction.EXTEND,
        reason="Ahli belum didengar.",
        actor=scene.actor("handler"),
        clock=make.at(24, 8),
    )
    decided(scene, item, 24)
    clock = LegalClock.objects.get(subject_kind="matter", code="HANDLING_EXTENDED")
    assert clock.started_at == make.at(23, 11).now


def test_the_handling_is_extended_once_with_a_reason_and_never_again():
    scene = Scene()
    given = {"action": CaseAction.EXTEND, "actor": scene.actor("handler")}
    with pytest.raises(Refused, match=r"^reason_needed$"):
        propose_step(matter=scene.matter, reason=" ", clock=make.at(18, 8), **given)
    item = propose_step(matter=scene.matter, reason="Saksi sakit.", clock=make.at(18, 8), **given)
    matter = decided(scene, item, 18)
    clocks = LegalClock.objects.filter(subject_kind="matter", code__startswith="HANDLING")
    assert list(clocks.order_by("pk").values_list("code", "state", "started_at")) == [
        ("HANDLING", "met", matter.registered_at),
        ("HANDLING_EXTENDED", "open", matter.registered_at),
    ]
    assert Step.objects.get(action=CaseAction.EXTEND).reason == "Saksi sakit."
    once = "Penanganan hanya dapat diperpanjang satu kali."
    with at(make.at(18, 12)):
        browser, page = scene.client("handler"), url("case_extend", matter.public_id)
        for answer in (browser.get(page), browser.post(page, {"alasan": "Sekali lagi."})):
            assert (answer.status_code, once in answer.content.decode()) == (409, True)
        assert page not in browser.get(url("case", matter.public_id)).content.decode()
    with pytest.raises(Refused, match=r"^extended_before$"):
        propose_step(matter=matter, reason="Sekali lagi.", clock=make.at(18, 12), **given)
    # Nor by a decision that was taken in spite of it.
    with pytest.raises(Refused, match=r"^extended_before$"):
        scene.step(CaseAction.EXTEND, "chair", make.at(18, 13), "Lagi.", agenda_item=item.pk)


@pytest.mark.parametrize("page", ["case_reopen", "case_extend"])
def test_what_the_state_does_not_allow_is_said_before_anything_is_typed(page):
    scene = Scene()
    if page == "case_extend":
        scene = closed_case()
    with at(make.at(19, 12)):
        answer = scene.client("handler").get(url(page, scene.matter.public_id))
    assert answer.status_code == 409


def again(scene, reason, day=20):
    return plan_session(
        matter_id=scene.matter.pk,
        plan=SessionPlan(
            party_id=scene.respondent.pk,
            starts_at=make.at(day, 9).now,
            ends_at=make.at(day, 10).now,
            place="Ruang klarifikasi contoh",
            further_reason=reason,
            short_notice_reason="Disepakati dengan yang diundang.",
        ),
        actor=scene.actor("handler"),
        clock=make.at(19, 13),
    )


def test_who_was_heard_is_heard_again_only_with_a_reason():
    scene = Scene()
    scene.held()
    with pytest.raises(Refused, match=r"^already_heard$"):
        again(scene, " ")
    session = again(scene, "Ada unggahan baru.").session
    assert (session.hearing, session.ordinal) == (2, 1)
    hold_session(
        session_id=session.pk,
        attended=Attended(oath="NOT_ASKED"),
        actor=scene.actor("handler"),
        clock=make.at(20, 9),
    )
    assert again(scene, "Sekali lagi.", day=24).session.hearing == 3


def test_the_page_offers_to_hear_somebody_again():
    scene = Scene()
    scene.step(CaseAction.CLARIFY)
    scene.held()
    page = url("session_plan", scene.matter.public_id)
    given = {
        "pihak": scene.respondent.public_id,
        "mulai": local_input(make.at(23, 9).now),
        "selesai": local_input(make.at(23, 10).now),
        "cara": "PRESENT",
        "tempat": "Ruang rapat",
    }
    with at(make.at(19, 13)):
        browser = scene.client("handler")
        assert "klarifikasi lanjutan" in browser.get(page).content.decode()
        refused = browser.post(page, given)
        assert refused.status_code == 422
        assert 'id="id_alasan_lagi_error"' in refused.content.decode()
        assert browser.post(page, {**given, "alasan_lagi": "Bukti baru."}).status_code == 200


def test_the_proof_of_delivery_is_sealed_and_no_evidence_of_the_case():
    scene = Scene()
    session = scene.session().session
    given = {
        "kirim-cara": "DIRECT",
        "kirim-diterima": local_input(make.at(17, 10).now),
        "kirim-bukti": "Tanda terima",
        "kirim-berkas": SimpleUploadedFile("tanda terima.png", picture(), "image/png"),
    }
    with at(make.at(17, 11)):
        browser = scene.client("handler")
        answer = browser.post(url("session_deliver", session.public_id), given)
        assert answer.status_code == 302
        proof = Delivery.objects.get(document=session.invitation).proof_file
        page = browser.get(url("session", session.public_id)).content.decode()
    assert (proof.is_identity, proof.party) == (True, scene.respondent)
    assert url("evidence", proof.public_id) in page
    assert not scene.matter.evidence.filter(is_identity=False).exists()


def test_a_proof_that_is_no_picture_keeps_what_was_typed():
    scene = Scene()
    session = scene.session().session
    given = {
        "kirim-cara": "DIRECT",
        "kirim-diterima": local_input(make.at(17, 10).now),
        "kirim-bukti": "Tanda terima",
        "kirim-berkas": SimpleUploadedFile("a.exe", b"MZ" + bytes(200)),
    }
    with at(make.at(17, 11)):
        answer = scene.client("handler").post(url("session_deliver", session.public_id), given)
    assert answer.status_code == 422
    assert "Tanda terima" in answer.content.decode()
    assert not Delivery.objects.exists()


def in_review(scene):
    """Another report of the office, in its initial review and found incomplete."""
    given = make.lodging(contest=scene.report.contest, office=scene.office)
    report = lodge_report(given=given, actor=make.CITIZEN_ACTOR, clock=make.at(17, 9))
    for who, action, data in (
        ("intake", ReportAction.RECEIVE, {"identity_check": "COUNTER"}),
        ("handler", ReportAction.START_REVIEW, {}),
    ):
        step(scene, report, action, who, 10, **data)
    codes = [
        row.code for row in rulebook_at(regime="PILKADA", day=make.at(17).now.date()).requirements()
    ]
    judge_requirements(
        report_id=report.pk,
        judgements=[Judgement(code, "NOT_MET", "Belum lengkap.") for code in codes],
        actor=scene.actor("handler"),
        clock=make.at(17, 10),
    )
    return report


def step(scene, report, action, who, hour, **data):
    apply(
        workflow=REPORT,
        action=action,
        subject_id=report.pk,
        actor=scene.actor(who),
        clock=make.at(17, hour),
        context=StepContext(data=data),
    )
    report.refresh_from_db()


def test_a_report_is_corrected_by_two_people_and_the_notice_can_be_asked_for_again():
    scene = Scene()
    report = in_review(scene)
    step(scene, report, ReportAction.ASK_FOR_COMPLETION, "handler", 11)
    page = url("report_correct", report.public_id)
    with at(make.at(17, 12)):
        first, second = scene.client("handler"), scene.client("second")
        assert page in first.get(url("report", report.public_id)).content.decode()
        version = {"versi": str(report.version), "alasan": "Salah tekan."}
        assert first.post(page, version).status_code == 302
        confirm = url("report_correct_confirm", report.public_id)
        assert first.post(confirm).status_code == 422
        assert second.post(confirm).status_code == 302
    report.refresh_from_db()
    assert report.state == ReportState.INITIAL_REVIEW
    assert not CompletionRequest.objects.exists()
    assert Step.objects.filter(subject_kind="report", kind="correction").count() == 1
    step(scene, report, ReportAction.ASK_FOR_COMPLETION, "handler", 13)
    assert CompletionRequest.objects.get().report == report


def test_a_tip_is_corrected_and_declined_by_others():
    scene = Scene()
    given = make.lodging(contest=scene.report.contest, office=scene.office, reporter=None)
    tip = record_tip(given=given, actor=make.CITIZEN_ACTOR, clock=make.at(17, 9))
    apply(
        workflow=TIP,
        action=TipAction.TRACE,
        subject_id=tip.pk,
        actor=scene.actor("handler"),
        clock=make.at(17, 10),
    )
    tip.refresh_from_db()
    with at(make.at(17, 12)):
        browser = scene.client("handler")
        page = url("tip_correct", tip.public_id)
        typed = {"versi": str(tip.version), "alasan": "Salah berkas."}
        assert browser.post(page, typed).status_code == 302
        waiting = scene.client("second").get(page).content.decode()
        decline = url("tip_correct_decline", tip.public_id)
        assert scene.client("second").post(decline).status_code == 302
    assert "Salah berkas." in waiting
    tip.refresh_from_db()
    assert tip.state == "TRACING"


def test_the_page_says_why_a_step_cannot_be_corrected():
    scene = Scene()
    with at(make.at(16, 14)):
        page = scene.client("handler").get(url("report_correct", scene.report.public_id))
    assert page.status_code == 200
    assert "Langkah ini tidak dapat dikoreksi lagi" in page.content.decode()
