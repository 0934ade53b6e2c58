"""Witnesses and experts whom the office adds are sealed like those of a report, and can be heard."""

import pytest
from django.urls import reverse

from complaints.codes import Oath, PartyKind
from complaints.models import ClarificationSession, Matter, Party
from complaints.services.hold_session import Attended, hold_session
from complaints.services.plan_session import SessionPlan, plan_session
from neutrality.audit.models import AuditRow
from neutrality.documents.models import Document
from neutrality.notifications.models import Outbox
from tests.complaints import factories as make
from tests.complaints.case.scene import NEIGHBOUR, Scene, at, stranger, url

pytestmark = pytest.mark.django_db
EXPERT = {
    "sebagai": "EXPERT",
    "nama": "Ahli Rahasia Zxcvb",
    "nik": "",
    "alamat": "Jalan Contoh 1",
    "telepon": "081200000009",
    "surel": "ahli@contoh.id",
    "alasan": "Ahli hukum kepegawaian.",
}


def added(scene, **change):
    with at(make.at(17, 9)):
        address = url("party_new", scene.matter.public_id)
        return scene.client("handler").post(address, {**EXPERT, **change})


def test_an_expert_is_added_invited_sworn_and_named_nowhere_in_the_file():
    scene = Scene()
    assert added(scene).status_code == 302
    expert = Party.objects.get(kind=PartyKind.EXPERT)
    assert (expert.alias, expert.name, expert.identity.kind) == ("Ahli 1", "", "expert")
    with at(make.at(17, 9)):
        assert (
            expert.alias
            in scene.client("handler")
            .get(url("session_plan", scene.matter.public_id))
            .content.decode()
        )
    session = plan_session(
        matter_id=scene.matter.pk,
        plan=SessionPlan(
            party_id=expert.pk,
            starts_at=make.at(19, 9).now,
            ends_at=make.at(19, 11).now,
            place="Ruang klarifikasi contoh",
        ),
        actor=scene.actor("handler"),
        clock=make.at(17, 10),
    ).session
    letters = Document.objects.filter(role="INVITATION")
    assert set(letters.values_list("classification", flat=True)) == {"IDENTITY", "CASE"}
    hold_session(
        session_id=session.pk,
        attended=Attended(oath=Oath.SWORN, note="Islam"),
        actor=scene.actor("handler"),
        clock=make.at(19, 9),
    )
    assert Document.objects.filter(role="EXPERT_OATH_MINUTES").exists()
    assert ClarificationSession.objects.get().party == expert
    with at(make.at(19, 10)):
        for page in (
            reverse("staff:report", args=[scene.report.public_id]),
            reverse("staff:case_whole", args=[scene.matter.public_id]),
        ):
            shown = scene.client("handler").get(page).content.decode()
            assert "Ahli 1" in shown
            assert "Zxcvb" not in shown
    said = [*AuditRow.objects.values_list("data", flat=True)]
    said += Outbox.objects.values_list("context", flat=True)
    assert "Zxcvb" not in str(said)


def test_a_witness_gets_the_next_free_number_and_a_reason_is_asked_for():
    scene = Scene(witnesses=(make.identity("Saksi contoh"),))
    assert added(scene, sebagai="WITNESS", alasan="").status_code == 422
    assert added(scene, sebagai="WITNESS", nik="123").status_code == 422
    assert added(scene, sebagai="RESPONDENT").status_code == 422
    assert added(scene, sebagai="WITNESS").status_code == 302
    aliases = Party.objects.filter(kind=PartyKind.WITNESS).values_list("alias", flat=True)
    assert sorted(aliases) == ["Saksi 1", "Saksi 2"]


def test_nobody_is_added_to_a_file_of_others_or_after_the_decision():
    scene = Scene()
    address = url("party_new", scene.matter.public_id)
    with at(make.at(17, 9)):
        assert stranger(NEIGHBOUR).post(address, EXPERT).status_code == 404
    now = make.at(17).now
    Matter.objects.filter(pk=scene.matter.pk).update(state="DECIDED", decided_at=now)
    assert added(scene).status_code == 409
    assert not Party.objects.filter(kind=PartyKind.EXPERT).exists()
