"""A decided case is opened again for a reason; what was found before stays in its history."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from complaints.codes import CaseState, Verdict
from complaints.models import AllegationResult, Matter, Tip
from complaints.services.answer_data_request import may_erase
from complaints.services.lodge import lodge_report
from complaints.services.propose_item import Proposal, propose_item
from complaints.services.propose_step import propose_step
from complaints.services.write_tracing_result import write_tracing_result
from complaints.workflow.actions import CaseAction, ReportAction, TipAction
from complaints.workflow.tip import TIP
from neutrality.casework.engine import apply
from neutrality.casework.models import LegalClock, Step
from neutrality.casework.refusals import Refused
from neutrality.law.codes import PlenaryMatter
from tests.complaints import factories as make
from tests.complaints.case.scene import FOREIGN, Scene, at, stranger, url
from tests.complaints.case.test_once_more import closed_case, decided, reopened

pytestmark = pytest.mark.django_db


def test_a_reason_is_asked_for_and_stands_in_the_history_beside_the_former_result():
    scene = closed_case()
    page = url("case_reopen", scene.matter.public_id)
    with at(make.at(23, 7)):
        browser = scene.client("handler")
        assert page in browser.get(url("case", scene.matter.public_id)).content.decode()
        assert browser.post(page, {"alasan": " "}).status_code == 422
        assert scene.client("intake").post(page, {"alasan": "Ada bukti baru."}).status_code == 404
        assert stranger(FOREIGN).post(page, {"alasan": "Ada bukti baru."}).status_code == 404
    assert not scene.matter.agenda_items.filter(action=CaseAction.REOPEN).exists()
    former = AllegationResult.objects.get()
    assert reopened(scene).state == CaseState.ASSESSMENT
    step = Step.objects.get(action=CaseAction.REOPEN)
    assert (step.reason, step.source) == ("Ada bukti baru.", CaseState.DECIDED)
    former.refresh_from_db()
    assert former.superseded_at == make.at(23, 11).now
    with at(make.at(23, 12)):
        history = url("case_part", scene.matter.public_id, "riwayat")
        assert "Ada bukti baru." in scene.client("handler").get(history).content.decode()


def test_what_was_never_decided_is_not_opened_again():
    scene = Scene()
    with at(make.at(18, 9)):
        page = url("case_reopen", scene.matter.public_id)
        assert scene.client("handler").get(page).status_code == 409
    with pytest.raises(Refused, match=r"^reason_needed$"):
        propose_step(
            matter=scene.matter,
            action=CaseAction.REOPEN,
            reason="",
            actor=scene.actor("handler"),
            clock=make.at(18, 9),
        )


def closed_file(scene):
    """A report that was declined on Tuesday 17 June, in a file that was closed with it."""
    given = make.lodging(contest=scene.report.contest)
    report = lodge_report(given=given, actor=make.CITIZEN_ACTOR, clock=make.at(17, 9))
    scene.reviewed(report, verdict=Verdict.NOT_MET)
    scene.adopted(report, ReportAction.DECLINE, make.at(17, 11), make.at(17, 11))
    scene.matter = report.matter
    scene.step(CaseAction.CLOSE_INTAKE, clock=make.at(17, 13))
    return report


def test_a_file_closed_with_a_declined_report_runs_again_when_it_becomes_informasi_awal():
    scene = Scene()
    report = closed_file(scene)
    assert scene.fresh().retention_due_on is not None
    scene.adopted(report, ReportAction.MAKE_TIP, make.at(18, 9), make.at(18, 9))
    matter = scene.fresh()
    assert (matter.state, matter.closed_at) == (CaseState.INTAKE, None)
    assert (matter.retention_class, matter.retention_due_on) == ("", None)
    assert not may_erase(matter)
    set_as_finding(scene, Tip.objects.get(from_report=report))
    matter = scene.fresh()
    assert (matter.state, matter.registered_at) == (CaseState.REGISTERED, make.at(19, 11).now)
    clock = LegalClock.objects.get(subject_kind="matter", subject_id=matter.pk, code="HANDLING")
    assert (clock.state, clock.started_at) == ("open", make.at(19, 11).now)
    call_command("verify_histories", stdout=StringIO())


def set_as_finding(scene, tip):
    """Trace it on Wednesday 18 June; three members set it as a finding the day after."""
    handler = scene.actor("handler")
    apply(
        workflow=TIP,
        action=TipAction.TRACE,
        subject_id=tip.pk,
        actor=handler,
        clock=make.at(18, 9),
    )
    write_tracing_result(
        tip_id=tip.pk,
        result="Hasil contoh.",
        found_on=date(2025, 6, 18),
        actor=handler,
        clock=make.at(18, 10),
    )
    finding = Proposal(
        kind=PlenaryMatter.FINDING, action=TipAction.SET_FINDING, text="Usul contoh", tip=tip
    )
    item = propose_item(matter=scene.matter, proposal=finding, actor=handler, clock=make.at(18, 11))
    decided(scene, item, 19)


def test_a_tip_that_a_closed_file_still_holds_opens_it_when_it_is_set_as_a_finding():
    scene = Scene()
    report = closed_file(scene)
    scene.adopted(report, ReportAction.MAKE_TIP, make.at(18, 9), make.at(18, 9))
    # As files stood in which this was done before they ran again with it.
    Matter.objects.filter(pk=scene.matter.pk).update(
        state=CaseState.CLOSED, closed_at=make.at(17, 13).now
    )
    set_as_finding(scene, Tip.objects.get(from_report=report))
    assert scene.fresh().state == CaseState.REGISTERED


def test_a_case_is_not_opened_again_as_a_file_that_never_was_one():
    scene = closed_case()
    Matter.objects.filter(pk=scene.matter.pk).update(
        state=CaseState.CLOSED, closed_at=make.at(20, 9).now
    )
    with pytest.raises(Refused, match=r"^was_a_case$"):
        scene.step(CaseAction.REOPEN_INTAKE, "chair", clock=make.at(20, 10))
