"""A tracing ends in Form A; the seven days of a finding run from the day it was found."""

from datetime import date

import pytest

from complaints.services.record_tip import record_tip
from complaints.services.write_tracing_result import write_tracing_result
from complaints.workflow.actions import TipAction
from complaints.workflow.tip import TIP
from neutrality.casework.engine import apply
from neutrality.casework.models import LegalClock
from neutrality.casework.workflow import StepContext
from neutrality.documents.models import Document
from tests.complaints import factories as make
from tests.complaints.case.scene import NEIGHBOUR, Scene

pytestmark = pytest.mark.django_db


def traced(scene):
    given = make.lodging(contest=scene.report.contest, office=scene.office, reporter=None)
    tip = record_tip(given=given, actor=make.CITIZEN_ACTOR, clock=make.at(17, 9))
    step(scene, tip, TipAction.TRACE, 10)
    return tip


def step(scene, tip, action, hour, reason=""):
    act(tip, action, scene.actor("handler"), hour, reason)


def act(tip, action, actor, hour, reason="", **data):
    apply(
        workflow=TIP,
        action=action,
        subject_id=tip.pk,
        actor=actor,
        clock=make.at(18, hour),
        context=StepContext(reason=reason, data=data),
    )


def written(scene, tip, found_on=date(2025, 6, 17), result="Unggahan ditemukan."):
    return write_tracing_result(
        tip_id=tip.pk,
        result=result,
        found_on=found_on,
        method="Memeriksa unggahan.",
        follow_up="Dijadikan temuan.",
        actor=scene.actor("handler"),
        clock=make.at(18, 11),
    )


def test_the_result_is_issued_as_form_a_and_a_new_one_supersedes_it():
    scene = Scene()
    tip = traced(scene)
    written(scene, tip)
    written(scene, tip, result="Unggahan ditemukan dan disimpan.")
    papers = Document.objects.filter(role="SUPERVISION_REPORT").order_by("pk")
    assert [(row.form_code, row.state) for row in papers] == [
        ("Form A", "SUPERSEDED"),
        ("Form A", "FINAL"),
    ]
    assert papers[1].content["follow_up"] == "Dijadikan temuan."


def test_the_seven_days_run_from_the_day_it_was_found():
    scene = Scene()
    tip = traced(scene)
    written(scene, tip)
    written(scene, tip, found_on=date(2025, 6, 16))
    clocks = LegalClock.objects.filter(subject_kind="tip", code="FINDING_WINDOW").order_by("pk")
    assert [row.state for row in clocks] == ["voided", "open"]
    assert clocks[1].due_at.astimezone(scene.office.tz).date() == date(2025, 6, 23)
    step(scene, tip, TipAction.CLOSE, 12, reason="Tidak cukup bukti.")
    clocks[1].refresh_from_db()
    assert clocks[1].state == "met"


def test_the_seven_days_go_along_to_the_next_office_and_end_there():
    scene, there = Scene(), make.office(NEIGHBOUR)
    tip = traced(scene)
    written(scene, tip)
    act(tip, TipAction.TRANSFER, scene.actor("handler"), 12, reason="Di sana.", office=there.pk)
    clocks = LegalClock.objects.filter(subject_kind="tip", subject_id=tip.pk)
    window = clocks.get(code="FINDING_WINDOW")
    assert (window.state, window.organisation_path) == ("open", there.path)
    assert set(clocks.filter(state="open").values_list("code", flat=True)) == {
        "SERVICE",
        "FINDING_WINDOW",
    }
    heir = make.actor("Staf di sana", "handler", office=there)
    for action in (TipAction.ACCEPT_TRANSFER, TipAction.TRACE):
        act(tip, action, heir, 13)
    assert clocks.get(code="FINDING_WINDOW", state="open").due_at == window.due_at
    act(tip, TipAction.CLOSE, heir, 14, reason="Tidak cukup bukti.")
    assert clocks.get(code="FINDING_WINDOW").state == "met"
