"""A tracing is delegated downwards: the office below looks and writes, the one above stays responsible."""

import pytest

from complaints import access
from complaints.models import Handling
from complaints.services.delegate_tracing import delegate_tracing
from complaints.services.record_tip import record_tip
from complaints.workflow.actions import TipAction
from complaints.workflow.tip import TIP
from neutrality.accounts.actors import actor_of
from neutrality.casework.engine import apply
from neutrality.casework.models import LegalClock
from neutrality.casework.refusals import Refused
from neutrality.documents.models import Document
from tests.complaints import factories as make
from tests.complaints.case.scene import FOREIGN, NEIGHBOUR, PROVINCE, at, logged_in, url

pytestmark = pytest.mark.django_db
DAY = make.at().now.date()


class Scene:
    """A tip that the province traces, and a handler of a city below."""

    def __init__(self):
        self.office, self.below = make.office(PROVINCE), make.office()
        self.handler = make.user("Staf provinsi", "handler", office=self.office)
        self.helper = make.user("Staf kota", "handler", office=self.below)
        given = make.lodging(office=self.office, contest=make.contest(), reporter=None)
        self.tip = record_tip(given=given, actor=make.CITIZEN_ACTOR, clock=make.at(16, 9))
        apply(
            workflow=TIP,
            action=TipAction.TRACE,
            subject_id=self.tip.pk,
            actor=self.actor(self.handler),
            clock=make.at(16, 10),
        )

    def actor(self, user):
        return actor_of(user=user, day=DAY)

    def delegate(self, office=None, task="Datangi tempat kejadian."):
        return delegate_tracing(
            tip_id=self.tip.pk,
            office=office or self.below,
            task=task,
            actor=self.actor(self.handler),
            clock=make.at(16, 11),
        )


def test_the_office_below_reads_what_it_is_about_and_writes_what_it_found():
    scene = Scene()
    scene.delegate()
    page = url("delegation", scene.tip.public_id)
    given = {"hasil": "Unggahan ditemukan.", "ditemukan": "2025-06-17", "cara": "", "usul": ""}
    with at(make.at(17, 9)):
        browser = logged_in(scene.helper)
        assert page in browser.get(url("delegations")).content.decode()
        assert "Datangi tempat kejadian." in browser.get(page).content.decode()
        assert browser.post(page, {**given, "hasil": ""}).status_code == 422
        assert browser.post(page, given).status_code == 302
        assert browser.get(url("tip", scene.tip.public_id)).status_code == 404
    scene.tip.refresh_from_db()
    assert (scene.tip.tracing_result, scene.tip.office_id) == (
        "Unggahan ditemukan.",
        scene.office.pk,
    )
    assert Document.objects.filter(role="ASSIGNMENT_LETTER").count() == 2
    assert Document.objects.filter(role="SUPERVISION_REPORT").count() == 1
    clock = LegalClock.objects.get(subject_kind="tip", code="TRACING")
    assert clock.organisation_path == scene.office.path


def test_an_ended_delegation_closes_the_door():
    scene = Scene()
    row = scene.delegate()
    with at(make.at(17, 9)):
        browser = logged_in(scene.handler)
        page = url("tip_delegate", scene.tip.public_id)
        assert scene.below.name in browser.get(page).content.decode()
        ended = url("tip_delegation_end", scene.tip.public_id, row.pk)
        assert browser.post(ended).status_code == 302
        assert browser.post(ended).status_code == 409
        answer = logged_in(scene.helper).get(url("delegation", scene.tip.public_id))
    assert answer.status_code == 404
    assert not access.delegated_tips_for(actor=scene.actor(scene.helper), day=DAY).exists()


@pytest.mark.parametrize("code", [FOREIGN, PROVINCE])
def test_only_an_office_below_is_asked(code):
    scene = Scene()
    with pytest.raises(Refused, match=r"^not_an_office_below$"):
        scene.delegate(make.office(code))


def test_it_is_asked_on_a_page_and_only_once():
    scene = Scene()
    page = url("tip_delegate", scene.tip.public_id)
    given = {"kantor": str(scene.below.public_id), "tugas": "Datangi tempat kejadian."}
    with at(make.at(16, 12)):
        browser = logged_in(scene.handler)
        assert browser.post(page, {**given, "tugas": ""}).status_code == 422
        assert browser.post(page, given).status_code == 302
        assert browser.post(page, given).status_code == 409
        neighbour = make.user("Orang lain", "handler", office=make.office(NEIGHBOUR))
        assert logged_in(neighbour).get(page).status_code == 404
    assert Handling.objects.filter(role="DELEGATED").count() == 1
