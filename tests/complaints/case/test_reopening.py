"""A decided case is opened again for a reason; what was found before stays in its history."""

import pytest

from complaints.codes import CaseState
from complaints.models import AllegationResult
from complaints.services.propose_step import propose_step
from complaints.workflow.actions import CaseAction
from neutrality.casework.models import Step
from neutrality.casework.refusals import Refused
from tests.complaints import factories as make
from tests.complaints.case.scene import FOREIGN, Scene, at, stranger, url
from tests.complaints.case.test_once_more import closed_case, reopened

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
