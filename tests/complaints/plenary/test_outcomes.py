"""What the plenary decides about a report besides its registration, and who is told of each step."""

import pytest
from django.core import mail
from django.test import Client

from complaints.codes import Ballot, CaseState, ReportState, TipState, Verdict
from complaints.models import Report, RequirementCheck, Tip
from complaints.services.codes import new_code
from complaints.services.lodge import lodge_report
from complaints.workflow.actions import CaseAction, ReportAction, TipAction
from complaints.workflow.report import REPORT
from complaints.workflow.tip import TIP
from neutrality.casework.engine import apply
from neutrality.casework.models import ClockState, LegalClock
from neutrality.casework.refusals import Refused
from neutrality.casework.workflow import StepContext
from neutrality.documents.models import Classification, Document
from neutrality.law.codes import FormRole, PeriodCode
from neutrality.notifications.contacts import digest_of
from neutrality.notifications.delivery import deliver_batch
from neutrality.notifications.models import Channel, ContactPoint, Outbox
from tests.complaints import factories as make
from tests.complaints.case.scene import Scene as CaseScene
from tests.complaints.case.test_case_pages import decided
from tests.complaints.plenary.test_plenary import Scene

pytestmark = pytest.mark.django_db


def adopted(scene, action):
    """The handler proposes, three members vote for it in a meeting; return the report as it is."""
    item = scene.propose(action, meeting=scene.meeting())
    scene.vote(item, Ballot.FOR, Ballot.FOR, Ballot.FOR)
    scene.decide(item)
    return Report.objects.get(pk=scene.report.pk)


def told(report):
    """The kinds of messages to the reporter, in the order in which they were written."""
    person = report.parties.get(kind="REPORTER").identity_id
    rows = Outbox.objects.filter(identity_id=person).exclude(kind="contact_code")
    return list(rows.order_by("pk").values_list("kind", flat=True))


def confirmed(report):
    """The reporter has confirmed the e-mail address."""
    ContactPoint.objects.create(
        identity_id=report.parties.get(kind="REPORTER").identity_id,
        channel=Channel.EMAIL,
        address_digest=digest_of(Channel.EMAIL, make.identity().email),
        asked_at=make.at(16, 9).now,
        confirmed_at=make.at(16, 9).now,
    )


def mailbox(code):
    """What the tracking page says to whoever has the code."""
    browser = Client()
    browser.post("/lacak/", {"kode": code.text})
    return browser.get("/lacak/laporan/").content.decode()


@pytest.fixture
def code():
    return new_code()


@pytest.fixture
def scene(db, code):
    return Scene(code_digest=code.digest())


def test_a_declined_report_gets_its_notice_its_message_and_its_public_line(scene, code):
    report = adopted(scene, ReportAction.DECLINE)
    assert (report.state, report.ended_at) == (ReportState.NOT_REGISTERED, make.at(16, 15).now)
    notice = Document.objects.get(subject_id=report.pk, role=FormRole.STATUS_NOTICE)
    # Perbawaslu 8/2020 calls the forms A what Perbawaslu 7/2022 calls B.
    assert (notice.form_code, notice.classification) == ("A.18", Classification.PARTY)
    assert told(report)[-1] == "report_not_registered"
    open_clocks = LegalClock.objects.filter(
        subject_kind="report", subject_id=report.pk, state=ClockState.OPEN
    )
    assert not open_clocks.exists()
    assert "Laporan tidak diregistrasi" in mailbox(code)


@pytest.mark.parametrize("before", ["INITIAL_REVIEW", "NOT_REGISTERED", "WITHDRAWN"])
def test_a_report_becomes_informasi_awal_and_its_code_leads_to_the_new_tip(scene, code, before):
    if before == ReportState.NOT_REGISTERED:
        adopted(scene, ReportAction.DECLINE)
    if before == ReportState.WITHDRAWN:
        intake = make.actor("Penerima kedua", "intake", office=scene.office)
        scene.step(ReportAction.WITHDRAW, intake, reason="Pelapor mencabut.")
    assert Report.objects.get().state == before
    report = adopted(scene, ReportAction.MAKE_TIP)
    tip = Tip.objects.get(from_report=report)
    assert (report.state, tip.state) == (ReportState.TIP, TipState.RECORDED)
    assert (tip.matter_id, tip.submitted_at) == (report.matter_id, report.submitted_at)
    assert (tip.account, tip.office) == (report.account, report.office)
    assert told(report)[-1] == "report_made_tip"
    assert "Laporan dijadikan informasi awal dan ditelusuri" in mailbox(code)
    apply(
        workflow=TIP,
        action=TipAction.TRACE,
        subject_id=tip.pk,
        actor=scene.handler,
        clock=make.at(17, 9),
        context=StepContext(),
    )
    label = TIP.get(TipAction.TRACE).public_label
    assert str(label) in mailbox(code)


def test_a_case_is_sent_back_from_the_plenary_to_its_assessment_with_a_reason():
    scene = CaseScene()
    scene.in_assessment()
    scene.approved()
    scene.step(CaseAction.BRING_TO_PLENARY, clock=make.at(18, 10))
    with pytest.raises(Refused, match=r"^reason_needed$"):
        scene.step(CaseAction.SEND_BACK, "chair", clock=make.at(18, 11))
    handling = LegalClock.objects.get(
        subject_kind="matter", subject_id=scene.matter.pk, code=PeriodCode.HANDLING
    )
    scene.step(CaseAction.SEND_BACK, "chair", clock=make.at(18, 11), reason="Saksi belum didengar.")
    assert scene.matter.state == CaseState.ASSESSMENT
    again = LegalClock.objects.get(pk=handling.pk)
    assert (again.state, again.due_at) == (ClockState.OPEN, handling.due_at)
    scene.step(CaseAction.BRING_TO_PLENARY, clock=make.at(18, 12))
    assert scene.matter.state == CaseState.PLENARY


def test_a_confirmed_address_is_told_of_every_step_up_to_the_refusal(scene):
    confirmed(scene.report)
    RequirementCheck.objects.filter(report=scene.report, code="MATERIAL_EVIDENCE").update(
        verdict=Verdict.NOT_MET, reason="Sertakan tangkapan layar."
    )
    scene.step(ReportAction.ASK_FOR_COMPLETION, scene.handler)
    scene.step(ReportAction.COMPLETE, scene.handler, answer="Ini tangkapan layarnya.")
    with pytest.raises(Refused, match=r"^completion_unread$"):
        adopted(scene, ReportAction.DECLINE)
    looked = RequirementCheck.objects.get(report=scene.report, code="MATERIAL_EVIDENCE")
    looked.pk, looked.review_round = None, 2
    looked.save()
    item = scene.report.agenda_items.get()
    scene.decide(item)
    report = Report.objects.get(pk=scene.report.pk)
    assert told(report) == [
        "report_received",
        "report_incomplete",
        "report_completed",
        "report_not_registered",
    ]
    deliver_batch(clock=make.at(16, 16))
    to_reporter = [each for each in mail.outbox if each.to == [make.identity().email]]
    assert len(to_reporter) == 4
    for each in to_reporter:
        assert scene.office.name in each.body
        for secret in ("Lurah contoh", make.identity().name, report.receipt_number):
            assert secret not in f"{each.subject} {each.body}"


def test_a_confirmed_address_is_told_of_the_registration_and_of_the_decision():
    scene = CaseScene()
    confirmed(scene.report)
    decided(scene)
    assert told(scene.report) == ["report_received", "report_registered", "case_decided"]
    deliver_batch(clock=make.at(18, 16))
    assert len([each for each in mail.outbox if each.to == [make.identity().email]]) == 3


def test_the_papers_of_a_received_report_are_sealed_and_have_a_twin_without_names(scene):
    papers = Document.objects.filter(subject_kind="report", subject_id=scene.report.pk)
    for role in (FormRole.REPORT, FormRole.RECEIPT):
        sealed = papers.get(role=role, twin_of=None)
        assert sealed.classification == Classification.IDENTITY
        assert sealed.twin.classification == Classification.CASE
    codes = papers.filter(twin_of=None, role__in=[FormRole.REPORT, FormRole.RECEIPT])
    assert sorted(codes.values_list("form_code", flat=True)) == ["A.1", "A.3"]


def test_a_rerouted_report_keeps_its_number_its_code_and_its_time(code):
    given = make.lodging(contest=make.contest(), code_digest=code.digest())
    report = lodge_report(given=given, actor=make.CITIZEN_ACTOR, clock=make.at(16, 9))
    target = make.office("35.06")
    apply(
        workflow=REPORT,
        action=ReportAction.REROUTE,
        subject_id=report.pk,
        actor=make.actor("Penerima contoh", "intake", office=report.office),
        clock=make.at(16, 11),
        context=StepContext(reason="Terlapor bekerja di sana.", data={"office": target.pk}),
    )
    moved = Report.objects.get(pk=report.pk)
    assert (moved.office, moved.receipt_number, moved.submitted_at) == (
        target,
        report.receipt_number,
        make.at(16, 9).now,
    )
    assert target.name in mailbox(code)
